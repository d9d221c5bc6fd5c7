import { type Covariance, covarianceSum } from "./covariance.ts";
import { eigen } from "./pca.ts";

/** How far residuals of each column stray from 0, and how they go together. */
export interface ResidualSpread {
  /** Rows that were measured. */
  readonly rows: number;
  /** [p], the root mean square over the observed cells of each column, never below 0.01. */
  readonly deviations: Float64Array;
  /**
   * [p, p], row-major: C = P^(-1/2) D^(-1) of the shrunk S = D P D, so that |C r|^2 = r' S^-1 r. Null where
   * products were not asked for.
   */
  readonly whitening: Float64Array | null;
  /** How far the correlations were shrunk towards none, in [0.01, 1]. */
  readonly shrinkage: number;
}

/** Adds residuals up as they come. */
export interface ResidualSum {
  /** Rows [n, p], 0 where a cell was missing, and 1 where it was observed; null: all were. */
  add(residuals: Float32Array, observed: Float32Array | null): void;
  result(): ResidualSpread;
}

/** Added to the variances: what is rebuilt without fault still has a scale, a hundredth of its column's. */
const leastVariance = 1e-4;
/** Shrinkage that few rows cannot fall below, since they may show directions without any residual. */
const leastShrinkage = 0.01;

/**
 * Second moments of residuals about 0: exact reconstruction is distance 0, whatever the mean residual is.
 * The matrix of correlations P is shrunk towards the identity by the optimal intensity of Ledoit and Wolf
 * (2004, "A well-conditioned estimator for large-dimensional covariance matrices"), here of standardised
 * columns; its symmetric root gives whitened residuals that stay as close to the columns as any can (the
 * corr-max transformation, Garthwaite and Koch 2016; ZCA-cor, Kessy, Lewin and Strimmer 2018). A missing
 * cell counts as a residual of 0 beside others.
 */
export function residualSum(p: number, { products = false } = {}): ResidualSum {
  const counts = new Float64Array(p);
  const squares = new Float64Array(p);
  const together = products ? { own: covarianceSum(p), squared: covarianceSum(p) } : null;
  let rows = 0;
  return {
    add(residuals, observed) {
      rows += residuals.length / p;
      for (let at = 0; at < residuals.length; at++) {
        counts[at % p]! += observed ? observed[at]! : 1;
        squares[at % p]! += residuals[at]! ** 2;
      }
      together?.own.add(residuals);
      together?.squared.add(residuals.map((r) => r * r));
    },
    result() {
      const deviations = squares.map((sum, j) =>
        Math.sqrt(sum / Math.max(1, counts[j]!) + leastVariance),
      );
      if (!together) return { rows, deviations, whitening: null, shrinkage: 0 };
      const moments = scaled(aboutZero(together.own.result()), deviations, 1);
      const fourth = scaled(aboutZero(together.squared.result()), deviations, 2);
      const shrinkage = intensity(moments, fourth, rows, p);
      return { rows, deviations, whitening: rootOf(moments, deviations, shrinkage), shrinkage };
    },
  };
}

/** Second moments of columns about 0, from their covariance (divisor weight - 1) and mean. */
function aboutZero({ weight, mean, matrix }: Covariance): Float64Array {
  const p = mean.length;
  const share = Math.max(1, weight - 1) / Math.max(1, weight);
  return matrix.map((value, at) => share * value + mean[Math.floor(at / p)]! * mean[at % p]!);
}

/** Each cell of a [p, p] matrix over a power of the deviations of its two columns. */
function scaled(matrix: Float64Array, deviations: Float64Array, power: number): Float64Array {
  const p = deviations.length;
  return matrix.map(
    (value, at) => value / (deviations[Math.floor(at / p)]! * deviations[at % p]!) ** power,
  );
}

/**
 * The share of the identity that brings (1 - s) C + s m I nearest to the true matrix: what C errs by,
 * (sum over rows of |z z' - C|^2) / n^2, over its distance from m I, m its mean diagonal.
 */
function intensity(moments: Float64Array, fourth: Float64Array, n: number, p: number): number {
  const total = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0);
  const diagonal = Array.from({ length: p }, (_, j) => moments[j * p + j]!);
  const size = total(moments.map((value) => value * value));
  const mean = diagonal.reduce((sum, value) => sum + value, 0) / p;
  const apart = size - p * mean * mean;
  const error = (total(fourth) - size) / Math.max(1, n);
  const share = apart > 0 ? error / apart : 1;
  return Math.min(1, Math.max(leastShrinkage, share));
}

/** P^(-1/2) D^(-1) [p, p] of correlations shrunk towards none. */
function rootOf(moments: Float64Array, deviations: Float64Array, shrinkage: number): Float64Array {
  const p = deviations.length;
  const shrunk = moments.map((value, at) => (at % (p + 1) === 0 ? 1 : (1 - shrinkage) * value));
  const { values, vectors } = eigen(shrunk, p);
  const root = new Float64Array(p * p);
  values.forEach((value, k) => {
    const factor = 1 / Math.sqrt(Math.max(value, leastShrinkage / 2));
    const vector = Float64Array.from({ length: p }, (_, j) => vectors.get(j, k));
    for (let i = 0; i < p; i++) {
      const own = factor * vector[i]!;
      for (let j = 0; j < p; j++) root[i * p + j]! += own * vector[j]!;
    }
  });
  return root.map((value, at) => value / deviations[at % p]!);
}
