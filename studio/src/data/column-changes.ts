import { computed, shallowRef, watch } from "vue";
import { type ColumnType, type Role, statedOf, withRole, withType } from "./options.ts";
import { among, nothing, reach, toggle } from "./selection.ts";
import type { LookRoom } from "./use-look.ts";

/** Changes of what columns are and are for, and which are chosen for a change in bulk. */
export function useColumnChanges({ look, options, change }: LookRoom) {
  const chosen = shallowRef(nothing);
  const columns = computed(() => look.value?.columns ?? []);
  const names = computed(() => columns.value.map(({ name }) => name));
  watch(names, (all) => {
    chosen.value = among(chosen.value, all);
  });
  return {
    chosen,
    toggle: (name: string) => {
      chosen.value = toggle(chosen.value, name);
    },
    reach: (name: string) => {
      chosen.value = reach(chosen.value, names.value, name);
    },
    all: () => {
      chosen.value = { names: new Set(names.value), anchor: null };
    },
    none: () => {
      chosen.value = nothing;
    },
    stated: (name: string) => statedOf(options.value, columns.value, name),
    type: (of: readonly string[], type: ColumnType) =>
      change((before) => withType(before, columns.value, of, type)),
    role: (of: readonly string[], role: Role) =>
      change((before) => withRole(before, columns.value, of, role)),
    reset: (of: readonly string[]) =>
      change((before) =>
        withType(withRole(before, columns.value, of, null), columns.value, of, null),
      ),
  };
}

export type ColumnChanges = ReturnType<typeof useColumnChanges>;
