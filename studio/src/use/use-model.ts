import { onBeforeUnmount, ref, shallowRef, watch } from "vue";
import type { ModelPlace, ModelUse, Scoring } from "../../../src/studio/api/use.ts";
import { api } from "../api.ts";
import { listen, listenReturn } from "../events.ts";
import { language } from "../language.ts";
import { attempt } from "../toasts.ts";

export type UsedModel = ReturnType<typeof useModel>;

/** A model that is used, and the files that it scored, as they change here and elsewhere. */
export function useModel(place: ModelPlace, id: string) {
  const model = shallowRef<ModelUse | null>(null);
  const scorings = shallowRef<readonly Scoring[] | null>(null);
  const failure = ref<unknown>(null);

  async function refresh(): Promise<void> {
    const answer = await attempt(() => api.scorings(place, id));
    if (answer) scorings.value = answer;
  }
  async function load(): Promise<void> {
    failure.value = null;
    try {
      model.value = await api.use(place, id);
      await refresh();
    } catch (error) {
      failure.value = error;
    }
  }
  const ends = [listen("scored", () => void refresh()), listenReturn(() => void load())];
  onBeforeUnmount(() => {
    for (const end of ends) end();
  });
  // sentences are in the language that was asked for
  watch(language, load);
  void load();

  return {
    ...{ place, id, model, scorings, failure, load },
    /** Begins to score a source; null where it was refused. */
    async score(source: string): Promise<Scoring | null> {
      const begun = await attempt(() => api.score(place, id, source));
      if (!begun) return null;
      const others = (scorings.value ?? []).filter((each) => each.id !== begun.id);
      scorings.value = [begun, ...others];
      return begun;
    },
    async remove(scoring: Scoring): Promise<void> {
      await attempt(() => api.removeScoring(scoring.id));
      await refresh();
    },
  };
}
