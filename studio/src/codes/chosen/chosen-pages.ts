import { shallowReactive } from "vue";
import type { ChosenRow } from "../../../../src/studio/api/codes.ts";
import { api } from "../../api.ts";
import { attempt } from "../../toasts.ts";

/** Rows that are asked for at once. */
const pageRows = 200;

/** What is told of chosen rows, as far as it was looked at. */
export function useChosenPages(run: string) {
  const told = shallowReactive(new Map<number, ChosenRow>());
  const asked = new Set<number>();
  return {
    at: (row: number): ChosenRow | undefined => told.get(row),
    /** Wants what is told of rows, of many the first ones. */
    async want(rows: readonly number[]): Promise<void> {
      const missing = rows.filter((row) => !told.has(row) && !asked.has(row)).slice(0, pageRows);
      if (missing.length === 0) return;
      for (const row of missing) asked.add(row);
      const found = await attempt(() => api.chosenRows(run, missing));
      for (const row of missing) asked.delete(row);
      for (const each of found ?? []) told.set(each.row, each);
    },
    /** Asks anew: marks, or the language of reasons, may have changed. */
    forget(): void {
      told.clear();
      asked.clear();
    },
  };
}
