import { onScopeDispose, type Ref, ref, shallowRef, watch } from "vue";
import type { NetworkTold } from "../../../src/studio/api/training.ts";
import { api } from "../api.ts";
import { language } from "../language.ts";
import { type Choice, verbOf } from "./choice.ts";

/** Milliseconds that a person may go on changing things before the studio is asked. */
const restMs = 160;

/** The network that a choice gives, as the studio describes it: the last one while the next is asked for, or is refused. */
export function useNetwork(id: string, choice: Readonly<Ref<Choice>>) {
  const told = shallowRef<NetworkTold | null>(null);
  /** Why the studio refuses the choice; null where it does not. */
  const refused = ref<string | null>(null);
  const asking = ref(true);
  let waiting: ReturnType<typeof setTimeout> | undefined;
  let asked: AbortController | undefined;

  async function ask(): Promise<void> {
    asked?.abort();
    asked = new AbortController();
    const { signal } = asked;
    try {
      const verb = verbOf(choice.value);
      told.value = await api.network(id, { verb, options: choice.value.options }, signal);
      refused.value = null;
    } catch (error) {
      if (signal.aborted) return;
      refused.value = (error as Error).message;
    }
    asking.value = false;
  }

  watch(
    [choice, language],
    () => {
      asking.value = true;
      clearTimeout(waiting);
      waiting = setTimeout(() => void ask(), told.value ? restMs : 0);
    },
    { immediate: true },
  );
  onScopeDispose(() => {
    clearTimeout(waiting);
    asked?.abort();
  });
  return { told, refused, asking };
}
