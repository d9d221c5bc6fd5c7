import { EigenvalueDecomposition, Matrix } from "ml-matrix";
import { mistake } from "../errors.ts";
import { checkArguments, checkOptions } from "../options.ts";
import { z } from "../schema.ts";
import { parts } from "./arguments.ts";
import { type Covariance, covarianceSum, type Rows } from "./covariance.ts";

/** Principal components of rows [n, p]. */
export interface Pca {
  /** [p], subtracted before projecting. */
  readonly mean: Float64Array;
  /** [k, p], orthonormal, greatest variance first; the largest loading of each is positive. */
  readonly components: Float64Array;
  /** [k], variance along each component (divisor n - 1, or the sum of weights - 1). */
  readonly explainedVariance: Float64Array;
  /** [k], the same as shares of the total variance; 0 where there is none. */
  readonly explainedVarianceRatio: Float64Array;
}

export interface PcaOptions {
  /** One number of 0 or more a row; a weight of 2 counts as the row written twice. */
  readonly weights?: Rows;
}

/** Columns beyond which a covariance is not made: memory goes with their square, time with their cube (some 15 seconds for so many). */
export const mostPcaColumns = 1024;

const fitPcaOptions: z.ZodMiniObject = z.object({ weights: z.exactOptional(parts.rows) });

/**
 * PCA by the eigenvectors of the covariance matrix, added up in double in one pass over the rows. With
 * fewer rows than columns the n x n matrix of inner products is used instead (same result, n x n work).
 * k above p is taken as p. Directions in which the rows do not vary come out as components of zeros:
 * they carry nothing, and a later row that does vary there shows in its error.
 */
export function fitPca(rows: Rows, n: number, p: number, k: number, options: PcaOptions = {}): Pca {
  checkArguments("fitPca", {
    rows: [rows, parts.rows],
    n: [n, parts.columns],
    p: [p, parts.columns],
    k: [k, parts.whole],
  });
  checkOptions("fitPca", fitPcaOptions, options);
  const { weights } = options;
  if (n < 1 || rows.length !== n * p)
    throw mistake(`fitPca: [${n}, ${p}] needs ${n * p} values and a row, got ${rows.length}`);
  if (n < p) return fromFewRows(rows, n, p, k, weights);
  const sum = covarianceSum(p);
  sum.add(rows, weights);
  return pcaOf(sum.result(), k);
}

/** PCA of a covariance, of rows that were never in memory together. k above p is taken as p. */
export function pcaOf(covariance: Covariance, k: number): Pca {
  const { mean, matrix } = Object(covariance) as Covariance;
  checkArguments("pcaOf", {
    mean: [mean, parts.rows],
    matrix: [matrix, parts.rows],
    k: [k, parts.whole],
  });
  if (matrix.length !== mean.length ** 2)
    throw mistake(`pcaOf: the matrix must have ${mean.length ** 2} values, got ${matrix.length}`);
  const p = mean.length;
  const { values, vectors } = eigen(matrix, p);
  return assemble(mean, values, k, (i, component) => {
    for (let j = 0; j < p; j++) component[j] = vectors.get(j, i);
  });
}

/** If A holds the centred rows and A A' u = s u, then A' u / sqrt(s) is an eigenvector of A' A. */
function fromFewRows(rows: Rows, n: number, p: number, k: number, weights?: Rows): Pca {
  const weightOf = (i: number): number => weights?.[i] ?? 1;
  let weight = 0;
  for (let i = 0; i < n; i++) weight += weightOf(i);
  const mean = new Float64Array(p);
  for (let i = 0; i < n; i++)
    for (let j = 0; j < p; j++)
      mean[j]! += weight > 0 ? (weightOf(i) / weight) * (rows[i * p + j]! - rows[j]!) : 0;
  for (let j = 0; j < p; j++) mean[j]! += rows[j]!;

  const centred = Array.from({ length: n }, (_, i) =>
    mean.map((m, j) => Math.sqrt(weightOf(i)) * (rows[i * p + j]! - m)),
  );
  const divisor = weight > 1 ? weight - 1 : 1;
  const inner = new Float64Array(n * n);
  for (let i = 0; i < n; i++)
    for (let j = 0; j <= i; j++)
      inner[i * n + j] = inner[j * n + i] = dot(centred[i]!, centred[j]!) / divisor;

  const { values, vectors } = eigen(inner, n);
  return assemble(mean, values, k, (i, component) => {
    for (let r = 0; r < n; r++) {
      const u = vectors.get(r, i);
      for (let j = 0; j < p; j++) component[j]! += u * centred[r]![j]!;
    }
    const length = Math.sqrt(dot(component, component));
    for (let j = 0; j < p; j++) component[j]! /= length;
  });
}

/** Of a symmetric matrix: eigenvalues rising (their order in ml-matrix) and eigenvectors as columns. */
export function eigen(matrix: Float64Array, size: number): { values: number[]; vectors: Matrix } {
  const square = Matrix.from1DArray(size, size, Array.from(matrix));
  const found = new EigenvalueDecomposition(square, { assumeSymmetric: true });
  return { values: found.realEigenvalues, vectors: found.eigenvectorMatrix };
}

/** `fill` writes the eigenvector of values[i]; it is asked only where rows vary along it. */
function assemble(
  mean: Float64Array,
  values: readonly number[],
  k: number,
  fill: (i: number, component: Float64Array) => void,
): Pca {
  const p = mean.length;
  const size = Math.min(k, p);
  const components = new Float64Array(size * p);
  const explainedVariance = new Float64Array(size);
  const total = values.reduce((sum, value) => sum + Math.max(0, value), 0);
  const nothing = total * p * Number.EPSILON;
  for (let c = 0; c < Math.min(size, values.length); c++) {
    const i = values.length - 1 - c;
    const value = values[i]!;
    if (!(value > nothing)) break;
    const component = components.subarray(c * p, (c + 1) * p);
    fill(i, component);
    turn(component);
    explainedVariance[c] = value;
  }
  const explainedVarianceRatio = explainedVariance.map((v) => (total > 0 ? v / total : 0));
  return { mean, components, explainedVariance, explainedVarianceRatio };
}

/** An eigenvector has no sign of its own: the largest loading becomes positive. */
function turn(component: Float64Array): void {
  let largest = 0;
  for (const loading of component) if (Math.abs(loading) > Math.abs(largest)) largest = loading;
  if (largest < 0) for (let j = 0; j < component.length; j++) component[j]! *= -1;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let j = 0; j < a.length; j++) sum += a[j]! * b[j]!;
  return sum;
}
