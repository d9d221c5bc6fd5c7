import { mistake } from "../../errors.ts";
import { checkArgument, optionParts } from "../../options.ts";
import { z } from "../../schema.ts";

/** An image [height, width, channels]. */
export interface Image {
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  readonly x: Float32Array;
}

/** Numbers of a tile; many are held at once. */
const mostCells = 2 ** 22;
const whole = optionParts.whole(1);
const imagePart = z.looseObject({
  height: whole,
  width: whole,
  channels: whole,
  x: optionParts.numbers,
});

/** Throws `argument_value` for what is no image, or has not as many cells as it says. */
export function checkImage(call: string, image: Image): void {
  checkArgument(`${call}: the image`, imagePart, image);
  const { height, width, channels, x } = image;
  if (x.length !== height * width * channels)
    throw mistake(
      `${call}: [${height}, ${width}, ${channels}] needs ${height * width * channels} numbers, got ${x.length}`,
    );
}

/** Does something with images of one size, [rows, ...size]. */
export type OnTiles = (x: Float32Array, rows: number) => Promise<Float32Array>;

const tilesAtOnce = 64;

/**
 * An image of any size through a model of a fixed one: cut into tiles that overlap by half in both directions, its
 * edges mirrored so that every pixel lies in four tiles, and put together with weights that fall to nothing at the
 * rim of a tile, so that no seam shows. `size` is the model's, [height, width, channels of the image].
 */
export async function throughTiles(
  image: Image,
  size: readonly [height: number, width: number],
  onTiles: OnTiles,
): Promise<Float32Array> {
  checkImage("throughTiles", image);
  checkArgument("throughTiles: size", z.tuple([whole, whole]), size);
  checkArgument("throughTiles: onTiles", optionParts.listener, onTiles);
  const { height, width, channels, x } = image;
  const [tileHeight, tileWidth] = size;
  if (tileHeight * tileWidth * channels > mostCells)
    throw mistake(
      `throughTiles: a tile has at most ${mostCells} numbers, got [${size.join(", ")}]`,
    );
  if (height === tileHeight && width === tileWidth) return onTiles(x, 1);
  const downs = startsOf(height, tileHeight);
  const acrosses = startsOf(width, tileWidth);
  const places = downs.flatMap((top) => acrosses.map((left) => [top, left] as const));
  const [bellDown, bellAcross] = [bell(tileHeight), bell(tileWidth)];
  const cells = tileHeight * tileWidth * channels;
  const sums = new Float64Array(x.length);
  const weights = new Float64Array(height * width);
  for (let from = 0; from < places.length; from += tilesAtOnce) {
    const part = places.slice(from, from + tilesAtOnce);
    const tiles = new Float32Array(part.length * cells);
    part.forEach(([top, left], t) => {
      for (let i = 0; i < tileHeight; i++)
        for (let j = 0; j < tileWidth; j++) {
          const at = (mirrored(top + i, height) * width + mirrored(left + j, width)) * channels;
          const to = t * cells + (i * tileWidth + j) * channels;
          for (let c = 0; c < channels; c++) tiles[to + c] = x[at + c]!;
        }
    });
    const done = await onTiles(tiles, part.length);
    part.forEach(([top, left], t) => {
      for (let i = Math.max(0, -top); i < tileHeight && top + i < height; i++)
        for (let j = Math.max(0, -left); j < tileWidth && left + j < width; j++) {
          const pixel = (top + i) * width + left + j;
          const weight = bellDown[i]! * bellAcross[j]!;
          weights[pixel]! += weight;
          const of = t * cells + (i * tileWidth + j) * channels;
          for (let c = 0; c < channels; c++) sums[pixel * channels + c]! += weight * done[of + c]!;
        }
    });
  }
  return Float32Array.from(sums, (sum, k) => sum / weights[Math.floor(k / channels)]!);
}

/** Where tiles begin: half a tile before the edge, then every half tile, until the other edge lies in two. */
function startsOf(length: number, tile: number): number[] {
  if (length === tile) return [0];
  const step = Math.max(1, Math.floor(tile / 2));
  const starts: number[] = [];
  for (let at = -step; at < length; at += step) starts.push(at);
  return starts;
}

/** Weights over a tile: the square of a sine, never 0. */
const bell = (length: number): Float64Array =>
  Float64Array.from({ length }, (_, i) => Math.sin((Math.PI * (i + 0.5)) / length) ** 2);

/** A place outside as its mirror image inside, however far out it is. */
function mirrored(at: number, length: number): number {
  const period = 2 * length;
  const place = ((at % period) + period) % period;
  return place < length ? place : period - 1 - place;
}
