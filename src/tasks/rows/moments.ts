/** Means and deviations of columns, value by value (Welford 1962). */
export interface Moments {
  add(column: number, value: number): void;
  readonly mean: Float64Array;
  /** With n in the denominator; 0 for a column that never changed. */
  deviations(): Float64Array;
}

/** Moments of so many columns, of no values yet. */
export function runningMoments(columns: number): Moments {
  const n = new Float64Array(columns);
  const mean = new Float64Array(columns);
  const squares = new Float64Array(columns);
  return {
    mean,
    add(column, value) {
      n[column]!++;
      const distance = value - mean[column]!;
      mean[column]! += distance / n[column]!;
      squares[column]! += distance * (value - mean[column]!);
    },
    deviations: () => squares.map((sum, i) => Math.sqrt(sum / Math.max(1, n[i]!))),
  };
}
