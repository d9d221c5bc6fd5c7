import type { Table } from "../../data/terms/table.ts";
import type { Pca } from "../../metrics/pca.ts";
import { inverseTransform, transform } from "../../metrics/projection.ts";
import { otherCategory, placesOfCategory } from "../../preparation/plan.ts";
import { pcaFromMetadata } from "../model/pca-metadata.ts";
import type { RawRows } from "../model/raw-rows.ts";
import type { TableModel } from "../model/table-model.ts";
import { firstColumns } from "../score/scores.ts";
import type { Block, Expected, Predictor } from "./block.ts";
import { GridFinder } from "./grid.ts";
import type { CompressionSource } from "./source.ts";

/** Numbers of a block: more pack better, fewer need less memory. */
const blockNumbers = 2 ** 20;

/** The rows of a table on their way into a file. Reads them once to find how exact their numbers are. */
export async function tableSource(model: TableModel, table: Table): Promise<CompressionSource> {
  const { numericColumns, categoryColumns, metadata } = model;
  const names = (columns: readonly { name: string }[]) => columns.map(({ name }) => name);
  const known = new Set([...names(numericColumns), ...names(categoryColumns)]);
  const texts = names(table.columns).filter((name) => !known.has(name));
  const finders = numericColumns.map(({ type }) => new GridFinder({ date: type === "date" }));
  const request = {
    numeric: names(numericColumns),
    categories: names(categoryColumns),
    text: texts,
  };
  const size = Math.max(256, Math.min(2 ** 16, Math.ceil(blockNumbers / table.columns.length)));
  const p = numericColumns.length;
  const q = categoryColumns.length;
  async function* blocks(): AsyncGenerator<Block> {
    for await (const { rows, numeric, categories, text } of table.batches(request, { size }))
      yield {
        rows,
        numbers: numericColumns.map((_, j) =>
          Float64Array.from({ length: rows }, (_, i) => numeric[i * p + j]!),
        ),
        categories: categoryColumns.map((_, j) =>
          Array.from({ length: rows }, (_, i) => categories[i * q + j]!),
        ),
        texts: text,
      };
  }
  for await (const { numbers } of blocks())
    numbers.forEach((values, j) => {
      for (const value of values) finders[j]!.add(value);
    });
  return {
    path: table.path,
    rows: table.rows,
    streams: numericColumns.map(({ name, type }, j) => {
      const { deciles, minimum, maximum } = metadata.profile.numeric[j]!;
      const middle = (deciles[2]! - deciles[0]!) / 2.56;
      const scale = Math.max(finders[j]!.deviation, middle, (maximum - minimum) / 100);
      return { name, date: type === "date", finder: finders[j]!, scale };
    }),
    categories: names(categoryColumns),
    texts,
    lags: [1],
    perRow: 1,
    model: tablePredictor(model),
    pca: metadata.pca && (await pcaPredictor(model, pcaFromMetadata(metadata.pca), blocks())),
    blocks,
  };
}

/** A model file of a table as a predictor. */
export function tablePredictor(model: TableModel): Predictor {
  const p = model.numericColumns.length;
  const q = model.categoryColumns.length;
  return {
    latentDim: model.latentDim,
    async encode(block) {
      const { latent } = await model.run(["latent"], rawRows(block));
      return latent!.data as Float32Array;
    },
    async decode(codes, rows) {
      const result = await model.decode(codes, rows);
      const numbers = (result.reconstruction?.data ?? []) as Float64Array;
      const names = (result.reconstruction_categories?.data ?? []) as readonly string[];
      return {
        numbers: columns(numbers, rows, p),
        categories: Array.from({ length: q }, (_, j) =>
          Array.from({ length: rows }, (_, i) => names[i * q + j]!),
        ),
      };
    },
  };
}

/** Rows of a block as a model takes them. */
export function rawRows({ rows, numbers, categories }: Block): RawRows {
  const numeric = new Float64Array(rows * numbers.length);
  numbers.forEach((values, j) => {
    for (let i = 0; i < rows; i++) numeric[i * numbers.length + j] = values[i]!;
  });
  const cells: string[] = [];
  for (let i = 0; i < rows; i++) for (const column of categories) cells.push(column[i]!);
  return { rows, numeric, categories: cells };
}

const columns = (values: ArrayLike<number>, rows: number, width: number): Float64Array[] =>
  Array.from({ length: width }, (_, j) =>
    Float64Array.from({ length: rows }, (_, i) => values[i * width + j]!),
  );

/** The PCA that was fitted beside the model, on the columns as the model prepares them. */
async function pcaPredictor(
  model: TableModel,
  pca: Pca,
  blocks: AsyncIterable<Block>,
): Promise<Predictor | null> {
  const width = pca.mean.length;
  const p = model.numericColumns.length;
  const prepare = async (block: Block): Promise<Float32Array> => {
    const { prepared } = await model.run(["prepared"], rawRows(block));
    return firstColumns(prepared!.data as Float32Array, block.rows, width);
  };
  const unscale: ((value: number) => number)[] = [];
  for await (const block of blocks) {
    const prepared = await prepare(block);
    for (let j = 0; j < p; j++)
      unscale[j] = unscaling(block.numbers[j]!, (i) => prepared[i * width + j]!);
    break;
  }
  const values = model.metadata.profile.categories.map(({ values }) => [
    ...values.slice(0, placesOfCategory),
    otherCategory,
  ]);
  if (p + values.reduce((n, { length }) => n + length, 0) !== width) return null;
  return {
    latentDim: pca.explainedVariance.length,
    encode: async (block) => transform(pca, await prepare(block)),
    async decode(codes, rows): Promise<Expected> {
      const y = inverseTransform(pca, codes);
      let at = p;
      return {
        numbers: unscale.map((back, j) =>
          Float64Array.from({ length: rows }, (_, i) => back(y[i * width + j]!)),
        ),
        categories: values.map((names) => {
          const from = at;
          at += names.length;
          return Array.from({ length: rows }, (_, i) => {
            let best = 0;
            for (let k = 1; k < names.length; k++)
              if (y[i * width + from + k]! > y[i * width + from + best]!) best = k;
            return names[best]!;
          });
        }),
      };
    },
  };
}

/** The way from a prepared column back to its units, found from the values themselves: a line, or one behind a logarithm. */
export function unscaling(
  values: Float64Array,
  prepared: (i: number) => number,
): (value: number) => number {
  const order = Array.from(values.keys())
    .filter((i) => !Number.isNaN(values[i]!))
    .sort((a, b) => values[a]! - values[b]!);
  const [low, middle, high] = [0, 0.5, 1].map((q) => order[Math.round(q * (order.length - 1))]);
  if (low === undefined || values[low] === values[high!]) {
    const value = low === undefined ? 0 : values[low]!;
    return () => value;
  }
  const line = (of: (x: number) => number) => {
    const [a, b] = [of(values[low]!), of(values[high!]!)];
    const slope = (b - a) / (prepared(high!) - prepared(low));
    return (y: number): number => a + slope * (y - prepared(low));
  };
  const straight = line((x) => x);
  const bent = line((x) => Math.sign(x) * Math.log1p(Math.abs(x)));
  const raise = (y: number): number => Math.sign(bent(y)) * Math.expm1(Math.abs(bent(y)));
  const at = prepared(middle!);
  const wanted = values[middle!]!;
  return Math.abs(straight(at) - wanted) <= Math.abs(raise(at) - wanted) ? straight : raise;
}
