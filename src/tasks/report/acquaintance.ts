import { range } from "../../random.ts";
import { evaluateScores } from "../evaluate/evaluation.ts";
import type { TrainingRecord } from "../model/metadata.ts";
import { splitMarked } from "../rows/marked-split.ts";
import { markedLabels } from "../rows/marks.ts";
import { pick, placesOf } from "../rows/pick.ts";
import { parts, type Split, splitLabelled, splitUnlabelled } from "../rows/split.ts";
import type { SplitUnits } from "../rows/split-units.ts";
import type { Acquaintance, Findings, KnownLabels } from "./findings.ts";

/**
 * How a training would have split these rows, were they the ones that trained; null where the counts say that
 * they are not. The fingerprint of the values then tells.
 */
export function likelySplit(
  { rows: counts, seed, label, marks, options }: TrainingRecord,
  rows: number,
  classes: Uint8Array | null,
  units: SplitUnits | null = null,
): Split | null {
  if (Object.values(counts).reduce((a, b) => a + b, 0) !== rows || rows < 2) return null;
  if ((label && !classes) || (options.split && !units)) return null;
  const judges = marks !== undefined && markedLabels(null, marks, rows) !== null;
  const split = label
    ? splitLabelled(classes!, seed, units)
    : marks
      ? splitMarked(rows, marks, judges, seed, units)
      : splitUnlabelled(rows, seed, units);
  const agrees = Object.entries(split.counts).every(([part, n]) => (counts[part] ?? 0) === n);
  return agrees ? split : null;
}

/** What rows are to a model that was trained with a split of them, or not. */
export function acquaintanceOf(split: Split | null): Acquaintance {
  if (!split) return "other";
  if (split.counts.test > 0) return "test";
  return split.counts.validate > 0 ? "held" : "trained";
}

/** Whether a row was kept out of the training, where that is known; every row of other data is. */
export function keptApart(split: Split | null): (row: number) => boolean {
  const acquaintance = acquaintanceOf(split);
  if (acquaintance === "test") return (row) => split!.partOf[row] === parts.test;
  if (acquaintance === "held") return (row) => split!.partOf[row] === parts.validate;
  return () => true;
}

/**
 * Judges scores against labels: on the test part where the data are those that trained, else on all rows
 * with a label. The evaluation is null where only one class is there.
 */
export function judge(
  { model, pca }: { readonly model: Float32Array; readonly pca: Float32Array | null },
  labels: KnownLabels | null,
  split: Split | null,
  threshold: number,
): Pick<Findings, "evaluation" | "judged"> {
  if (!labels) return { evaluation: null, judged: null };
  const kept = acquaintanceOf(split) === "test" ? keptApart(split) : () => true;
  const places = placesOf(range(model.length), (row) => labels.classes[row] !== 2 && kept(row));
  const judged = {
    scores: pick(model, places),
    pca: pca && pick(pca, places),
    classes: pick(labels.classes, places),
  };
  const anomalies = judged.classes.reduce((n, each) => n + each, 0);
  if (anomalies === 0 || anomalies === places.length) return { evaluation: null, judged };
  return {
    judged,
    evaluation: evaluateScores(judged.scores, judged.pca, judged.classes, threshold),
  };
}
