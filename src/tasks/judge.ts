import {
  checkRows,
  chooseThreshold,
  type Threshold,
  type ThresholdRule,
} from "../metrics/threshold.ts";
import { type Evaluation, evaluateScores } from "./evaluation.ts";
import type { Labels } from "./labels.ts";
import { pick, placesOf } from "./pick.ts";
import type { Scores } from "./scores.ts";
import { parts, type Split } from "./split.ts";

/** Whether a row did not train, and calibrates or tests. */
export function isHeldOut({ partOf, counts }: Split, row: number): boolean {
  const part = partOf[row];
  if (counts.test > 0) return part === parts.calibrate || part === parts.test;
  return part === (counts.validate > 0 ? parts.validate : parts.train);
}

/** Rules about how far normal rows stray; the others are about shares of all rows, or weigh labels. */
const normalRules = new Set<string>(["quantile", "sd", "mad", "max", "conformal", "pot"]);

/** Throws `threshold_rows` where a rule will have too few rows to be chosen on. */
export function checkThreshold(
  rule: ThresholdRule,
  { partOf, counts }: Split,
  labels: Labels | null,
): void {
  if (!labels) {
    checkRows(rule, counts.validate > 0 ? counts.validate : counts.train);
    return;
  }
  const normalOnly = normalRules.has(rule.name);
  let rows = 0;
  for (let row = 0; row < partOf.length; row++)
    if (partOf[row] === parts.calibrate && !(normalOnly && labels.classes[row] !== 0)) rows++;
  checkRows(rule, rows);
}

/** Chooses the threshold on the rows that calibrate: none of them trained. */
export function thresholdOf(
  rule: ThresholdRule,
  { rows, model }: Scores,
  { partOf }: Split,
  labels: Labels | null,
): Threshold {
  if (!labels) return chooseThreshold(rule, model);
  const normalOnly = normalRules.has(rule.name);
  const chosen = placesOf(
    rows,
    (row) => partOf[row] === parts.calibrate && !(normalOnly && labels.classes[row] !== 0),
  );
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
