import { onBeforeUnmount, type Ref, ref, watch } from "vue";

/** The width of an element in pixels, as it changes; 0 before it is there. */
export function useWidth(element: Readonly<Ref<HTMLElement | null | undefined>>): Ref<number> {
  const width = ref(0);
  const observer = new ResizeObserver(([entry]) => {
    width.value = Math.floor(entry!.contentRect.width);
  });
  watch(
    element,
    (now, before) => {
      if (before) observer.unobserve(before);
      if (now) observer.observe(now);
    },
    { immediate: true, flush: "post" },
  );
  onBeforeUnmount(() => observer.disconnect());
  return width;
}
