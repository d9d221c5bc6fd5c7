import { ByteReader, ByteWriter, smallest } from "./bytes.ts";
import type { Grid } from "./grid.ts";
import { readStream, writeStream } from "./stream.ts";

/** Consecutive rows, column by column; arrays are streams of numbers, one for each channel or feature. */
export interface Block {
  readonly rows: number;
  /** NaN where missing. */
  readonly numbers: readonly Float64Array[];
  /** "" where missing. */
  readonly categories: readonly (readonly string[])[];
  /** Columns that no model knows, as written. */
  readonly texts: readonly (readonly string[])[];
}

/** What a model expects of a block. */
export interface Expected {
  readonly numbers: readonly ArrayLike<number>[];
  readonly categories: readonly (readonly string[])[];
}

/** Rows to codes [rows, latentDim], and codes to what rows they stand for. */
export interface Predictor {
  readonly latentDim: number;
  encode(block: Block): Promise<Float32Array>;
  decode(codes: Float32Array, rows: number): Promise<Expected>;
}

/** How blocks are written: the same for all blocks of a file, and kept in its header. */
export interface BlockPlan {
  /** One for each stream of numbers. */
  readonly grids: readonly Grid[];
  /** Of each latent variable; null: no codes are kept, and nothing is predicted from them. */
  readonly codeSteps: readonly number[] | null;
  /** Places back that a value may be taken from: 1 for the value before, a width for the pixel above. */
  readonly lags: readonly number[];
  /** Numbers that a row has in each stream. */
  readonly perRow: number;
  readonly categories: number;
  readonly texts: number;
}

/** Writes a block; `codes` are those of its rows, not yet rounded. */
export async function writeBlock(
  plan: BlockPlan,
  block: Block,
  predictor: Predictor | null,
  codes: Float32Array | null,
): Promise<Uint8Array> {
  const writer = new ByteWriter();
  writer.integers([block.rows]);
  let expected: Expected | null = null;
  if (plan.codeSteps && predictor && codes) {
    const rounded = writeCodes(writer, codes, plan.codeSteps, block.rows);
    expected = await predictor.decode(rounded, block.rows);
  }
  block.numbers.forEach((values, j) => {
    writeStream(writer, plan.grids[j]!, values, expected?.numbers[j] ?? null, plan.lags);
  });
  block.categories.forEach((cells, j) => {
    writeCategory(writer, cells, expected?.categories[j] ?? null);
  });
  for (const cells of block.texts) writer.texts(cells);
  return writer.join();
}

/** Reads a block. Throws a RangeError where bytes and plan do not agree. */
export async function readBlock(
  plan: BlockPlan,
  bytes: Uint8Array,
  predictor: Predictor | null,
): Promise<Block> {
  const reader = new ByteReader(bytes);
  const rows = reader.integers(1)[0]!;
  let expected: Expected | null = null;
  if (plan.codeSteps && predictor)
    expected = await predictor.decode(readCodes(reader, plan.codeSteps, rows), rows);
  const numbers = plan.grids.map((grid, j) =>
    readStream(reader, grid, rows * plan.perRow, expected?.numbers[j] ?? null, plan.lags),
  );
  const categories = Array.from({ length: plan.categories }, (_, j) =>
    readCategory(reader, rows, expected?.categories[j] ?? null),
  );
  const texts = Array.from({ length: plan.texts }, () => reader.texts(rows));
  return { rows, numbers, categories, texts };
}

/** Writes codes latent variable by latent variable and gives them as they will come back. */
function writeCodes(
  writer: ByteWriter,
  codes: Float32Array,
  steps: readonly number[],
  rows: number,
): Float32Array {
  const rounded = new Float32Array(codes.length);
  steps.forEach((step, k) => {
    const places = Float64Array.from({ length: rows }, (_, i) =>
      Math.round(codes[i * steps.length + k]! / step),
    );
    for (let i = 0; i < rows; i++) rounded[i * steps.length + k] = places[i]! * step;
    const [way, bytes] = smallest(
      [true, false].map((moving) => () => {
        const part = new ByteWriter();
        part.integers(moving ? differences(places) : places);
        return part.join();
      }),
    );
    writer.byte(way);
    writer.bytes(bytes);
  });
  return rounded;
}

function readCodes(reader: ByteReader, steps: readonly number[], rows: number): Float32Array {
  const codes = new Float32Array(rows * steps.length);
  steps.forEach((step, k) => {
    const moving = reader.byte() === 0;
    let before = 0;
    reader.integers(rows).forEach((value, i) => {
      before = moving ? before + value : value;
      codes[i * steps.length + k] = before * step;
    });
  });
  return codes;
}

const differences = (values: Float64Array): Float64Array =>
  values.map((value, i) => value - (i > 0 ? values[i - 1]! : 0));

/** A category as it is, or as 0 where the model expects it and its place among the others elsewhere. */
function writeCategory(
  writer: ByteWriter,
  cells: readonly string[],
  expected: readonly string[] | null,
): void {
  const [way, bytes] = smallest([
    () => {
      const part = new ByteWriter();
      part.texts(cells);
      return part.join();
    },
    ...(expected ? [() => surprises(cells, expected)] : []),
  ]);
  writer.byte(way);
  writer.bytes(bytes);
}

function surprises(cells: readonly string[], expected: readonly string[]): Uint8Array {
  const places = new Map<string, number>();
  const symbols = cells.map((cell, i) => {
    if (cell === expected[i]) return 0;
    if (!places.has(cell)) places.set(cell, places.size + 1);
    return places.get(cell)!;
  });
  const part = new ByteWriter();
  part.integers([places.size]);
  part.texts([...places.keys()]);
  part.integers(symbols);
  return part.join();
}

function readCategory(
  reader: ByteReader,
  rows: number,
  expected: readonly string[] | null,
): readonly string[] {
  if (reader.byte() === 0) return reader.texts(rows);
  if (!expected) throw new RangeError("a column needs predictions, and there is no code");
  const words = reader.texts(reader.integers(1)[0]!);
  return Array.from(reader.integers(rows), (symbol, i) =>
    symbol === 0 ? expected[i]! : words[symbol - 1]!,
  );
}
