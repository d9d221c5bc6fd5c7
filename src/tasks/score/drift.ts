import { type Note, note } from "../../data/terms/notes.ts";
import type { RawRows } from "../model/raw-rows.ts";
import type { TableModel } from "../model/table-model.ts";
import { textsOf } from "./reasons.ts";

/** Tells how new rows differ from those that trained. */
export interface Drift {
  add(batch: RawRows): void;
  /** What a person should know; empty when nothing has drifted. */
  notes(): readonly Note[];
}

/** Shares of cells from which on a difference is worth a line. */
const worth = { unseen: 0.01, range: 0.02, missing: 0.05 };

/** Watches the rows that a model scores. */
export function watchDrift({ metadata, numericColumns, categoryColumns }: TableModel): Drift {
  const { profile, source } = metadata;
  const known = categoryColumns.map((_, j) => new Set(profile.categories[j]!.values));
  const numbers = numericColumns.map(() => ({ missing: 0, outside: 0 }));
  const texts = categoryColumns.map(() => ({ missing: 0, unseen: 0 }));
  let rows = 0;
  return {
    add({ rows: count, numeric, categories }) {
      rows += count;
      numbers.forEach((tally, j) => {
        const { minimum, maximum } = profile.numeric[j]!;
        for (let i = j; i < numeric.length; i += numbers.length) {
          const value = numeric[i]!;
          if (Number.isNaN(value)) tally.missing++;
          else if (value < minimum || value > maximum) tally.outside++;
        }
      });
      texts.forEach((tally, j) => {
        for (let i = j; i < categories.length; i += texts.length) {
          const value = categories[i]!;
          if (value === "") tally.missing++;
          else if (!known[j]!.has(value)) tally.unseen++;
        }
      });
    },
    notes() {
      // a network that came without data has nothing to compare with
      if (profile.rows === 0) return [];
      const percent = (n: number): string => (100 * n).toFixed(1);
      const missingNote = (column: string, missing: number, before: number): Note[] => {
        if (before === 0)
          return missing > 0 ? [note("missing_new", { column, missing, rows })] : [];
        const [now, then] = [missing / rows, before / profile.rows];
        return now - then > worth.missing
          ? [note("drift_missing", { column, share: percent(now), before: percent(then) })]
          : [];
      };
      return [
        ...numericColumns.flatMap(({ name: column }, j) => {
          const { minimum, maximum, missing } = profile.numeric[j]!;
          const share = numbers[j]!.outside / Math.max(rows, 1);
          const [low, high] = textsOf(source, minimum, maximum, numericColumns[j]!);
          return [
            ...(share > worth.range
              ? [
                  note("drift_range", {
                    column,
                    share: percent(share),
                    minimum: low,
                    maximum: high,
                  }),
                ]
              : []),
            ...missingNote(column, numbers[j]!.missing, missing),
          ];
        }),
        ...categoryColumns.flatMap(({ name: column }, j) => {
          const share = texts[j]!.unseen / Math.max(rows, 1);
          return [
            ...(share > worth.unseen
              ? [note("drift_unseen", { column, share: percent(share) })]
              : []),
            ...missingNote(column, texts[j]!.missing, profile.categories[j]!.missing),
          ];
        }),
      ];
    },
  };
}
