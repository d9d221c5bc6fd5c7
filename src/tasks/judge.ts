import { chooseThreshold, type Threshold, type ThresholdRule } from "../metrics/threshold.ts";
import { type Evaluation, evaluateScores } from "./evaluation.ts";
import type { Labels } from "./labels.ts";
import type { Scores } from "./scores.ts";
import { parts, type Split } from "./split.ts";

/** Whether a row did not train, and calibrates or tests. */
export function isHeldOut({ partOf, counts }: Split, row: number): boolean {
  const part = partOf[row];
  if (counts.test > 0) return part === parts.calibrate || part === parts.test;
  return part === (counts.validate > 0 ? parts.validate : parts.train);
}

/** Rules about how far normal rows stray; the others are about shares of all rows, or weigh labels. */
const normalRules = new Set<string>(["quantile", "sd", "mad", "max"]);

/** Chooses the threshold on the rows that calibrate: none of them trained. */
export function thresholdOf(
  rule: ThresholdRule,
  { rows, model }: Scores,
  { partOf }: Split,
  labels: Labels | null,
): Threshold {
  if (!labels) return chooseThreshold(rule, model);
  const normalOnly = normalRules.has(rule.name);
  const chosen = positions(
    rows,
    (row) => partOf[row] === parts.calibrate && !(normalOnly && labels.classes[row] !== 0),
  );
  const scores = Float32Array.from(chosen, (i) => model[i]!);
  return chooseThreshold(
    rule,
    scores,
    Uint8Array.from(chosen, (i) => labels.classes[rows[i]!]!),
  );
}

/** Judges the test part. */
export function evaluationOf(
  { rows, model, pca }: Scores,
  { partOf }: Split,
  labels: Labels,
  { threshold }: Threshold,
): Evaluation {
  const chosen = positions(rows, (row) => partOf[row] === parts.test);
  return evaluateScores(
    Float32Array.from(chosen, (i) => model[i]!),
    Float32Array.from(chosen, (i) => pca[i]!),
    Uint8Array.from(chosen, (i) => labels.classes[rows[i]!]!),
    threshold,
  );
}

/** Where in a list the rows stand for which something holds. */
function positions(rows: Uint32Array, holds: (row: number) => boolean): Uint32Array {
  const found: number[] = [];
  rows.forEach((row, i) => {
    if (holds(row)) found.push(i);
  });
  return Uint32Array.from(found);
}
