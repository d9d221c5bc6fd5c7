import { computed, ref, shallowRef } from "vue";
import type { RankedRow } from "../../../../src/studio/api/runs.ts";
import { attempt } from "../../toasts.ts";
import type { Ranking } from "./use-ranking.ts";

/** Rows that can be selected at once. */
export const mostSelected = 10_000;

export type Selected = ReturnType<typeof useSelected>;

/** Rows that are selected, by what they are and not by where they stand; `refused` is called for too many. */
export function useSelected(ranking: Ranking, refused: () => void) {
  const rows = shallowRef<ReadonlyMap<number, RankedRow>>(new Map());
  /** Where a range begins. */
  const anchor = ref<number | null>(null);
  const full = (count: number): boolean => {
    if (count <= mostSelected) return false;
    refused();
    return true;
  };

  return {
    has: (row: RankedRow): boolean => rows.value.has(row.row),
    count: computed(() => rows.value.size),
    /** In the order of their ranks. */
    list: (): readonly RankedRow[] => [...rows.value.values()].sort((a, b) => a.rank - b.rank),
    clear(): void {
      rows.value = new Map();
      anchor.value = null;
    },
    /** One row more, or one less. */
    toggle(row: RankedRow, index: number): void {
      const next = new Map(rows.value);
      if (!next.delete(row.row)) next.set(row.row, row);
      if (full(next.size)) return;
      rows.value = next;
      anchor.value = index;
    },
    /** Where the next range begins; where one goes on, it stays where it began. */
    begin(index: number, goesOn = false): void {
      if (!goesOn || anchor.value === null) anchor.value = index;
    },
    /** All rows from where the range begins to a place. */
    async reach(index: number): Promise<void> {
      anchor.value ??= index;
      const [from, to] = [Math.min(anchor.value, index), Math.max(anchor.value, index)];
      if (full(to - from + 1)) return;
      const all = (await attempt(() => ranking.between(from, to))) ?? [];
      const next = new Map(rows.value);
      for (const row of all) next.set(row.row, row);
      if (!full(next.size)) rows.value = next;
    },
  };
}
