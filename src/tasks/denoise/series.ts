import type { Arrays } from "../../data/terms/arrays.ts";
import { mistake } from "../../errors.ts";
import { checkArguments } from "../../options.ts";
import { argument } from "../model/arguments.ts";
import type { ArrayModel } from "../model/array-model.ts";
import { rebuildRows } from "./rebuild.ts";

/** Values of the steps of a table, cleaned. */
export interface DenoisedSteps {
  readonly features: readonly string[];
  /** [rows of the table, features]; NaN where no window holds the row. */
  readonly values: Float64Array;
}

/**
 * The steps of series, cleaned: each is the mean of what the model rebuilds of it in all the windows that hold it.
 * `arrays` are windows of a table of `rows` rows; the more they overlap the better. Throws `argument_wrong` for arrays that
 * are not.
 */
export async function denoiseSteps(
  model: ArrayModel,
  arrays: Arrays,
  rows: number,
): Promise<DenoisedSteps> {
  checkArguments("denoiseSteps", {
    model: [model, argument.arrayModel],
    arrays: [arrays, argument.arrays],
    rows: [rows, argument.rows],
  });
  const { steps, detected } = arrays;
  if (!steps || !detected.features) throw mistake("denoiseSteps: not windows of a table");
  const width = detected.features.length;
  const [time] = model.shape as [number];
  const sums = new Float64Array(rows * width);
  const counts = new Uint32Array(rows);
  for await (const { start, rows: windows, x } of model.batches(arrays)) {
    const rebuilt = await rebuildRows(model, x, windows);
    for (let i = 0; i < windows; i++)
      steps(start + i).forEach((row, t) => {
        counts[row]!++;
        const at = (i * time + t) * width;
        for (let k = 0; k < width; k++) sums[row * width + k]! += rebuilt[at + k]!;
      });
  }
  return {
    features: detected.features,
    values: sums.map((sum, k) => {
      const count = counts[Math.floor(k / width)]!;
      return count > 0 ? sum / count : Number.NaN;
    }),
  };
}
