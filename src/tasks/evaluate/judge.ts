import {
  checkRows,
  chooseThreshold,
  type Threshold,
  type ThresholdRule,
} from "../../metrics/threshold.ts";
import type { Labels } from "../rows/labels.ts";
import { pick, placesOf } from "../rows/pick.ts";
import { parts, type Split } from "../rows/split.ts";
import type { Scores } from "../score/scores.ts";
import { type Evaluation, evaluateScores } from "./evaluation.ts";

/** Whether a row did not train, and calibrates or tests. */
export function isHeldOut({ partOf, counts }: Split, row: number): boolean {
  const part = partOf[row];
  if (counts.test > 0) return part === parts.calibrate || part === parts.test;
  return part === (counts.validate > 0 ? parts.validate : parts.train);
}

/** Rules about how far normal rows stray; the others are about shares of all rows, or weigh labels. */
const normalRules = new Set<string>(["quantile", "sd", "mad", "max", "conformal", "pot"]);

/** The labels that a rule needs of rows: their classes. */
type Classes = Pick<Labels, "classes">;

/** Whether a rule looks at a row that calibrates. */
export const looksAt =
  ({ name }: ThresholdRule, labels: Classes | null) =>
  (row: number): boolean =>
    !(labels && normalRules.has(name) && labels.classes[row] !== 0);

/** Throws `threshold_rows` where a rule will have too few rows to be chosen on. */
export function checkThreshold(
  rule: ThresholdRule,
  { partOf, counts }: Split,
  labels: Classes | null,
): void {
  if (!labels) {
    checkRows(rule, counts.validate > 0 ? counts.validate : counts.train);
    return;
  }
  const looks = looksAt(rule, labels);
  let rows = 0;
  for (let row = 0; row < partOf.length; row++)
    if (partOf[row] === parts.calibrate && looks(row)) rows++;
  checkRows(rule, rows);
}

/** Chooses the threshold on the rows that calibrate: none of them trained. */
export function thresholdOf(
  rule: ThresholdRule,
  { rows, model }: Scores,
  { partOf }: Split,
  labels: Classes | null,
): Threshold {
  if (!labels) return chooseThreshold(rule, model);
  const looks = looksAt(rule, labels);
  const chosen = placesOf(rows, (row) => partOf[row] === parts.calibrate && looks(row));
  return chooseThreshold(rule, pick(model, chosen), pick(labels.classes, pick(rows, chosen)));
}

/** Judges the test part. */
export function evaluationOf(
  { rows, model, pca }: Scores,
  { partOf }: Split,
  labels: Labels,
  { threshold }: Threshold,
): Evaluation {
  const chosen = placesOf(rows, (row) => partOf[row] === parts.test);
  return evaluateScores(
    pick(model, chosen),
    pca && pick(pca, chosen),
    pick(labels.classes, pick(rows, chosen)),
    threshold,
  );
}
