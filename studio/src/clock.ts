import { onBeforeUnmount, type Ref, ref } from "vue";

/** The time now in milliseconds, each second anew. */
export function useNow(): Readonly<Ref<number>> {
  const now = ref(Date.now());
  const clock = setInterval(() => {
    now.value = Date.now();
  }, 1000);
  onBeforeUnmount(() => clearInterval(clock));
  return now;
}
