import { computed, onScopeDispose, shallowRef, watch } from "vue";
import { useRoute, useRouter } from "vue-router";
import { back, begin, changed, forth } from "../data/history.ts";
import { type Choice, choiceOf, queryOf } from "./choice.ts";

/** What is chosen, as the address says it; changes can be taken back, also by Ctrl+Z where nobody types. */
export function useChoice() {
  const route = useRoute();
  const router = useRouter();
  const history = shallowRef(begin(choiceOf(route.query)));
  const choice = computed(() => history.value.now);
  const same = (a: Choice, b: Choice): boolean => JSON.stringify(a) === JSON.stringify(b);

  function go(next: typeof history.value): void {
    if (next === history.value) return;
    history.value = next;
    void router.replace({ query: queryOf(next.now) });
  }
  const set = (next: Choice): void => {
    if (!same(next, choice.value)) go(changed(history.value, next));
  };
  // an address that is opened here
  watch(
    () => route.query,
    (query) => {
      if (route.name === "model") set(choiceOf(query));
    },
  );

  const scope = new AbortController();
  onScopeDispose(() => scope.abort());
  addEventListener(
    "keydown",
    (event) => {
      if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
      if ((event.target as HTMLElement).closest("input:not([type=checkbox]), textarea, select"))
        return;
      const key = event.key.toLowerCase();
      const again = key === "y" || (key === "z" && event.shiftKey);
      if (!again && key !== "z") return;
      event.preventDefault();
      go(again ? forth(history.value) : back(history.value));
    },
    { signal: scope.signal },
  );
  return { choice, set };
}
