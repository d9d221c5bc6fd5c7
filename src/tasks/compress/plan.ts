import type { ImageRange } from "../../data/pixels/image-range.ts";
import { findColumn } from "../../data/terms/find.ts";
import { EspejoError } from "../../errors.ts";
import { optionParts } from "../../options.ts";
import { z } from "../../schema.ts";
import { type Block, type BlockPlan, type Predictor, writeBlock } from "./block.ts";
import { framed } from "./container.ts";
import { brotliSize } from "./entropy.ts";
import { type CompressionSource, joinBlocks, sliceBlock } from "./source.ts";

/**
 * The greatest error of numbers. Of a table: a share of the standard deviation of each column (0.01 by default),
 * and for the columns that are named an error in their own units, days for dates; dates that are not named
 * come back exactly. Of sequences: in their own units; of images: in 255ths of their range. 0 is exact.
 */
export type MaxError =
  | number
  | { readonly others?: number; readonly columns: Readonly<Record<string, number>> };

const { atLeast } = optionParts;

/** `MaxError`, as it comes from a caller. */
export const maxErrorPart = z.union([
  atLeast(0),
  z.strictObject({
    others: z.exactOptional(atLeast(0)),
    columns: z.record(z.string(), atLeast(0)),
  }),
]);

export const usualError = 0.01;

/** What an error of images is measured in: a 255th of their range, which is 1 of those of bytes. */
export const unitOf = (range: ImageRange | null): number =>
  range ? (range.high - range.low) / 255 : 1;

/**
 * The greatest error of each stream, in its own units; `unit` is what one is measured in, null its deviation. Throws
 * `column_unknown` or `max_error_column`.
 */
export function errorsOf(
  { path, streams, categories, texts }: CompressionSource,
  maxError: MaxError,
  unit: number | null,
): readonly number[] {
  const others = typeof maxError === "number" ? maxError : (maxError.others ?? usualError);
  const named = new Map<string, number>();
  if (typeof maxError !== "number") {
    const names = [...streams.map(({ name }) => name), ...categories, ...texts];
    for (const [given, error] of Object.entries(maxError.columns)) {
      const column = names[findColumn(names, given, path)]!;
      if (!streams.some(({ name }) => name === column))
        throw new EspejoError("max_error_column", { path, column });
      named.set(column, error);
    }
  }
  return streams.map(
    ({ name, date, finder }) => named.get(name) ?? (date ? 0 : others * (unit ?? finder.deviation)),
  );
}

/** Steps of codes that are tried, in deviations of each latent variable. */
const tried = [1, 1 / 2, 1 / 4, 1 / 8, 1 / 16, 1 / 32, 1 / 64, 1 / 128];

/** Cells of the sample that plans are tried on. */
const triedCells = 2 ** 16;

/** Rows from all over the source, in runs as long as that allows; about as many as make that many cells. */
export async function sampleOf(
  source: CompressionSource,
  cells: number = triedCells,
): Promise<Block> {
  const { rows, perRow, streams, categories, texts } = source;
  const width = perRow * streams.length + categories.length + texts.length;
  const wanted = Math.max(64, Math.floor(cells / width));
  const parts: Block[] = [];
  for await (const block of source.blocks()) {
    const share = Math.max(1, Math.ceil((wanted * block.rows) / rows));
    parts.push(sliceBlock(block, perRow, 0, Math.min(block.rows, share)));
  }
  return joinBlocks(parts);
}

/** The plan without codes: numbers rounded as asked, and written as they are. */
export const planWithout = (source: CompressionSource, errors: readonly number[]): BlockPlan => ({
  grids: source.streams.map(({ finder, scale }, j) => finder.grid(errors[j]!, scale)),
  codeSteps: null,
  lags: source.lags,
  perRow: source.perRow,
  categories: source.categories.length,
  texts: source.texts.length,
});

/**
 * The plan with codes that makes a sample smallest: coarse codes leave much to correct, fine ones cost more
 * themselves.
 */
export async function planWith(
  source: CompressionSource,
  errors: readonly number[],
  predictor: Predictor,
  sample: Block,
): Promise<BlockPlan> {
  const bare = planWithout(source, errors);
  const codes = await predictor.encode(sample);
  const deviations = deviationsOf(codes, predictor.latentDim);
  let best: { plan: BlockPlan; size: number } | null = null;
  for (const share of tried) {
    const plan = { ...bare, codeSteps: deviations.map((deviation) => share * deviation) };
    const size = brotliSize(await writeBlock(plan, sample, predictor, codes));
    if (!best || size < best.size) best = { plan, size };
  }
  return best!.plan;
}

/** Bytes that a block takes in a file. */
export async function packedSize(
  plan: BlockPlan,
  block: Block,
  predictor: Predictor | null,
): Promise<number> {
  const codes = predictor && (await predictor.encode(block));
  return framed(await writeBlock(plan, block, predictor, codes)).length;
}

function deviationsOf(codes: Float32Array, latentDim: number): number[] {
  const rows = codes.length / latentDim;
  return Array.from({ length: latentDim }, (_, k) => {
    let [mean, squares] = [0, 0];
    for (let i = 0; i < rows; i++) mean += codes[i * latentDim + k]! / rows;
    for (let i = 0; i < rows; i++) squares += (codes[i * latentDim + k]! - mean) ** 2;
    return Math.fround(Math.sqrt(squares / rows)) || 1;
  });
}
