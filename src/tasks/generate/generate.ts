import type { Arrays, Cells } from "../../data/terms/arrays.ts";
import { itemsOf } from "../../data/terms/items.ts";
import type { Table } from "../../data/terms/table.ts";
import type { EngineChoice } from "../../engine/engine.ts";
import { EspejoError } from "../../errors.ts";
import { cellsOf } from "../../graph/index.ts";
import type { Items } from "../../language.ts";
import { checkArguments, checkOptions, optionParts } from "../../options.ts";
import { z } from "../../schema.ts";
import type { Block } from "../compress/block.ts";
import { sampleOf } from "../compress/plan.ts";
import { tablePredictor, tableSource } from "../compress/table-source.ts";
import { argument } from "../model/arguments.ts";
import type { ArrayModel } from "../model/array-model.ts";
import type { TableModel } from "../model/table-model.ts";
import { codesBetween, drawCodes, hasPrior, type NewCodes } from "./codes.ts";
import { arrayQuality, type Compared, type GenerationQuality, tableQuality } from "./quality.ts";
import { residualNoise, rowsFromCodes } from "./table.ts";

export type NoiseKind = "none" | "likelihood" | "residual";

/** How many new rows, and where their codes come from; 10 with seed 42 by default. */
export interface GenerateOptions {
  readonly rows?: number;
  readonly seed?: number;
  readonly engine?: EngineChoice;
  /** Draws codes from those of the data even where the kind has a prior. */
  readonly fromData?: boolean;
  /** Two rows of the data, from 0: codes on the straight line between them, instead of new ones. */
  readonly between?: readonly [number, number];
  /** Compares the new rows with the data. */
  readonly quality?: boolean;
}

/** What new rows of a table are told beyond that. */
export interface GenerateTableOptions extends GenerateOptions {
  /** Holds numbers within the range of their column in training; true by default. */
  readonly clip?: boolean;
  /**
   * Around decoded numbers: the residual deviations of each column where data are given, else the variance of the
   * likelihood of a variational model, else none.
   */
  readonly noise?: NoiseKind;
}

/** New rows, and where their codes come from. */
export interface Generated<T> {
  readonly rows: T;
  readonly from: NewCodes["from"] | "between";
  readonly components: number | null;
  readonly noise: NoiseKind;
  /** What drew the codes and the noise. */
  readonly seed: number;
  readonly quality: GenerationQuality | null;
  /** What the quality was measured on, for a page about it; null without. */
  readonly compared: (Compared & { readonly real: T }) | null;
}

/** Cells of data that are read at most: for densities, noise and quality. */
const mostCells = 2 ** 21;

/** Rows that have a covariance, and two halves. */
const fewestRows = 2;

const optional = z.exactOptional;
const generateShape = {
  // so many are held at once
  rows: optional(optionParts.whole(1).check(z.maximum(1e7))),
  seed: optional(z.int()),
  engine: optional(optionParts.engine),
  fromData: optional(z.boolean()),
  between: optional(z.tuple([optionParts.whole(0), optionParts.whole(0)])),
  quality: optional(z.boolean()),
};
const generateOptions: z.ZodMiniObject = z.object(generateShape);
const generateTableOptions: z.ZodMiniObject = z.object({
  ...generateShape,
  clip: optional(z.boolean()),
  noise: optional(z.enum(["none", "likelihood", "residual"])),
});

/**
 * New rows of a table. Throws `generate_data` where the kind has no prior and there are no data, or where something
 * else needs them, `generate_item` for rows that are not there, and `generate_rows` for too few of them.
 */
export async function generateRows(
  model: TableModel,
  data: Table | null,
  options: GenerateTableOptions = {},
): Promise<Generated<Block>> {
  checkArguments("generateRows", {
    model: [model, argument.tableModel],
    data: [data, z.nullable(argument.table)],
  });
  checkOptions("generateRows", generateTableOptions, options);
  const { rows: count = 10, seed = 42, clip = true, between, quality = false } = options;
  const source = data && (await tableSource(model, data));
  const real = source && (await sampleOf(source, mostCells));
  needsData(model, options, real);
  if (source && between) checkItems(source.path, source.rows, between);
  if (source) checkEnough(source, "rows", model, options);
  const predictor = tablePredictor(model);
  const drawn = between
    ? await lineOf(await itemCodes(between), count)
    : await newCodes(model, count, options, real && (() => predictor.encode(real)));
  async function itemCodes(pair: readonly [number, number]): Promise<readonly Float32Array[]> {
    const found: Float32Array[] = [];
    let start = 0;
    for await (const block of source!.blocks()) {
      const codes = await predictor.encode(block);
      pair.forEach((row, k) => {
        const at = (row - start) * model.latentDim;
        if (row >= start && row < start + block.rows)
          found[k] = codes.slice(at, at + model.latentDim);
      });
      start += block.rows;
    }
    return found;
  }
  const kind = between ? "none" : (options.noise ?? usualNoise(model, real));
  const noise =
    kind === "residual"
      ? await residualNoise(model, real!)
      : kind === "likelihood"
        ? model.numericColumns.map(() => Math.sqrt(varianceOf(model)))
        : undefined;
  const rows = await rowsFromCodes(model, drawn.codes, count, {
    ...{ seed, clip, likeliest: between !== undefined },
    ...(noise && { noise }),
  });
  const names = [...model.numericColumns, ...model.categoryColumns].map(({ name }) => name);
  const compared = quality ? { ...tableQuality(rows, real!, names, seed), real: real! } : null;
  return {
    rows,
    from: drawn.from,
    components: drawn.components ?? null,
    noise: kind,
    seed,
    ...{ quality: compared?.quality ?? null, compared },
  };
}

const usualNoise = (model: TableModel, real: Block | null): NoiseKind =>
  real ? "residual" : model.metadata.architecture.variational !== undefined ? "likelihood" : "none";

/** The variance of the Gaussian around the output of a variational model, in scaled units. */
const varianceOf = ({ metadata }: TableModel): number =>
  (metadata.architecture.variational as { variance?: number } | undefined)?.variance ?? 1;

/** New images or sequences [rows, ...shape]; images are held in 0..255. */
export async function generateArrays(
  model: ArrayModel,
  data: Arrays | null,
  options: GenerateOptions = {},
): Promise<Generated<Cells>> {
  checkArguments("generateArrays", {
    model: [model, argument.arrayModel],
    data: [data, z.nullable(argument.arrays)],
  });
  checkOptions("generateArrays", generateOptions, options);
  const { rows: count = 10, seed = 42, between, quality = false } = options;
  const cells = cellsOf(model.shape);
  const real = data && (await readSome(model, data, cells, between));
  needsData(model, options, real);
  if (data && between) checkItems(data.path, data.rows, between);
  if (data) checkEnough(data, itemsOf(data.detected), model, options);
  const drawn = between
    ? await lineOf(
        between.map((row) => real!.items.get(row)!),
        count,
      )
    : await newCodes(model, count, options, real && (async () => real.codes));
  const decoded = await model.decode(drawn.codes, count);
  const images = model.metadata.source.content === "images";
  const rows = images ? decoded.map((value) => Math.max(0, Math.min(255, value))) : decoded;
  const compared = quality
    ? { ...arrayQuality(rows, real!.x, cells, seed), real: real!.x as Cells }
    : null;
  return {
    rows,
    from: drawn.from,
    components: drawn.components ?? null,
    noise: "none",
    seed,
    ...{ quality: compared?.quality ?? null, compared },
  };
}

/** Rows of arrays as far as memory may go, their codes, and those of some rows. */
async function readSome(
  model: ArrayModel,
  arrays: Arrays,
  cells: number,
  between: readonly number[] = [],
) {
  const most = Math.min(arrays.rows, Math.max(100, Math.floor(mostCells / cells)));
  const x = new Float64Array(most * cells);
  const codes = new Float32Array(most * model.latentDim);
  const items = new Map<number, Float32Array>();
  for await (const { start, rows, x: part } of model.batches(arrays)) {
    const wanted = between.some((row) => row >= start && row < start + rows);
    const kept = Math.max(0, Math.min(rows, most - start));
    if (kept === 0 && !wanted) continue;
    const latent = (await model.run(["latent"], part, rows)).latent!.data as Float32Array;
    if (kept > 0) {
      x.set(part.subarray(0, kept * cells), start * cells);
      codes.set(latent.subarray(0, kept * model.latentDim), start * model.latentDim);
    }
    for (const row of between) {
      const at = (row - start) * model.latentDim;
      if (row >= start && row < start + rows)
        items.set(row, latent.slice(at, at + model.latentDim));
    }
  }
  return { x, codes, items };
}

function needsData(
  { path, metadata }: TableModel | ArrayModel,
  options: GenerateTableOptions,
  real: object | null,
): void {
  const { between, quality, fromData, noise } = options;
  const asks = between !== undefined || quality || fromData || noise === "residual";
  if (!real && (asks || !hasPrior(metadata)))
    throw asks
      ? new EspejoError("generate_needs", { path })
      : new EspejoError("generate_data", { path, kind: metadata.kind });
}

function checkItems(path: string, rows: number, between: readonly number[]): void {
  for (const row of between)
    if (!(Number.isInteger(row) && row >= 0 && row < rows))
      throw new EspejoError("generate_item", { path, item: String(row + 1), rows });
}

/** Throws `generate_rows` where what is drawn or measured cannot be told from so few rows. */
function checkEnough(
  { path, rows }: { readonly path: string; readonly rows: number },
  items: Items,
  { metadata }: TableModel | ArrayModel,
  { between, quality = false, fromData = false }: GenerateTableOptions,
): void {
  const draws = between === undefined && (fromData || !hasPrior(metadata));
  if ((draws || quality) && rows < fewestRows)
    throw new EspejoError("generate_rows", { path, rows, least: fewestRows, items });
}

async function newCodes(
  model: TableModel | ArrayModel,
  count: number,
  { seed = 42, engine, fromData = false }: GenerateOptions,
  encode: (() => Promise<Float32Array>) | null,
): Promise<NewCodes> {
  const like = encode && (fromData || !hasPrior(model.metadata)) ? await encode() : null;
  return drawCodes(model, count, { seed, like, ...(engine && { engine }) });
}

async function lineOf(ends: readonly Float32Array[], count: number) {
  return {
    codes: codesBetween(ends[0]!, ends[1]!, count),
    from: "between" as const,
    components: undefined,
  };
}
