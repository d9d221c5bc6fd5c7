import { onBeforeUnmount, type Ref, shallowRef } from "vue";
import type { Loss } from "../../../../src/studio/api/runs.ts";
import { api } from "../../api.ts";
import { listen, listenReturn } from "../../events.ts";
import { attempt } from "../../toasts.ts";
import { joined } from "./losses.ts";

/** Milliseconds from one drawing of the curve to the next. */
const drawMs = 150;

/** The losses of a run, epoch by epoch, as they come; null before the first answer. */
export function useLosses(id: string): Readonly<Ref<readonly Loss[] | null>> {
  const losses = shallowRef<readonly Loss[] | null>(null);
  const add = (more: readonly Loss[]): void => {
    losses.value = joined(losses.value ?? [], more);
  };
  const load = async (): Promise<void> => add((await attempt(() => api.losses(id))) ?? []);
  // hundreds may come in a second: they are drawn together
  let come: Loss[] = [];
  let waiting: ReturnType<typeof setTimeout> | undefined;
  const flush = (): void => {
    waiting = undefined;
    add(come);
    come = [];
  };
  const ends = [
    listen("epoch", ({ id: other, ...loss }) => {
      if (other !== id) return;
      come.push(loss);
      waiting ??= setTimeout(flush, drawMs);
    }),
    () => clearTimeout(waiting),
    // one that another process trains tells its epochs only so
    listen("run", (event) => {
      if (event.id === id) void load();
    }),
    listenReturn(() => void load()),
  ];
  onBeforeUnmount(() => {
    for (const end of ends) end();
  });
  void load();
  return losses;
}
