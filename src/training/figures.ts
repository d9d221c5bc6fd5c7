import type { Values } from "../engine/engine.ts";
import type { Figure } from "./sketch.ts";

/** Cells of all figures. */
export const numbersOf = (figures: readonly Figure[]): number =>
  figures.reduce((total, { cells }) => total + cells, 0);

/** Adds figures [steps, cells], each for `rows` rows, to their sums. */
export function addFigures(
  sums: Float64Array | number[],
  figures: readonly Figure[],
  results: Values,
  rows: number,
): void {
  let first = 0;
  for (const { name, cells } of figures) {
    const data = results[name]!.data as Float32Array;
    for (let i = 0; i < data.length; i++) sums[first + (i % cells)]! += data[i]! * rows;
    first += cells;
  }
}

/** Figures by name: a number, or a list for vectors. */
export type Metrics = Readonly<Record<string, number | readonly number[]>>;

/** Names the cells of figures. */
export function namedFigures(figures: readonly Figure[], values: readonly number[]): Metrics {
  let first = 0;
  return Object.fromEntries(
    figures.map(({ name, cells }) => {
      const own = values.slice(first, first + cells);
      first += cells;
      return [name, cells === 1 ? own[0]! : own];
    }),
  );
}
