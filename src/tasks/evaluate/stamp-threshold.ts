import type { Arrays } from "../../data/terms/arrays.ts";
import {
  chooseThreshold,
  needsLabels,
  parseThreshold,
  type Threshold,
  type ThresholdRule,
} from "../../metrics/threshold.ts";
import type { ArrayModel } from "../model/array-model.ts";
import type { Labels } from "../rows/labels.ts";
import { parts, type Split } from "../rows/split.ts";
import { stampErrors } from "../score/stamp-errors.ts";
import { isHeldOut } from "./judge.ts";

/** For rules that weigh labels, which windows have but their steps have not. */
const unlabelled = "quantile:0.99";

/**
 * The threshold of time stamps: the rule of the rows, applied to the steps of windows that calibrate it, each
 * with its mean over those windows alone; with labels over the normal ones. Null where rows are no windows.
 */
export async function stampThresholdOf(
  wanted: ThresholdRule,
  model: ArrayModel,
  arrays: Arrays,
  split: Split,
  labels: Pick<Labels, "classes"> | null,
): Promise<Threshold | null> {
  if (!arrays.steps) return null;
  const calibrates = (row: number): boolean =>
    labels
      ? split.partOf[row] === parts.calibrate && labels.classes[row] === 0
      : isHeldOut(split, row);
  const scores: number[] = [];
  for await (const { score } of stampErrors(model, arrays, calibrates))
    if (Number.isFinite(score)) scores.push(score);
  if (scores.length === 0) return null;
  const rule = needsLabels(wanted) ? parseThreshold(unlabelled) : wanted;
  return chooseThreshold(rule, Float32Array.from(scores));
}
