import { computed, shallowRef } from "vue";

/** What becomes of rows that are chosen when others are: they go, stay, or these are taken from them. */
export type Joining = "alone" | "added" | "removed";

export type Chosen = ReturnType<typeof useChosen>;

/** Choices that can be taken back. */
const mostKept = 30;

/** Rows that are chosen, by their numbers: they stay chosen wherever points lie and whatever colours them. */
export function useChosen(count: number) {
  const rows = shallowRef<Int32Array>(new Int32Array(0));
  const before = shallowRef<readonly Int32Array[]>([]);
  const mask = shallowRef(new Uint8Array(count));

  function put(next: Int32Array): void {
    const flags = new Uint8Array(count);
    for (const row of next) flags[row] = 1;
    mask.value = flags;
    rows.value = next;
  }

  /** What is chosen with other rows added or taken away. */
  function joined(found: Int32Array, joining: Joining): Int32Array {
    const flags = mask.value.slice();
    for (const row of found) flags[row] = joining === "added" ? 1 : 0;
    const next = new Int32Array(count);
    let at = 0;
    for (let i = 0; i < count; i++) if (flags[i] === 1) next[at++] = i;
    return next.slice(0, at);
  }
  const keep = (): void => {
    before.value = [...before.value.slice(1 - mostKept), rows.value];
  };

  return {
    rows,
    /** 1 for each row that is chosen. */
    mask,
    count: computed(() => rows.value.length),
    canUndo: computed(() => before.value.length > 0),
    choose(found: Int32Array, joining: Joining = "alone"): void {
      keep();
      put(joining === "alone" ? found : joined(found, joining));
    },
    clear(): void {
      keep();
      put(new Int32Array(0));
    },
    undo(): void {
      const last = before.value.at(-1);
      if (!last) return;
      before.value = before.value.slice(0, -1);
      put(last);
    },
  };
}
