import { onBeforeUnmount, type Ref, ref } from "vue";
import type { Run } from "../../../src/studio/api/runs.ts";
import { listen } from "../events.ts";

/** How many epochs a run has done, as events tell it between two looks at the list. */
export function useEpochs(): { readonly epochsOf: (run: Run) => number } {
  const told: Ref<ReadonlyMap<string, number>> = ref(new Map());
  const end = listen("epoch", ({ id, epoch }) => {
    told.value = new Map(told.value).set(id, epoch);
  });
  onBeforeUnmount(end);
  return {
    epochsOf: (run) =>
      run.state === "running" ? Math.max(run.epochs, told.value.get(run.id) ?? 0) : run.epochs,
  };
}
