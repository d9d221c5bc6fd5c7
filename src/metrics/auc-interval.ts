import type { Labels, Numbers } from "./counts.ts";
import { countsByLevel } from "./counts.ts";

/** Area under the ROC curve with the ends of its 95 % interval, all in [0, 1]. */
export interface AucInterval {
  readonly auc: number;
  readonly low: number;
  readonly high: number;
}

/** The quantile .975 of the normal distribution. */
const z = 1.959964;

/**
 * The 95 % interval of ROC AUC by DeLong, DeLong and Clarke-Pearson (Biometrics 44, 1988, 837-845): with V10 of an
 * anomaly the share of normal rows below it and V01 of a normal row the share of anomalies above it (ties half),
 * the variance of the area is var(V10) / m + var(V01) / n, divisors m - 1 and n - 1, and the interval is that of
 * the normal distribution, cut to [0, 1]. Level by level, n log n, as Sun and Xu do with mid-ranks (IEEE Signal
 * Processing Letters 21, 2014). Of fewer than two rows of a class nothing is known: 0 to 1. A perfect order has no
 * variance, so its interval is the point. NaN where `rocAuc` is.
 */
export function rocAucInterval(scores: Numbers, labels: Labels): AucInterval {
  const {
    truePositives,
    falsePositives,
    positives: m,
    negatives: n,
  } = countsByLevel(scores, labels);
  let [area, ofAnomalies, ofNormals] = [0, 0, 0];
  let [lastTrue, lastFalse] = [0, 0];
  for (let i = 0; i < truePositives.length; i++) {
    const anomalies = truePositives[i]! - lastTrue;
    const normals = falsePositives[i]! - lastFalse;
    // V10 and V01 of all rows of a level, which are alike
    const below = (n - lastFalse - normals / 2) / n;
    const above = (lastTrue + anomalies / 2) / m;
    area += normals * above;
    ofAnomalies += anomalies * below ** 2;
    ofNormals += normals * above ** 2;
    [lastTrue, lastFalse] = [truePositives[i]!, falsePositives[i]!];
  }
  const auc = area / n;
  if (Number.isNaN(auc)) return { auc, low: auc, high: auc };
  if (m < 2 || n < 2) return { auc, low: 0, high: 1 };
  const variance =
    Math.max(0, ofAnomalies - m * auc ** 2) / (m - 1) / m +
    Math.max(0, ofNormals - n * auc ** 2) / (n - 1) / n;
  const reach = z * Math.sqrt(variance);
  return { auc, low: Math.max(0, auc - reach), high: Math.min(1, auc + reach) };
}
