import { type FileHandle, open, stat } from "node:fs/promises";
import { EspejoError, mistake } from "../../errors.ts";
import {
  decodeNumbers,
  decodeTexts,
  firstRounded,
  isLong,
  isNumeric,
  type ValueType,
} from "./array-types.ts";

/** An array that lies in a file, uncompressed, behind a header. */
export interface StoredArray {
  readonly path: string;
  /** What its owner calls it. */
  readonly shown: string;
  /** Bytes before the first value. */
  readonly offset: number;
  readonly type: ValueType;
  readonly shape: readonly number[];
  /** The first index runs fastest. */
  readonly fortran: boolean;
}

export const rowsOf = ({ shape }: StoredArray): number => shape[0] ?? 1;
/** Values of a row. */
export const widthOf = ({ shape }: StoredArray): number =>
  shape.slice(1).reduce((a, b) => a * b, 1);

/** Checks what a header declares against the size of the file, before anything is allocated. */
export async function checkStored(array: StoredArray): Promise<StoredArray> {
  const { path, shown, offset, type, shape } = array;
  const actual = (await stat(path)).size - offset;
  const values = shape.reduce((a, b) => a * b, 1);
  const expected = values * type.size;
  if (!(expected <= actual))
    throw new EspejoError("array_truncated", { path: shown, expected, actual });
  if (values === 0) throw new EspejoError("array_empty", { path: shown, shape: shapeText(shape) });
  return array;
}

export const shapeText = (shape: readonly number[]): string => `[${shape.join(", ")}]`;

/** Rows as numbers, in C order, some at a time. The arrays are the receiver's own. */
export async function* storedRows(
  array: StoredArray,
  size: number,
): AsyncGenerator<{
  readonly start: number;
  readonly rows: number;
  readonly values: Float64Array;
}> {
  if (!isNumeric(array.type)) throw mistake("storedRows: the array holds texts");
  const rows = rowsOf(array);
  const file = await open(array.path);
  try {
    for (let start = 0; start < rows; start += size) {
      const count = Math.min(size, rows - start);
      const values = array.fortran
        ? await columnwise(file, array, start, count)
        : decodeNumbers(
            await bytesAt(file, array, start * widthOf(array), count * widthOf(array)),
            array.type,
          );
      yield { start, rows: count, values };
    }
  } finally {
    await file.close();
  }
}

/** The row, from 0, of the first whole number of 64 bits that double rounds; -1 where there is none. */
export async function roundedRow(array: StoredArray): Promise<number> {
  if (!isLong(array.type)) return -1;
  const [rows, width] = [rowsOf(array), widthOf(array)];
  const file = await open(array.path);
  try {
    // in the order of the file, whatever that is
    for (let start = 0; start < rows * width; start += atOnce) {
      const count = Math.min(atOnce, rows * width - start);
      const found = firstRounded(await bytesAt(file, array, start, count), array.type);
      if (found < 0) continue;
      return array.fortran ? (start + found) % rows : Math.floor((start + found) / width);
    }
    return -1;
  } finally {
    await file.close();
  }
}
const atOnce = 1 << 18;

/** All values of an array of one value a row, as texts. */
export async function storedTexts(array: StoredArray): Promise<string[]> {
  const file = await open(array.path);
  try {
    return decodeTexts(await bytesAt(file, array, 0, rowsOf(array)), array.type);
  } finally {
    await file.close();
  }
}

/** In Fortran order the values of consecutive rows lie together, place by place. */
async function columnwise(
  file: FileHandle,
  array: StoredArray,
  start: number,
  count: number,
): Promise<Float64Array> {
  const rows = rowsOf(array);
  const width = widthOf(array);
  const inner = array.shape.slice(1);
  const values = new Float64Array(count * width);
  for (let place = 0; place < width; place++) {
    const bytes = await bytesAt(file, array, place * rows + start, count);
    const column = decodeNumbers(bytes, array.type);
    const to = rowMajor(place, inner);
    for (let i = 0; i < count; i++) values[i * width + to] = column[i]!;
  }
  return values;
}

/** The place in C order of a place in Fortran order. */
function rowMajor(place: number, sizes: readonly number[]): number {
  let rest = place;
  let stride = sizes.reduce((a, b) => a * b, 1);
  let to = 0;
  for (const size of sizes) {
    stride /= size;
    to += (rest % size) * stride;
    rest = Math.floor(rest / size);
  }
  return to;
}

async function bytesAt(
  file: FileHandle,
  { offset, type, path, shown }: StoredArray,
  first: number,
  count: number,
): Promise<Buffer> {
  const bytes = Buffer.allocUnsafe(count * type.size);
  let done = 0;
  while (done < bytes.length) {
    const at = offset + first * type.size + done;
    const { bytesRead } = await file.read(bytes, done, bytes.length - done, at);
    if (bytesRead === 0) {
      const actual = (await stat(path)).size - offset;
      throw new EspejoError("array_truncated", {
        path: shown,
        expected: (first + count) * type.size,
        actual,
      });
    }
    done += bytesRead;
  }
  return bytes;
}
