import { gatherStatistics } from "../../preparation/statistics.ts";
import { runningMoments } from "../rows/moments.ts";

/** Root mean squares of differences from clean numbers, each in deviations of its clean column. */
export interface CleanErrors {
  /** Gaps that were filled, beside what their columns' medians would give; null where none was. */
  readonly filled: {
    readonly cells: number;
    readonly model: number;
    /** NaN where a column has no number at all. */
    readonly median: number;
  } | null;
  /** Numbers that were there and were changed; null where none was. */
  readonly replaced: {
    readonly cells: number;
    readonly before: number;
    readonly after: number;
  } | null;
}

/** Consecutive rows as they should be, were, and are: each [rows, columns], NaN where missing. */
export interface ComparedRows {
  readonly rows: number;
  readonly goals: ArrayLike<number>;
  readonly was: ArrayLike<number>;
  readonly is: ArrayLike<number>;
}

/** Measures changed numbers of so many columns against clean ones, batch after batch. */
export function cleanErrors(columns: number): {
  add(batch: ComparedRows): void;
  result(): CleanErrors;
} {
  const features = Array.from({ length: columns }, () => ({ name: "", date: false }));
  const known = gatherStatistics(features, []);
  const clean = runningMoments(columns);
  const goalsOfGaps = runningMoments(columns);
  const sums = () => new Float64Array(columns);
  const filled = { cells: sums(), model: sums() };
  const replaced = { cells: sums(), before: sums(), after: sums() };
  return {
    add({ rows, goals, was, is }) {
      const numeric = Float64Array.from(was);
      known.add({ start: 0, rows, numeric, categories: [], text: [] }, () => true);
      for (let k = 0; k < rows * columns; k++) {
        const j = k % columns;
        const [goal, before, after] = [goals[k]!, was[k]!, is[k]!];
        if (Number.isNaN(goal)) continue;
        clean.add(j, goal);
        if (Number.isNaN(after) || before === after) continue;
        if (Number.isNaN(before)) {
          filled.cells[j]!++;
          filled.model[j]! += (after - goal) ** 2;
          goalsOfGaps.add(j, goal);
        } else {
          replaced.cells[j]!++;
          replaced.before[j]! += (before - goal) ** 2;
          replaced.after[j]! += (after - goal) ** 2;
        }
      }
    },
    result() {
      const deviations = clean.deviations();
      const spreads = goalsOfGaps.deviations();
      const { numeric } = known.profile();
      // the sum of squares about any place, from the mean and the spread
      const byMedians = filled.cells.map((n, j) => {
        const median = numeric[j]!.deciles[1]!;
        return n === 0 ? 0 : n * (spreads[j]! ** 2 + (goalsOfGaps.mean[j]! - median) ** 2);
      });
      // a column that never changes has no deviation to measure by
      const total = (counts: Float64Array): number =>
        counts.reduce((sum, n, j) => (deviations[j]! > 0 ? sum + n : sum), 0);
      const rms = (squares: Float64Array, cells: number): number =>
        Math.sqrt(total(squares.map((sum, j) => sum / deviations[j]! ** 2)) / cells);
      const [gaps, others] = [total(filled.cells), total(replaced.cells)];
      return {
        filled:
          gaps > 0
            ? { cells: gaps, model: rms(filled.model, gaps), median: rms(byMedians, gaps) }
            : null,
        replaced:
          others > 0
            ? {
                cells: others,
                before: rms(replaced.before, others),
                after: rms(replaced.after, others),
              }
            : null,
      };
    },
  };
}
