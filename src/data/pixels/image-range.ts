import type { ArraysDetected, Cells } from "../terms/arrays.ts";
import { type Note, note } from "../terms/notes.ts";
import type { PictureType } from "../write/write-images.ts";

/** What values of images become 0 and 255, and whether they are whole numbers. */
export type ImageRange = NonNullable<ArraysDetected["range"]>;

/** The values of images, as far as they were looked at; without any, `least` is above `most`. */
export interface ValuesSeen {
  readonly least: number;
  readonly most: number;
  readonly whole: boolean;
}

/** Looks at values, list by list. Missing ones do not count. */
export function watchValues(): { add(values: ArrayLike<number>): void; seen(): ValuesSeen } {
  let [least, most, whole] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, true];
  return {
    add(values) {
      for (let i = 0; i < values.length; i++) {
        const value = values[i]!;
        if (value < least) least = value;
        if (value > most) most = value;
        if (whole && !Number.isInteger(value) && !Number.isNaN(value)) whole = false;
      }
    },
    seen: () => ({ least, most, whole }),
  };
}

/** Bits that cameras and scanners use; files hold the odd ones in 16. */
const usualBits = [8, 10, 12, 14, 16];

/**
 * The range of images that tell none: of whole numbers that of the fewest usual bits that hold them; of others 0..1 or 0..255
 * where they fill more than half of it, else from the least to the greatest.
 */
export function rangeOfValues({ least, most, whole }: ValuesSeen): ImageRange {
  const within = (high: number): boolean => least >= 0 && most <= high;
  if (!(least <= most) || (least === 0 && most === 0)) return bytes(whole);
  if (whole && most > 1) {
    const bits = usualBits.find((bits) => within(2 ** bits - 1));
    if (bits !== undefined) return { low: 0, high: 2 ** bits - 1, whole };
  }
  for (const high of [1, 255]) if (within(high) && most > high / 2) return { low: 0, high, whole };
  return { low: least, high: most > least ? most : least + 1, whole };
}

const bytes = (whole: boolean): ImageRange => ({ low: 0, high: 255, whole });

/**
 * The range for a model that learnt from bytes: that of the type where it is 16 bits and values are beyond bytes, 0..1 of
 * floating point numbers that lie in it, 0..255 of all that lie there. Null: they are taken as they are.
 */
export function rangeBesideBytes(
  { least, most, whole }: ValuesSeen,
  type: "sixteen" | "whole" | "float",
): ImageRange | null {
  if (type === "sixteen" && most > 255) return sixteen;
  if (type === "float" && least >= 0 && most <= 1 && most > 0) return { low: 0, high: 1, whole };
  return least < 0 || most > 255 ? null : bytes(whole);
}

/** What is said of a range: of values that were looked at, or of one that was known before; null of numbers like bytes. */
export function rangeNote(
  seen: ValuesSeen | null,
  range: ImageRange | null,
  count: number,
): Note | null {
  if (range === null) {
    const { least, most } = seen!;
    return note("images_bytes", { count, least: short(least), most: short(most) });
  }
  if (range.low === 0 && range.high === 255) return null;
  const ends = { low: short(range.low), high: short(range.high) };
  if (seen === null) return note("images_known_range", { count, ...ends });
  const { least, most } = seen;
  return note("images_scaled", { count, least: short(least), most: short(most), ...ends });
}

/** What is said of images with values outside of their range. */
export const remarksOf = (cut: number, range: ImageRange | null): Note[] =>
  cut > 0 && range
    ? [note("images_cut", { count: cut, low: short(range.low), high: short(range.high) })]
    : [];

const short = (value: number): number => Number(value.toPrecision(7));

/** That of 16 bits. */
export const sixteen: ImageRange = { low: 0, high: 65_535, whole: true };

/** Whether bytes are values of a range, not of a depth of their own: masks of 0 and 1 are, beside 12 bits they are not. */
export const holdsBytes = (range: ImageRange | null): range is ImageRange =>
  Boolean(range?.whole && range.high <= 255);

/** How far outside of 0..255 rounding may bring a value that lies at its end. */
const rounding = 1e-6;

/** Values of a range in 0..255; gives whether some lay outside of it, which are taken as its ends. */
export function toBytes(
  x: ArrayLike<number>,
  { low, high }: ImageRange,
  into: Float32Array,
  at = 0,
): boolean {
  const by = 255 / (high - low);
  let outside = false;
  for (let i = 0; i < x.length; i++) {
    const value = (x[i]! - low) * by;
    if (value < -rounding || value > 255 + rounding) outside = true;
    into[at + i] = value < 0 ? 0 : value > 255 ? 255 : value;
  }
  return outside;
}

/** Values in 0..255 as those of a range, not rounded. */
export const fromBytes = (x: Cells, { low, high }: ImageRange): Float64Array =>
  Float64Array.from(x, (byte) => low + (byte * (high - low)) / 255);

/** Values in 0..255 as the files have them that they came from. */
export const inOwnUnits = (x: Cells, range: ImageRange | null | undefined): Cells =>
  range ? fromBytes(x, range) : x;

/** What values such files hold: 8 bits, 16 or floating point ones. */
export function pictureType(range: ImageRange | null | undefined): PictureType {
  if (!range) return "uint8";
  if (!range.whole || range.low < 0 || range.high > 65_535) return "float32";
  return range.high <= 255 ? "uint8" : "uint16";
}
