import { onBeforeUnmount, shallowReactive } from "vue";
import type { Mark, RankedRow } from "../../../src/studio/api/runs.ts";
import { api } from "../api.ts";
import { listen } from "../events.ts";
import { attempt } from "../toasts.ts";

export type Marks = ReturnType<typeof useMarks>;

/** What a person says of rows of a run, here or in another window; `changed` is called when the studio knows of one. */
export function useMarks(id: string, changed: () => void) {
  /** What was said since rows were asked for. */
  const said = shallowReactive(new Map<number, Mark | null>());
  const end = listen("mark", (event) => {
    if (event.id !== id) return;
    said.set(event.row, event.mark as Mark | null);
    changed();
  });
  const endMany = listen("marks", (event) => {
    if (event.id === id) said.clear();
  });
  onBeforeUnmount(() => {
    end();
    endMany();
  });

  const markOf = (row: Pick<RankedRow, "row" | "mark">): Mark | null =>
    said.has(row.row) ? said.get(row.row)! : row.mark;

  return {
    markOf,
    /** Marks a row, or takes the mark away that it has. */
    async toggle(row: Pick<RankedRow, "row" | "mark">, mark: Mark): Promise<void> {
      const before = markOf(row);
      const next = before === mark ? null : mark;
      said.set(row.row, next);
      const done = await attempt(async () => {
        await api.mark(id, row.row, next);
        return true;
      });
      // another window may have said something since
      if (done === undefined && said.get(row.row) === next) said.set(row.row, before);
    },
  };
}
