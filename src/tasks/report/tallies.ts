import type { Batch } from "../../data/terms/table.ts";
import type { TableModel } from "../model/table-model.ts";

/** What the cells of a feature are, over all rows. */
export interface Tally {
  /** Of numbers, over those that are there. */
  readonly mean: number;
  readonly missing: number;
  /** Of categories, commonest first; those beyond the first 1,000 kinds are not told apart. */
  readonly values: readonly (readonly [value: string, count: number])[];
  /** Whether there were more. */
  readonly more: boolean;
}

const mostValues = 1000;

/** Counts the cells of the features of a model: what a table that was opened for a model does not tell. */
export function tallyFeatures({ numericColumns, categoryColumns }: TableModel) {
  const numbers = numericColumns.map(() => ({ n: 0, mean: 0, missing: 0 }));
  const texts = categoryColumns.map(() => ({ counts: new Map<string, number>(), more: false }));
  return {
    add({ numeric, categories }: Batch): void {
      for (let i = 0; i < numeric.length; i++) {
        const value = numeric[i]!;
        const sums = numbers[i % numbers.length]!;
        if (Number.isNaN(value)) sums.missing++;
        else sums.mean += (value - sums.mean) / ++sums.n;
      }
      for (let i = 0; i < categories.length; i++) {
        const value = categories[i]!;
        const own = texts[i % texts.length]!;
        const before = own.counts.get(value);
        if (before === undefined && own.counts.size >= mostValues) own.more = true;
        else own.counts.set(value, (before ?? 0) + 1);
      }
    },
    /** By the names of the columns. */
    tallies(): ReadonlyMap<string, Tally> {
      return new Map([
        ...numericColumns.map(({ name }, j): [string, Tally] => {
          const { mean, missing } = numbers[j]!;
          return [name, { mean, missing, values: [], more: false }];
        }),
        ...categoryColumns.map(({ name }, j): [string, Tally] => {
          const { counts, more } = texts[j]!;
          const values = [...counts]
            .filter(([value]) => value !== "")
            .sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
          return [name, { mean: Number.NaN, missing: counts.get("") ?? 0, values, more }];
        }),
      ]);
    },
  };
}
