import { countsByLevel, type Labels, type Numbers } from "./counts.ts";

/** Points of a ROC curve; at position i rows with score >= thresholds[i] are called anomalies. */
export interface RocCurve {
  readonly falsePositiveRate: Float64Array;
  readonly truePositiveRate: Float64Array;
  readonly thresholds: Float64Array;
}

/** Points of a precision-recall curve; `thresholds` has one entry less: the last point has none. */
export interface PrecisionRecallCurve {
  readonly precision: Float64Array;
  readonly recall: Float64Array;
  readonly thresholds: Float64Array;
}

/**
 * The ROC curve with every distinct score as a point, from (0, 0) at threshold Infinity to (1, 1):
 * scikit-learn's `roc_curve` with drop_intermediate=False. A rate without rows of its class is NaN.
 */
export function rocCurve(scores: Numbers, labels: Labels): RocCurve {
  const counts = countsByLevel(scores, labels);
  const size = counts.levels.length + 1;
  const falsePositiveRate = new Float64Array(size);
  const truePositiveRate = new Float64Array(size);
  const thresholds = new Float64Array(size).fill(Number.POSITIVE_INFINITY, 0, 1);
  thresholds.set(counts.levels, 1);
  for (let i = 0; i < size; i++) {
    falsePositiveRate[i] = (counts.falsePositives[i - 1] ?? 0) / counts.negatives;
    truePositiveRate[i] = (counts.truePositives[i - 1] ?? 0) / counts.positives;
  }
  return { falsePositiveRate, truePositiveRate, thresholds };
}

/**
 * Precision against recall, thresholds rising, closed by the point (recall 0, precision 1):
 * scikit-learn's `precision_recall_curve`. Without any anomaly recall is 1, as there.
 */
export function precisionRecallCurve(scores: Numbers, labels: Labels): PrecisionRecallCurve {
  const counts = countsByLevel(scores, labels);
  const size = counts.levels.length;
  const precision = new Float64Array(size + 1).fill(1, size);
  const recall = new Float64Array(size + 1);
  for (let i = 0; i < size; i++) {
    const hits = counts.truePositives[size - 1 - i]!;
    precision[i] = hits / (hits + counts.falsePositives[size - 1 - i]!);
    recall[i] = counts.positives === 0 ? 1 : hits / counts.positives;
  }
  return { precision, recall, thresholds: Float64Array.from(counts.levels).reverse() };
}
