import { computed, shallowRef, triggerRef } from "vue";
import { Choices, type Joining } from "./choices.ts";

export type Chosen = ReturnType<typeof useChosen>;

/** Rows that are chosen, for what shows them. */
export function useChosen(count: number) {
  const choices = shallowRef(new Choices(count));
  const change = (how: (made: Choices) => void): void => {
    how(choices.value);
    triggerRef(choices);
  };
  return {
    rows: computed(() => choices.value.rows),
    /** 1 for each row that is chosen. */
    mask: computed(() => choices.value.mask),
    count: computed(() => choices.value.rows.length),
    canUndo: computed(() => choices.value.canUndo),
    choose: (found: Int32Array, joining: Joining = "alone"): void =>
      change((made) => made.choose(found, joining)),
    clear: (): void => change((made) => made.clear()),
    undo: (): void => change((made) => made.undo()),
  };
}
