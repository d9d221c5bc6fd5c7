import { rocAucInterval } from "../../metrics/auc-interval.ts";
import { type Confusion, confusion, f1, precision, recall } from "../../metrics/confusion.ts";
import { averagePrecision, precisionAt, rocAuc } from "../../metrics/ranking.ts";

/**
 * How well scores tell anomalies from normal rows, beside PCA on the same rows. Figures that need rows of both
 * classes, or an anomaly, are NaN without them: null in JSON.
 */
export interface Evaluation {
  readonly rows: number;
  readonly anomalies: number;
  /** Share of anomalies: the average precision of guessing. */
  readonly baseRate: number;
  readonly rocAuc: number;
  /** Ends of the 95 % interval of the area, by DeLong et al. */
  readonly rocAucInterval: readonly [low: number, high: number];
  readonly averagePrecision: number;
  readonly threshold: number;
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
  /** Share of anomalies among as many of the highest scores as there are anomalies. */
  readonly precisionAtN: number;
  readonly confusion: Confusion;
  /** null where rows have too many cells for it. */
  readonly pca: { readonly rocAuc: number; readonly averagePrecision: number } | null;
}

/** Judges scores against labels, 1 for an anomaly; both in the order of the rows. */
export function evaluateScores(
  scores: Float32Array,
  pcaScores: Float32Array | null,
  labels: Uint8Array,
  threshold: number,
): Evaluation {
  const alarms = new Uint8Array(scores.length);
  for (let i = 0; i < scores.length; i++) alarms[i] = scores[i]! > threshold ? 1 : 0;
  const counts = confusion(alarms, labels);
  const anomalies = counts.truePositives + counts.falseNegatives;
  // without a normal row every ranking is perfect
  const ranks = anomalies < scores.length;
  const ranked = (given: Float32Array): number =>
    ranks ? averagePrecision(given, labels) : Number.NaN;
  const { auc, low, high } = rocAucInterval(scores, labels);
  return {
    rows: scores.length,
    anomalies,
    baseRate: anomalies / scores.length,
    rocAuc: auc,
    rocAucInterval: [low, high],
    averagePrecision: ranked(scores),
    threshold,
    precision: precision(counts),
    recall: anomalies > 0 ? recall(counts) : Number.NaN,
    f1: anomalies > 0 ? f1(counts) : Number.NaN,
    precisionAtN: precisionAt(scores, labels, anomalies),
    confusion: counts,
    pca: pcaScores && {
      rocAuc: rocAuc(pcaScores, labels),
      averagePrecision: ranked(pcaScores),
    },
  };
}
