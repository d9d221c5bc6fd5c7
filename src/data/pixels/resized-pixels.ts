import { loadSharp } from "../native/native-parts.ts";
import type { Cells, ImageFit } from "../terms/arrays.ts";

/** A size and how images get it. */
interface Frame {
  readonly height: number;
  readonly width: number;
  readonly fit: ImageFit;
}

/** Levels of what is resized: libvips keeps 16 bits. */
const levels = 65_535;

/**
 * An image [height, width, channels] of 1 or 3 channels in another size. Its values are told apart to 65,535 levels between the
 * least and the greatest; what is missing stays so where it is half of a new pixel or more.
 */
export async function resizedPixels(
  x: Cells,
  [oldHeight, oldWidth, channels]: readonly [number, number, 1 | 3],
  { height, width, fit }: Frame,
): Promise<Float32Array> {
  if (height === oldHeight && width === oldWidth) return Float32Array.from(x);
  let [least, most, missing] = [0, 0, false];
  for (const value of x) {
    if (Number.isNaN(value)) missing = true;
    if (value < least) least = value;
    if (value > most) most = value;
  }
  const by = most > least ? levels / (most - least) : 0;
  const sharp = await loadSharp();
  const resized = async (value: (cell: number) => number): Promise<Uint16Array> => {
    const raw = { height: oldHeight, width: oldWidth, channels } as const;
    const { data } = await sharp(Uint16Array.from(x, value), { raw })
      .toColourspace(channels === 1 ? "grey16" : "rgb16")
      .resize({ height, width, fit, background: "#000000" })
      .raw({ depth: "ushort" })
      .toBuffer({ resolveWithObject: true });
    return new Uint16Array(Uint8Array.from(data).buffer);
  };
  const values = await resized((cell) =>
    Number.isNaN(cell) ? 0 : Math.round((cell - least) * by),
  );
  if (!missing) return Float32Array.from(values, (level) => level / (by || 1) + least);
  const there = await resized((cell) => (Number.isNaN(cell) ? 0 : levels));
  return Float32Array.from(values, (level, k) => {
    const share = there[k]! / levels;
    return share > 0.5 ? level / share / (by || 1) + least : Number.NaN;
  });
}
