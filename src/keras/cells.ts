import type { Dataset } from "h5wasm";

/** Numbers with their shape, row-major. */
export interface Cells {
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

/** Classes of types of HDF5. */
const [whole, float, opaque] = [0, 1, 5];

/**
 * The numbers of an array of an HDF5 file as float32, half numbers too: float16, and bfloat16, which Keras writes
 * as two bytes without a type. Throws an Error for any other type.
 */
export function cellsIn(array: Dataset): Cells {
  const { shape, type, size, littleEndian } = array.metadata;
  const known = (type === whole || type === float) && littleEndian && size <= 8;
  const halves = size === 2 && (type === opaque || (type === float && littleEndian));
  if (!shape || !(known || halves))
    throw new Error(`${array.path} holds no numbers that are known`);
  if (halves) return { shape, data: widened(bitsOf(array), type === opaque) };
  const value = array.value as ArrayLike<number | bigint> | number | bigint;
  if (value instanceof Float32Array) return { shape, data: value };
  const list = typeof value === "object" ? value : [value];
  return { shape, data: Float32Array.from(list as ArrayLike<number>, Number) };
}

/** The bits of numbers of two bytes, as numbers; the library itself has no type for them. */
function bitsOf(array: Dataset): ArrayLike<number> {
  const metadata = { ...array.metadata, type: whole, signed: false };
  const { value } = Object.create(array, { metadata: { value: metadata } }) as Dataset;
  return typeof value === "number" ? [value] : (value as Uint16Array);
}

const widened = (bits: ArrayLike<number>, brain: boolean): Float32Array =>
  // a bfloat16 is the upper half of a float32
  brain
    ? new Float32Array(Uint32Array.from(bits, (half) => half * 2 ** 16).buffer)
    : Float32Array.from(bits, fromFloat16);

/** IEEE 754's binary16: a sign, five bits of exponent, ten of fraction. */
function fromFloat16(bits: number): number {
  const sign = bits >= 2 ** 15 ? -1 : 1;
  const exponent = Math.floor(bits / 2 ** 10) % 2 ** 5;
  const fraction = (bits % 2 ** 10) / 2 ** 10;
  if (exponent === 31) return fraction > 0 ? Number.NaN : sign * Number.POSITIVE_INFINITY;
  return sign * (exponent === 0 ? fraction * 2 ** -14 : (1 + fraction) * 2 ** (exponent - 15));
}
