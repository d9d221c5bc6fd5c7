import { checkArguments } from "../options.ts";
import { parts } from "./arguments.ts";
import { countsByLevel, type Labels, type Numbers } from "./counts.ts";

/**
 * Area under the ROC curve: the chance that a random anomaly scores above a random other row, ties
 * counted half (mid-ranks; Mann and Whitney). NaN when the labels hold only one class.
 */
export function rocAuc(scores: Numbers, labels: Labels): number {
  const { truePositives, falsePositives, positives, negatives } = countsByLevel(scores, labels);
  let area = 0;
  let lastTrue = 0;
  let lastFalse = 0;
  for (let i = 0; i < truePositives.length; i++) {
    area += (falsePositives[i]! - lastFalse) * (truePositives[i]! + lastTrue);
    lastTrue = truePositives[i]!;
    lastFalse = falsePositives[i]!;
  }
  return area / 2 / (positives * negatives);
}

/**
 * Average precision as scikit-learn defines it: sum over levels of (gain in recall) x precision,
 * tied scores as one level, no interpolation. NaN when no row is an anomaly.
 */
export function averagePrecision(scores: Numbers, labels: Labels): number {
  const { truePositives, falsePositives, positives } = countsByLevel(scores, labels);
  let sum = 0;
  let last = 0;
  for (let i = 0; i < truePositives.length; i++) {
    const hits = truePositives[i]!;
    sum += ((hits - last) * hits) / (hits + falsePositives[i]!);
    last = hits;
  }
  return sum / positives;
}

/**
 * Share of anomalies among the n highest scores (all rows if fewer). Rows tied at the cut count in
 * proportion: the expected share when ties are broken by lot. NaN for n below 1 and for no rows.
 */
export function precisionAt(scores: Numbers, labels: Labels, n: number): number {
  checkArguments("precisionAt", { n: [n, parts.number] });
  const { truePositives, falsePositives } = countsByLevel(scores, labels);
  const wanted = Math.min(n, scores.length);
  if (!(wanted >= 1)) return Number.NaN;
  let lastTrue = 0;
  let lastAll = 0;
  for (let i = 0; i < truePositives.length; i++) {
    const hits = truePositives[i]!;
    const all = hits + falsePositives[i]!;
    if (all >= wanted) {
      const share = (wanted - lastAll) / (all - lastAll);
      return (lastTrue + share * (hits - lastTrue)) / wanted;
    }
    lastTrue = hits;
    lastAll = all;
  }
  return Number.NaN;
}
