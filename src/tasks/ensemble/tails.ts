import type { SourceColumns } from "./source-columns.ts";

/** How far out a cell lies in its column: minus the log of twice the smaller tail among the kept rows. */
export interface Tails {
  /** From where on a level is added, for each number, then its negative: [2 numeric, levels]. */
  readonly from: Float32Array;
  /** The same shape: what is added there. */
  readonly added: Float32Array;
  readonly levels: number;
  /** For each category, what each of its values is worth. */
  readonly ofCategory: readonly (readonly number[])[];
}

const levels = 16;

/**
 * The tails of columns of kept rows x [rows, width]: for a number -log(2 min(P(X >= x), P(X <= x))), counted
 * with one row more beyond each end and held at 0, as steps at some of the rows, closer together farther out
 * (ECOD, Li et al. 2022, uses the same tails); for a category -log of the share of values that are as rare or
 * rarer.
 */
export function tailsOf(x: Float32Array, rows: number, columns: SourceColumns): Tails {
  const width = x.length / rows;
  const { numeric, shares } = columns;
  const from = new Float32Array(2 * numeric * levels).fill(3e38);
  const added = new Float32Array(2 * numeric * levels);
  for (let j = 0; j < numeric; j++)
    for (const side of [0, 1]) {
      const cells = new Float32Array(rows);
      for (let row = 0; row < rows; row++) cells[row] = (side === 0 ? 1 : -1) * x[row * width + j]!;
      const place = (side * numeric + j) * levels;
      steps(cells.sort()).forEach(([at, worth], k) => {
        from[place + k] = at;
        added[place + k] = worth;
      });
    }
  return {
    from,
    added,
    levels,
    ofCategory: shares.map((share) =>
      share.map((own) => {
        const rarer = share.reduce((sum, p) => sum + (p <= own ? p : 0), 0);
        return -Math.log((rarer * rows + 1) / (rows + 1));
      }),
    ),
  };
}

/** Where the upper tail of sorted cells falls, and how much more each step is worth. */
function steps(sorted: Float32Array): readonly (readonly [at: number, worth: number])[] {
  const n = sorted.length;
  const found: [number, number][] = [];
  let before = 0;
  for (let k = 0; k < levels; k++) {
    // counts of rows at or above: from half of all down to none, in even steps of the logarithm
    const most = k === levels - 1 ? 0 : Math.floor((n / 2) ** (1 - k / (levels - 1)));
    // the least cell with no more rows than that at or above it
    let at = n - most;
    while (at < n && at > 0 && sorted[at] === sorted[at - 1]) at++;
    const cell = at < n ? sorted[at]! : nextAfter(sorted[n - 1]!);
    const worth = Math.max(0, -Math.log((2 * (n - at + 1)) / (n + 2)));
    if (worth <= before) continue;
    found.push([cell, worth - before]);
    before = worth;
  }
  return found;
}

/** The next float32 above a finite one. */
function nextAfter(value: number): number {
  const float = Float32Array.of(value);
  const bits = new Int32Array(float.buffer);
  if (float[0] === 0) return 1e-38;
  bits[0]! += float[0]! > 0 ? 1 : -1;
  return float[0]!;
}
