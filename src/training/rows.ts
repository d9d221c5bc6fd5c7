import { EspejoError, mistake } from "../errors.ts";
import { cellsOf } from "../graph/index.ts";
import { checkArgument, isNumbers, optionParts } from "../options.ts";
import { random, shuffled } from "../random.ts";
import { inShort } from "../schema.ts";

/** Rows in memory: any of the ways in which people hold them. */
export type RowsInput =
  | {
      readonly data: Float32Array | Float64Array | readonly number[];
      readonly shape: readonly number[];
    }
  | Float32Array
  | Float64Array
  | readonly (readonly number[] | Float32Array | Float64Array)[];

/** Float32 cells [rows, ...row]. */
export interface Rows {
  readonly data: Float32Array;
  readonly rows: number;
  readonly row: readonly number[];
}

/**
 * Rows as float32 cells of the given row shape; a Float32Array is taken as it is, not copied. NaN is padding
 * where rows are `masked`, else a mistake.
 */
export function toRows(
  what: string,
  input: RowsInput,
  row: readonly number[],
  { masked = false }: { readonly masked?: boolean } = {},
): Rows {
  const width = cellsOf(row);
  const data = toCells(what, input, width);
  const got = "shape" in input ? input.shape : null;
  if (got !== null) checkArgument(`${what}: shape`, optionParts.shape, got);
  if (got && cellsOf(got.slice(1)) !== width)
    throw mistake(`${what}: rows must be [${row.join(", ")}], got [${got.slice(1).join(", ")}]`);
  if (got && got[0] !== data.length / width)
    throw mistake(
      `${what}: [${got.join(", ")}] needs ${got[0]! * width} numbers, got ${data.length}`,
    );
  if (data.length % width !== 0 || data.length === 0)
    throw mistake(
      `${what}: needs one or more rows of ${width} numbers, got ${data.length} numbers`,
    );
  const bad = data.findIndex((value) =>
    masked ? Math.abs(value) === Number.POSITIVE_INFINITY : !Number.isFinite(value),
  );
  if (bad >= 0)
    throw mistake(
      `${what}: every cell must be a finite number, got ${data[bad]} in row ${Math.floor(bad / width)}, column ${bad % width}${Number.isNaN(data[bad]!) ? "; masked: true in the options of the network leaves missing cells out" : ""}`,
    );
  return { data, rows: data.length / width, row };
}

function toCells(what: string, input: RowsInput, width: number): Float32Array {
  if (ArrayBuffer.isView(input) && isNumbers(input)) return ownFloats(input);
  const cells: unknown = Object(input).data;
  if (isNumbers(cells)) return ownFloats(cells);
  if (!Array.isArray(input))
    throw new EspejoError("argument_value", {
      argument: `${what}: the rows`,
      wanted: "a typed array, a list of rows, or { data, shape }, of numbers alone",
      got: inShort(cells ?? input),
    });
  const data = new Float32Array(input.length * width);
  // not forEach, which passes over rows that are not there
  for (let i = 0; i < input.length; i++) {
    const cell: unknown = input[i];
    if (!isNumbers(cell) || cell.length !== width)
      throw mistake(
        `${what}: row ${i} must have ${width} numbers, got ${isNumbers(cell) ? cell.length : inShort(cell)}`,
      );
    data.set(cell, i * width);
  }
  return data;
}

/** Float32 cells as they are where they are of this realm and no other thread writes to them, else a copy. */
const ownFloats = (cells: ArrayLike<number>): Float32Array =>
  cells instanceof Float32Array && cells.buffer instanceof ArrayBuffer
    ? cells
    : Float32Array.from(cells);

/** Arrays of one row each, side by side: `x` and, where given, `target` and `mask`. */
export type Arrays = Readonly<
  Record<string, { readonly data: Float32Array; readonly width: number }>
>;

/** Hands out rows in the order of an epoch. */
export interface RowSource {
  readonly rows: number;
  /** Starts an epoch at the given row of its order; -1 is the order of the source itself. */
  start(epoch: number, at: number): Promise<void>;
  /** Writes the next `count` rows into one buffer per array, from its beginning. */
  fill(buffers: Readonly<Record<string, Float32Array>>, count: number): Promise<void>;
  /** Where all rows are in memory: the arrays, and the numbers of the next rows. */
  readonly whole?: {
    readonly arrays: Arrays;
    readonly rows: number;
    next(count: number): Int32Array;
  };
  /** Frees what it holds open. */
  close?(): Promise<void>;
}

/** Rows of arrays in memory, all or those of `chosen`, in a new order in each epoch from the seed. */
export function memorySource(arrays: Arrays, chosen: Uint32Array, seed: number): RowSource {
  let order = chosen;
  let next = 0;
  const [first] = Object.values(arrays);
  return {
    rows: chosen.length,
    whole: {
      arrays,
      rows: first!.data.length / first!.width,
      next(count) {
        next += count;
        return new Int32Array(order.buffer, order.byteOffset + 4 * (next - count), count);
      },
    },
    async start(epoch, at) {
      order = epoch < 0 ? chosen : shuffled(chosen, random(seed, 1, epoch));
      next = at;
    },
    async fill(buffers, count) {
      for (const [name, { data, width }] of Object.entries(arrays))
        gatherRows(buffers[name]!, data, width, order, next, count);
      next += count;
    },
  };
}

/** Wider rows are copied by a call each. */
const widest = 128;

/** Copies rows `order[from..]` of `data` to the start of `to`. */
function gatherRows(
  to: Float32Array,
  data: Float32Array,
  width: number,
  order: Uint32Array,
  from: number,
  count: number,
): void {
  if (width > widest || data.length >= 2 ** 31) {
    for (let i = 0; i < count; i++) {
      const start = order[from + i]! * width;
      to.set(data.subarray(start, start + width), i * width);
    }
    return;
  }
  // unrolled, with indices that are plainly 32-bit: twice as fast as the simple loop
  const fours = width & ~3;
  let at = 0;
  for (let i = from; i < from + count; i++) {
    const start = (order[i]! * width) | 0;
    let k = 0;
    for (; k < fours; k += 4) {
      to[(at + k) | 0] = data[(start + k) | 0]!;
      to[(at + k + 1) | 0] = data[(start + k + 1) | 0]!;
      to[(at + k + 2) | 0] = data[(start + k + 2) | 0]!;
      to[(at + k + 3) | 0] = data[(start + k + 3) | 0]!;
    }
    for (; k < width; k++) to[(at + k) | 0] = data[(start + k) | 0]!;
    at = (at + width) | 0;
  }
}
