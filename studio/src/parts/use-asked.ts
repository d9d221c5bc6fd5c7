import { ref, shallowRef } from "vue";

/** What a person is asked about before it is taken away: it stays while the question closes. */
export function useAsked<Thing>() {
  const asked = shallowRef<Thing | null>(null);
  const asking = ref(false);
  function ask(thing: Thing): void {
    asked.value = thing;
    asking.value = true;
  }
  return { asked, asking, ask };
}
