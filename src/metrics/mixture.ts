import { CholeskyDecomposition, Matrix } from "ml-matrix";
import { mistake } from "../errors.ts";
import { type Random, random, weightedPlace } from "../random.ts";
import { covarianceSum, type Rows } from "./covariance.ts";

/** Gaussians with full covariances, each with its share of the rows. */
export interface Mixture {
  readonly components: readonly {
    readonly share: number;
    readonly mean: Float64Array;
    /** [columns, columns], lower triangular; times its transpose it is the covariance. */
    readonly factor: Float64Array;
  }[];
  readonly columns: number;
}

/** Numbers of components that are tried. */
const triedSizes = [1, 2, 3, 5, 8];

/**
 * A small mixture of Gaussians for rows [n, columns]: rows are grouped by k-means and each group gets its mean and
 * covariance; of 1, 2, 3, 5 and 8 groups that number is taken which makes a fifth of the rows, held out, likeliest.
 * No group is smaller than twice the columns.
 */
export function fitMixture(
  rows: Rows,
  columns: number,
  { seed = 42 }: { readonly seed?: number } = {},
): Mixture {
  const n = rows.length / columns;
  if (!(Number.isInteger(n) && n >= 2))
    throw mistake(`fitMixture: at least 2 rows of ${columns} columns are needed`);
  const held = pick(rows, columns, (i) => i % 5 === 4);
  const kept = pick(rows, columns, (i) => i % 5 !== 4);
  let [best, most] = [1, Number.NEGATIVE_INFINITY];
  for (const size of triedSizes) {
    if (held.length === 0 || (size > 1 && n < 10 * size * columns)) break;
    const found = mixtureOf(kept, columns, size, random(seed));
    const likely = found ? logLikelihood(found, held) : Number.NEGATIVE_INFINITY;
    if (likely > most) [best, most] = [size, likely];
  }
  return mixtureOf(rows, columns, best, random(seed)) ?? mixtureOf(rows, columns, 1, random(seed))!;
}

/** Rows [count, columns] drawn from a mixture. */
export function drawMixture(
  { components, columns }: Mixture,
  count: number,
  seed: number,
): Float32Array {
  const source = random(seed, 1);
  const drawn = new Float32Array(count * columns);
  const shares = components.map(({ share }) => share);
  const z = new Float64Array(columns);
  for (let i = 0; i < count; i++) {
    const { mean, factor } = components[weightedPlace(shares, source.uniform())]!;
    for (let j = 0; j < columns; j++) z[j] = source.normal();
    for (let j = 0; j < columns; j++) {
      let value = mean[j]!;
      for (let k = 0; k <= j; k++) value += factor[j * columns + k]! * z[k]!;
      drawn[i * columns + j] = value;
    }
  }
  return drawn;
}

function pick(rows: Rows, columns: number, keep: (i: number) => boolean): Float64Array {
  return Float64Array.from(rows as Float64Array).filter((_, k) => keep(Math.floor(k / columns)));
}

/** null where a group is too small for a covariance. */
function mixtureOf(rows: Rows, columns: number, size: number, source: Random): Mixture | null {
  const n = rows.length / columns;
  const groups = groupsOf(rows, columns, size, source);
  const components = Array.from({ length: size }, (_, g) => {
    const own = pick(rows, columns, (i) => groups[i] === g);
    const count = own.length / columns;
    if (size > 1 && count < 2 * columns) return null;
    const sum = covarianceSum(columns);
    sum.add(own);
    const { mean, matrix } = sum.result();
    return { share: count / n, mean, factor: factorOf(matrix, columns) };
  });
  return components.some((part) => part === null)
    ? null
    : { columns, components: components as Mixture["components"] };
}

/** The Cholesky factor, with as little added to the diagonal as makes it one. */
function factorOf(matrix: Float64Array, columns: number): Float64Array {
  let trace = 0;
  for (let j = 0; j < columns; j++) trace += matrix[j * columns + j]! / columns;
  for (let ridge = 1e-9 * trace + 1e-12; ; ridge *= 100) {
    const raised = Matrix.from1DArray(columns, columns, Array.from(matrix));
    for (let j = 0; j < columns; j++) raised.set(j, j, raised.get(j, j) + ridge);
    const found = new CholeskyDecomposition(raised);
    if (found.isPositiveDefinite())
      return Float64Array.from(found.lowerTriangularMatrix.to1DArray());
  }
}

/** Lloyd's k-means from rows drawn far apart (k-means++), ten rounds. */
function groupsOf(rows: Rows, columns: number, size: number, source: Random): Uint8Array {
  const n = rows.length / columns;
  const groups = new Uint8Array(n);
  if (size === 1) return groups;
  const distance = (i: number, center: ArrayLike<number>): number => {
    let sum = 0;
    for (let j = 0; j < columns; j++) sum += (rows[i * columns + j]! - center[j]!) ** 2;
    return sum;
  };
  const row = (i: number): Float64Array =>
    Float64Array.from({ length: columns }, (_, j) => rows[i * columns + j]!);
  const centers = [row(source.below(n))];
  while (centers.length < size) {
    const far = Float64Array.from({ length: n }, (_, i) =>
      Math.min(...centers.map((center) => distance(i, center))),
    );
    centers.push(row(weightedPlace(far, source.uniform())));
  }
  for (let round = 0; round < 10; round++) {
    for (let i = 0; i < n; i++) {
      const far = centers.map((center) => distance(i, center));
      groups[i] = far.indexOf(Math.min(...far));
    }
    centers.forEach((center, g) => {
      let count = 0;
      const sum = new Float64Array(columns);
      for (let i = 0; i < n; i++) {
        if (groups[i] !== g) continue;
        count++;
        for (let j = 0; j < columns; j++) sum[j]! += rows[i * columns + j]!;
      }
      if (count > 0) center.set(sum.map((value) => value / count));
    });
  }
  return groups;
}

/** Of rows, summed. */
function logLikelihood({ components, columns }: Mixture, rows: Float64Array): number {
  let total = 0;
  const z = new Float64Array(columns);
  for (let i = 0; i < rows.length / columns; i++) {
    const logs = components.map(({ share, mean, factor }) => {
      let value = Math.log(share) - (columns / 2) * Math.log(2 * Math.PI);
      for (let j = 0; j < columns; j++) {
        let rest = rows[i * columns + j]! - mean[j]!;
        for (let k = 0; k < j; k++) rest -= factor[j * columns + k]! * z[k]!;
        z[j] = rest / factor[j * columns + j]!;
        value -= z[j]! ** 2 / 2 + Math.log(factor[j * columns + j]!);
      }
      return value;
    });
    const most = Math.max(...logs);
    total += most + Math.log(logs.reduce((sum, value) => sum + Math.exp(value - most), 0));
  }
  return total;
}
