import { blocksOf, type Preparation } from "../../preparation/plan.ts";

/** Which source column each column belongs to that a network rebuilds, and how it is weighed. */
export interface SourceColumns {
  readonly numeric: number;
  /** Columns of the block of each category. */
  readonly categories: readonly number[];
  /** Source columns in all. */
  readonly count: number;
  /** [columns], the number of the source column. */
  readonly owner: readonly number[];
  /** Brings the block of each to variance 1, as a number has: [categories]. */
  readonly blockScale: readonly number[];
  /** The same for each column, 1 for numbers: [columns]. */
  readonly scale: readonly number[];
  /** The share of each value among the kept rows: [categories, values]. */
  readonly shares: readonly (readonly number[])[];
}

/** The source columns of prepared rows [rows, width]. */
export function sourceColumns(
  preparation: Preparation,
  x: Float32Array,
  rows: number,
): SourceColumns {
  const { numeric, categories } = blocksOf(preparation);
  const width = x.length / rows;
  let at = numeric;
  const shares = categories.map((size) => {
    const share = Array.from({ length: size }, (_, i) => {
      let sum = 0;
      for (let row = 0; row < rows; row++) sum += x[row * width + at + i]!;
      return sum / rows;
    });
    at += size;
    return share;
  });
  const blockScale = shares.map((share) => {
    const variance = share.reduce((sum, p) => sum + p * (1 - p), 0);
    return variance > 0 ? 1 / Math.sqrt(variance) : 1;
  });
  const repeated = <T>(size: number, value: T): T[] => new Array<T>(size).fill(value);
  return {
    ...{ numeric, categories, blockScale, shares },
    count: numeric + categories.length,
    owner: [
      ...Array.from({ length: numeric }, (_, j) => j),
      ...categories.flatMap((size, k) => repeated(size, numeric + k)),
    ],
    scale: [
      ...repeated(numeric, 1),
      ...categories.flatMap((size, k) => repeated(size, blockScale[k]!)),
    ],
  };
}
