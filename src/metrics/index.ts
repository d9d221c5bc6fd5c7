export { type AucInterval, rocAucInterval } from "./auc-interval.ts";
export { type Confusion, confusion, f1, fBeta, precision, recall } from "./confusion.ts";
export {
  type PrecisionRecallCurve,
  precisionRecallCurve,
  type RocCurve,
  rocCurve,
} from "./curves.ts";
export { pairwiseDistances } from "./distances.ts";
export { type Elbow, elbowOf } from "./elbow.ts";
export { type EnergyTest, energyTest } from "./energy.ts";
export { type Histogram, histogram } from "./histogram.ts";
export { type Neighbourhoods, neighbourAccuracy, neighbourhoods } from "./neighbourhoods.ts";
export { type Neighbours, nearestNeighbours } from "./neighbours.ts";
export {
  type BootstrapOptions,
  comparePrecision,
  type PrecisionDifference,
} from "./paired-bootstrap.ts";
export { fitPca, type Pca, pcaOf } from "./pca.ts";
export { inverseTransform, reconstructionErrors, transform } from "./projection.ts";
export { averagePrecision, precisionAt, rocAuc } from "./ranking.ts";
export { explainedVariance, psnr } from "./reconstruction.ts";
export { ssim } from "./ssim.ts";
export { mad, mean, median, quantile, quantiles, sd } from "./statistics.ts";
export {
  chooseThreshold,
  parseThreshold,
  type Threshold,
  type ThresholdRule,
} from "./threshold.ts";
