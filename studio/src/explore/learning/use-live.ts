import { onBeforeUnmount, type Ref, shallowRef } from "vue";
import type { LiveFrame } from "../../../../src/studio/api/training.ts";
import { api } from "../../api.ts";
import { listen, listenReturn } from "../../events.ts";

/** What the network of a run makes of a few rows, as it learns; null before there is anything. */
export function useLive(id: string): Readonly<Ref<LiveFrame | null>> {
  const frame = shallowRef<LiveFrame | null>(null);
  let asking = false;
  let again = false;
  async function load(): Promise<void> {
    // a frame that comes while one is asked for is asked for after it: none waits behind another
    again = true;
    if (asking) return;
    asking = true;
    while (again) {
      again = false;
      frame.value = (await api.live(id).catch(() => null)) ?? frame.value;
    }
    asking = false;
  }
  const heard = (event: { readonly id: string }): void => {
    if (event.id === id) void load();
  };
  const ends = [listen("live", heard), listen("run", heard), listenReturn(() => void load())];
  onBeforeUnmount(() => {
    for (const end of ends) end();
  });
  void load();
  return frame;
}
