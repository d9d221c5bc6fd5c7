import { onBeforeUnmount, onMounted, type Ref, ref, watch } from "vue";
import { theme } from "../../theme.ts";
import type { Chosen } from "../use-chosen.ts";
import type { Coloring } from "./coloring.ts";
import { paletteNow } from "./palette.ts";
import { type PointsGl, pointsOn } from "./points-gl.ts";
import type { Points, View } from "./within.ts";

/** What a drawing shows, as it is now. */
export interface Drawn {
  readonly points: () => Points;
  readonly coloring: () => Coloring | null;
  readonly color: () => string;
  readonly chosen: Chosen;
  readonly view: Readonly<Ref<View>>;
  /** In pixels of the page. */
  readonly size: Readonly<Ref<readonly [width: number, height: number]>>;
}

/** Draws points on a canvas, anew at the next frame when something about them changes. */
export function useDrawing(
  canvas: Readonly<Ref<HTMLCanvasElement | undefined>>,
  { points, coloring, color, chosen, view, size }: Drawn,
) {
  /** Whether the browser cannot draw them. */
  const failed = ref(false);
  let gl: PointsGl | null = null;
  let waiting = 0;
  function draw(): void {
    waiting ||= requestAnimationFrame(() => {
      waiting = 0;
      drawNow();
    });
  }
  function drawNow(): void {
    const element = canvas.value;
    if (!element || !gl || size.value[0] <= 1) return;
    const density = window.devicePixelRatio || 1;
    const [wide, high] = size.value.map((each) => Math.round(each * density));
    if (element.width !== wide || element.height !== high) {
      element.width = wide!;
      element.height = high!;
    }
    const palette = paletteNow(coloring()?.head.kind === "groups", color());
    gl.draw({ view: view.value, palette, density, some: chosen.count.value > 0 });
  }
  /** From nothing: at first, and when the browser has lost what was drawn. */
  function begin(): void {
    gl = canvas.value ? pointsOn(canvas.value) : null;
    failed.value = gl === null;
    if (!gl) return;
    gl.put(points());
    gl.paint(coloring()?.places ?? new Uint8Array(points().x.length));
    gl.choose(chosen.mask.value);
    draw();
  }
  const shades = window.matchMedia("(prefers-color-scheme: dark)");
  onMounted(() => {
    begin();
    shades.addEventListener("change", draw);
  });
  onBeforeUnmount(() => {
    cancelAnimationFrame(waiting);
    shades.removeEventListener("change", draw);
    gl?.dispose();
  });
  watch(points, (now) => {
    gl?.put(now);
    draw();
  });
  watch(coloring, (now) => {
    if (now) gl?.paint(now.places);
    draw();
  });
  watch(chosen.mask, (mask) => {
    // the number of chosen rows is shown first
    setTimeout(() => {
      gl?.choose(mask);
      draw();
    });
  });
  watch([view, size, theme], draw, { flush: "post" });
  return { failed, begin, drawNow };
}
