import { mad, median } from "../../metrics/statistics.ts";
import type { Block } from "../compress/block.ts";
import { rawRows } from "../compress/table-source.ts";
import type { TableModel } from "../model/table-model.ts";

/** How far cells usually are from what the model expects: by column. */
export interface Usual {
  /** Median and robust deviation (1.4826 median absolute deviations) of each numeric column's residuals. */
  readonly middle: readonly number[];
  readonly spread: readonly number[];
}

/** What is usual, from the residuals of rows. */
export async function usualResiduals(model: TableModel, block: Block): Promise<Usual> {
  const { numbers } = await oddness(model, block);
  const columns = numbers.map((residuals) => residuals.filter((r) => !Number.isNaN(r)));
  const spreads = columns.map((residuals) => {
    if (residuals.length === 0) return 0;
    return 1.4826 * mad(residuals) || deviation(residuals);
  });
  return {
    middle: columns.map((residuals) => (residuals.length > 0 ? median(residuals) : 0)),
    spread: spreads,
  };
}

const deviation = (values: Float64Array): number =>
  Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / values.length);

/** Cells of one row that may be taken for outliers: one that differs everywhere is odd as a whole. */
const mostOfRow = 3;

/**
 * The rows without their outliers: numbers further than `limit` robust deviations from what the model expects, and
 * categories less probable than exp(-limit). In each row the furthest cell goes first, and the others are judged
 * anew without it, because it pulls what the model expects of them too; at most three cells of a row go.
 */
export async function withoutOutliers(
  model: TableModel,
  block: Block,
  usual: Usual,
  limit: number,
): Promise<Block> {
  const numbers = block.numbers.map((values) => values.slice());
  const categories = block.categories.map((cells) => [...cells]);
  const cleaned = { ...block, numbers, categories };
  const open = new Uint8Array(block.rows).fill(1);
  for (let pass = 0; pass < mostOfRow; pass++) {
    const found = await oddness(model, cleaned);
    let taken = 0;
    for (let i = 0; i < block.rows; i++) {
      if (open[i] === 0) continue;
      let [worst, furthest] = [-1, 1];
      const judge = (place: number, ratio: number): void => {
        if (ratio > furthest) [worst, furthest] = [place, ratio];
      };
      found.numbers.forEach((residuals, j) => {
        if (usual.spread[j]! > 0)
          judge(j, Math.abs(residuals[i]! - usual.middle[j]!) / (usual.spread[j]! * limit));
      });
      found.surprises.forEach((surprises, j) => {
        judge(numbers.length + j, surprises[i]! / limit);
      });
      if (worst < 0) {
        open[i] = 0;
        continue;
      }
      taken++;
      if (worst < numbers.length) numbers[worst]![i] = Number.NaN;
      else categories[worst - numbers.length]![i] = "";
    }
    if (taken === 0) break;
  }
  return cleaned;
}

/** Residuals of numbers, NaN where missing, and minus log probabilities of categories, 0 where missing. */
async function oddness(model: TableModel, block: Block) {
  const result = await model.explain(rawRows(block));
  const p = block.numbers.length;
  const q = block.categories.length;
  const rebuilt = (result.reconstruction?.data ?? []) as Float64Array;
  const error = result.error!.data as Float32Array;
  return {
    numbers: block.numbers.map((values, j) =>
      values.map((value, i) => value - rebuilt[i * p + j]!),
    ),
    surprises: block.categories.map((cells, j) =>
      Float64Array.from(cells, (cell, i) => (cell === "" ? 0 : error[i * (p + q) + p + j]!)),
    ),
  };
}
