import { join } from "node:path";
import type { Sharp } from "sharp";
import type { Marks } from "../cells/marks.ts";
import { inParallel } from "../files/parallel.ts";
import { loadSharp } from "../native/native-parts.ts";
import { inDeepChannels } from "../pixels/image-channels.ts";
import { holdsBytes, type ImageRange, sixteen, toBytes } from "../pixels/image-range.ts";
import { resizedPixels } from "../pixels/resized-pixels.ts";
import { observedCells } from "../stored/observed-cells.ts";
import type { Cells, ImageFit } from "../terms/arrays.ts";
import type { ImageFile } from "./image-file.ts";
import { bitmapOf, broken } from "./image-head.ts";
import { tiffPixels } from "./tiff.ts";

/** How images become arrays. */
export interface ImageForm {
  readonly height: number;
  readonly width: number;
  readonly channels: 1 | 3;
  readonly fit: ImageFit;
  /** Of values that are no bytes; null: deep ones are taken as they are. */
  readonly range: ImageRange | null;
  readonly marks: Marks;
}

/** Images [rows, height, width, channels] in 0..255, and which of them have values outside of their range. */
export interface DecodedImages {
  readonly x: Float32Array;
  readonly outside: readonly boolean[];
}

/** Decodes images; what is see-through becomes white, what lies outside of the range its nearest end. */
export async function decodeImages(
  folder: string,
  images: readonly ImageFile[],
  form: ImageForm,
  start = 0,
): Promise<DecodedImages> {
  const size = form.height * form.width * form.channels;
  const x = new Float32Array(images.length * size);
  const outside = new Array<boolean>(images.length).fill(false);
  await inParallel(runsOf(images), async ([i, count]) => {
    const image = images[i]!;
    const path = join(folder, image.file);
    try {
      // values that are looked at one by one
      if (image.depth === "deep" || form.marks.numbers.length > 0) {
        for (let k = i; k < i + count; k++) {
          const values = await markedValues(path, images[k]!, form.marks, start + k);
          const bytes = new Float32Array(values.length);
          const range = rangeFor(images[k]!, form.range);
          if (range) outside[k] = toBytes(values, range, bytes);
          else bytes.set(values);
          x.set(await shaped(bytes, images[k]!, form), k * size);
        }
        return;
      }
      const { values, range } = await scaledBytes(path, image, form, count);
      if (!range) x.set(values, i * size);
      else
        for (let k = 0; k < count; k++) {
          const own = Array.prototype.slice.call(values, k * size, (k + 1) * size);
          outside[i + k] = toBytes(own, range, x, (i + k) * size);
        }
    } catch (error) {
      throw broken(path, error);
    }
  });
  return { x, outside };
}

/** Frames that are decoded together: each is drawn over those before it, so that one alone costs as much as all of them. */
const framesAtOnce = 32;

/** An image from the bytes of its file, [height, width, channels], as one of a folder would be. */
export async function imageOfBytes(
  bytes: Uint8Array,
  image: ImageFile,
  form: ImageForm,
): Promise<Float32Array> {
  const x = new Float32Array(form.height * form.width * form.channels);
  const { values, range } = await scaledBytes(bytes, image, form);
  if (range) toBytes(values, range, x);
  else x.set(values);
  return x;
}

/** Images that follow each other as frames of a file, by the place of the first and their number. */
function runsOf(
  images: readonly ImageFile[],
): readonly (readonly [first: number, count: number])[] {
  const runs: [number, number][] = [];
  images.forEach(({ file, page, frame }, i) => {
    const run = runs.at(-1);
    const before = images[i - 1];
    const follows = frame && before?.file === file && before.page === page! - 1;
    if (run && follows && run[1] < framesAtOnce) run[1]++;
    else runs.push([i, 1]);
  });
  return runs;
}

/** The values of an image as its file has them, [height, width, channels], in its own size and channels; `row` from 0. */
export async function ownValues(
  folder: string,
  image: ImageFile,
  marks: Marks,
  row: number,
): Promise<Cells> {
  const path = join(folder, image.file);
  try {
    return await markedValues(path, image, marks, row);
  } catch (error) {
    throw broken(path, error);
  }
}

async function markedValues(
  path: string,
  image: ImageFile,
  marks: Marks,
  row: number,
): Promise<Cells> {
  if (image.depth === "deep") return deepValues(path, image, marks, row);
  const { height, width, grey } = image;
  const channels = grey ? 1 : 3;
  const form = { height, width, channels, fit: "fill", range: null, marks } as const;
  const values = Float32Array.from((await scaledBytes(path, image, form)).values);
  observedCells(values, marks, { path, start: row, shape: [height, width, channels] });
  return values;
}

/** The range of the values of an image: of bytes it may be null, which are as they are. */
function rangeFor({ depth }: ImageFile, range: ImageRange | null): ImageRange | null {
  if (depth === "deep") return range;
  return depth === "16" ? (range?.whole ? range : sixteen) : holdsBytes(range) ? range : null;
}

/** Where an image lies: a path, or the bytes of its file. */
type Place = string | Uint8Array;

async function openImage(place: Place, { file, page, by }: ImageFile, pages = 1): Promise<Sharp> {
  const sharp = await loadSharp();
  if (by !== "bmp" || typeof place !== "string")
    return sharp(place, { failOn: "warning", ...(page !== null && { page, pages }) });
  const bitmap = await bitmapOf(place, file);
  if (!bitmap) throw new Error("it is no BMP file any more");
  const { width, height, channels, pixels } = bitmap;
  return sharp(pixels, { raw: { width, height, channels } });
}

/** Values of images of 8 and 16 bits, and the range that they are of. */
interface ScaledValues {
  readonly values: ArrayLike<number>;
  readonly range: ImageRange | null;
}

/** Images of 8 and 16 bits in the size and the channels that are asked for; so many frames from one on. */
async function scaledBytes(
  place: Place,
  image: ImageFile,
  form: ImageForm,
  frames = 1,
): Promise<ScaledValues> {
  const own = rangeFor(image, form.range);
  const long = image.depth === "16";
  if (!image.frame) {
    const turned = (await openImage(place, image)).autoOrient();
    return { values: await shapedBytes(await onWhite(turned, image), long, form), range: own };
  }
  // each is resized by itself, so that none shines into the next, and one alone is as it is among others
  const { data, info } = await (await onWhite(await openImage(place, image, frames), image))
    .toColourspace("srgb")
    .raw()
    .toBuffer({ resolveWithObject: true });
  const { height, width } = image;
  const { channels } = info;
  const raw = { height, width, channels };
  const size = form.height * form.width * form.channels;
  const values = new Float32Array(frames * size);
  const sharp = await loadSharp();
  for (let i = 0; i < frames; i++) {
    const cells = height * width * channels;
    const frame = sharp(data.subarray(i * cells, (i + 1) * cells), { raw });
    values.set(await shapedBytes(frame, false, form), i * size);
  }
  return { values, range: own };
}

/** An image through libvips. */
async function shapedBytes(
  image: Sharp,
  long: boolean,
  { height, width, channels, fit }: ImageForm,
): Promise<ArrayLike<number>> {
  const opened = image.resize({ width, height, fit, background: "#000000" });
  const coloured = long
    ? opened.toColourspace(channels === 1 ? "grey16" : "rgb16")
    : channels === 1
      ? opened.greyscale()
      : opened.toColourspace("srgb");
  const { data, info } = await coloured
    .raw({ depth: long ? "ushort" : "uchar" })
    .toBuffer({ resolveWithObject: true });
  const found = long ? new Uint16Array(Uint8Array.from(data).buffer) : data;
  if (info.channels === channels) return found;
  const values = new Float32Array(height * width * channels);
  // Grey files stay grey whatever is asked for; the first channel is the grey.
  for (let p = 0; p < height * width; p++)
    for (let c = 0; c < channels; c++)
      values[p * channels + c] = found[p * info.channels + Math.min(c, info.channels - 1)]!;
  return values;
}

/** What is see-through, before white. Of 16 bits libvips' white would be 65280. */
async function onWhite(image: Sharp, { depth, alpha, grey }: ImageFile): Promise<Sharp> {
  if (depth !== "16" || !alpha) return image.flatten({ background: "#ffffff" });
  const { data, info } = await image
    .toColourspace(grey ? "grey16" : "rgb16")
    .raw({ depth: "ushort" })
    .toBuffer({ resolveWithObject: true });
  const { width, height, channels } = info;
  const cells = new Uint16Array(Uint8Array.from(data).buffer);
  const colours = channels - 1;
  const flat = new Uint16Array(width * height * colours);
  for (let p = 0; p < width * height; p++) {
    const opaque = cells[p * channels + colours]! / 65_535;
    for (let c = 0; c < colours; c++)
      flat[p * colours + c] = Math.round(cells[p * channels + c]! * opaque + 65_535 * (1 - opaque));
  }
  const sharp = await loadSharp();
  return sharp(flat, { raw: { width, height, channels: colours as 1 | 3 } }).toColourspace(
    colours === 1 ? "grey16" : "rgb16",
  );
}

/** Values that libvips hands on as they are only where nothing else is done with them. */
async function deepValues(
  path: string,
  image: ImageFile,
  marks: Marks,
  row: number,
): Promise<Float64Array> {
  const { height, width, grey, by, page } = image;
  const channels = grey ? 1 : 3;
  const values =
    by === "tiff" ? (await tiffPixels(path, page)).values : await vipsValues(path, image);
  if (values.length !== height * width * channels) throw new Error("it is cut short");
  observedCells(values, marks, { path, start: row, shape: [height, width, channels] });
  return values;
}

async function vipsValues(path: string, image: ImageFile): Promise<Float64Array> {
  const { space, depth } = await (await openImage(path, image)).metadata();
  // as numbers without a sign, since grey ones of 16 bits are held at 0
  const signed = space === "grey16" && depth === "short";
  const turned = (await openImage(path, image)).autoOrient();
  const { data } = await (signed ? turned.linear(1, half) : turned)
    .toColourspace(space)
    .raw({ depth: "double" })
    .toBuffer({ resolveWithObject: true });
  const values = new Float64Array(Uint8Array.from(data).buffer);
  return signed ? values.map((value) => value - half) : values;
}
const half = 32_768;

/** Numbers in 0..255, or of no range, in the size and the channels that are asked for. */
const shaped = (
  x: Float32Array,
  { height, width, grey }: ImageFile,
  form: ImageForm,
): Promise<Float32Array> =>
  resizedPixels(
    inDeepChannels(x, grey ? 1 : 3, form.channels),
    [height, width, form.channels],
    form,
  );
