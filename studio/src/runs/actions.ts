import { type Ref, ref } from "vue";
import type { Run } from "../../../src/studio/api/runs.ts";
import { api } from "../api.ts";
import { putRun, refreshRuns } from "../project.ts";
import { attempt } from "../toasts.ts";

/** What can be done with runs, and which of them something is being done with. */
export function useRunActions() {
  const busy: Ref<ReadonlySet<string>> = ref(new Set());

  async function during(id: string, work: () => Promise<void>): Promise<void> {
    if (busy.value.has(id)) return;
    busy.value = new Set([...busy.value, id]);
    await work();
    busy.value = new Set([...busy.value].filter((other) => other !== id));
  }

  const change = (ask: (id: string) => Promise<Run>) => (id: string) =>
    during(id, async () => {
      const run = await attempt(() => ask(id));
      if (run) putRun(run);
      // what was refused may be no longer as it is shown
      else await refreshRuns();
    });

  return {
    busy,
    stop: change(api.stopRun),
    pause: change(api.pauseRun),
    resume: change(api.resumeRun),
    /** Whether it is gone. */
    async remove(id: string): Promise<boolean> {
      let gone = false;
      await during(id, async () => {
        await attempt(async () => {
          await api.removeRun(id);
          gone = true;
        });
        await refreshRuns();
      });
      return gone;
    },
  };
}

export const canStop = ({ state, elsewhere }: Run): boolean => state === "running" && !elsewhere;
export const canResume = ({ state }: Run): boolean =>
  state === "broken" || state === "stopped" || state === "paused";
