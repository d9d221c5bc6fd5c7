import type { Arrays } from "../../data/terms/arrays.ts";
import { EspejoError } from "../../errors.ts";
import { checkArguments } from "../../options.ts";
import { argument } from "../model/arguments.ts";
import type { ArrayModel } from "../model/array-model.ts";
import { stampErrors } from "./stamp-errors.ts";

/** Scores of time stamps, by the source row of each. */
export interface StampScores {
  /** Rows of the source. */
  readonly rows: number;
  /** NaN where nothing was observed, or no window covers the step. */
  readonly score: Float32Array;
  /** score > threshold; all 0 in a model without a threshold for time stamps. */
  readonly isAnomaly: Uint8Array;
  /** The number of the feature that adds most to the score, from 0; -1 where there is no score. */
  readonly feature: Int16Array;
  /** Its share of the score. */
  readonly share: Float32Array;
  /** What that feature was, and what was expected of it, in its own units; NaN where there is no score. */
  readonly actual: Float64Array;
  readonly expected: Float64Array;
  /** What features are called. */
  readonly features: readonly string[];
  /** Null in a model that was trained before there was one. */
  readonly threshold: number | null;
}

/**
 * A score for each row of the table that windows were cut from, whatever the length of its series: the mean of
 * its own reconstruction errors over the windows that cover it. Open the data with `stamps: true`, so that
 * windows cover the end of each series as well. Throws `stamps_absent` for rows that are no windows of a table.
 */
export async function scoreStamps(model: ArrayModel, arrays: Arrays): Promise<StampScores> {
  checkArguments("scoreStamps", {
    model: [model, argument.arrayModel],
    arrays: [arrays, argument.arrays],
  });
  if (!arrays.steps) throw new EspejoError("stamps_absent", { path: arrays.path });
  const rows = arrays.stamps?.rows ?? lastStep(arrays) + 1;
  const threshold = model.metadata.stampThreshold?.value ?? null;
  const score = new Float32Array(rows).fill(Number.NaN);
  const isAnomaly = new Uint8Array(rows);
  const feature = new Int16Array(rows).fill(-1);
  const share = new Float32Array(rows);
  const actual = new Float64Array(rows).fill(Number.NaN);
  const expected = new Float64Array(rows).fill(Number.NaN);
  const all = (): boolean => true;
  for await (const stamp of stampErrors(model, arrays, all, { rebuilt: true })) {
    const { row } = stamp;
    score[row] = stamp.score;
    if (threshold !== null && score[row]! > threshold) isAnomaly[row] = 1;
    feature[row] = stamp.feature;
    share[row] = stamp.share;
    actual[row] = stamp.actual;
    expected[row] = stamp.expected;
  }
  const { features, shape } = model.metadata.source;
  const names = features ?? Array.from({ length: shape.at(-1)! }, (_, f) => String(f + 1));
  return {
    ...{ rows, score, isAnomaly, feature, share, actual, expected },
    ...{ features: names, threshold },
  };
}

function lastStep(arrays: Arrays): number {
  let last = -1;
  for (let row = 0; row < arrays.rows; row++)
    for (const step of arrays.steps!(row)) last = Math.max(last, step);
  return last;
}
