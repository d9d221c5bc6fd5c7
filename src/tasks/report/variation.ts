/** Adds up how much of the variation of columns comes back. */
export interface Variation {
  /** One cell of a column: its value, and the square of what is missed of it; NaN does not count. */
  add(column: number, value: number, missed: number): void;
  /** 1 - (squares missed) / (squares around the mean of each column); null where nothing varies. */
  share(): number | null;
  /** The squares around the means, of all columns. */
  around(): number;
}

/** `pooled` adds the squares of all columns up, as fits pixels; otherwise columns count alike. */
export function sumVariation(columns: number, pooled: boolean): Variation {
  const n = new Float64Array(columns);
  const mean = new Float64Array(columns);
  const around = new Float64Array(columns);
  const missing = new Float64Array(columns);
  return {
    add(j, value, missed) {
      if (Number.isNaN(value) || Number.isNaN(missed)) return;
      n[j]!++;
      const distance = value - mean[j]!;
      mean[j]! += distance / n[j]!;
      around[j]! += distance * (value - mean[j]!);
      missing[j]! += missed;
    },
    around: () => around.reduce((a, b) => a + b, 0),
    share() {
      const varying = Array.from(around.keys()).filter((j) => around[j]! > 1e-12 * n[j]!);
      if (varying.length === 0) return null;
      const sum = (of: (j: number) => number): number =>
        varying.reduce((total, j) => total + of(j), 0);
      return pooled
        ? 1 - sum((j) => missing[j]!) / sum((j) => around[j]!)
        : 1 - sum((j) => missing[j]! / around[j]!) / varying.length;
    },
  };
}
