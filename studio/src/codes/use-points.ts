import { computed, type Ref, ref, shallowRef, watch } from "vue";
import type { Codes, ValuesHead } from "../../../src/studio/api/codes.ts";
import { api } from "../api.ts";
import { attempt } from "../toasts.ts";
import { type Coloring, coloringOf } from "./map/coloring.ts";
import type { Points } from "./map/within.ts";

interface Values {
  readonly head: ValuesHead;
  readonly values: Float32Array;
}

export type PointState = ReturnType<typeof usePoints>;

/** The numbers of all rows that a map needs: what its axes and colours are, asked for once each. */
export function usePoints(run: string, codes: Codes) {
  const known = new Map<string, Promise<Values>>();
  function valuesOf(of: string): Promise<Values> {
    if (of === "row") {
      const values = Float32Array.from({ length: codes.rows }, (_, i) => i + 1);
      return Promise.resolve({ head: { kind: "number", groups: [], missing: 0 }, values });
    }
    const found = known.get(of) ?? api.codeValues(run, of);
    known.set(of, found);
    // what failed is asked for anew
    found.catch(() => known.delete(of));
    return found;
  }

  const { latentDim, shares, time } = codes;
  const first: readonly [string, string] = shares
    ? ["component_1", "component_2"]
    : latentDim === 2
      ? ["latent_1", "latent_2"]
      : [time === null ? "row" : `column:${time}`, "latent_1"];
  const axes = ref(first);
  const color = ref("score");
  const points = shallowRef<Points | null>(null);
  const dated = ref(false);
  const beside = shallowRef<Points | null>(null);
  const coloring = shallowRef<Coloring | null>(null);
  const values = shallowRef<Values | null>(null);
  /** Counts what was asked: only the last answer matters. */
  let asked = 0;
  async function place(): Promise<void> {
    const own = ++asked;
    const [x, y] = (await attempt(() => Promise.all(axes.value.map(valuesOf)))) ?? [];
    if (own !== asked || !x || !y) return;
    dated.value = x.head.kind === "date";
    points.value = { x: x.values, y: y.values };
  }
  let painted = 0;
  async function paint(): Promise<void> {
    const own = ++painted;
    const found = await attempt(() => valuesOf(color.value));
    if (own !== painted || !found) return;
    values.value = found;
    coloring.value = coloringOf(found.head, found.values);
  }
  async function placeBeside(): Promise<void> {
    const found = await attempt(() => Promise.all(["pca_1", "pca_2"].map(valuesOf)));
    if (found) beside.value = { x: found[0]!.values, y: found[1]!.values };
  }
  watch(axes, place, { immediate: true });
  watch(color, paint, { immediate: true });
  if (codes.pca) void placeBeside();

  return {
    ...{ axes, color, points, beside, coloring, values, valuesOf },
    dated: dated as Readonly<Ref<boolean>>,
    /** What one may draw by. */
    names: computed((): readonly string[] => [
      ...(shares ? ["component_1", "component_2"] : []),
      ...Array.from({ length: latentDim }, (_, i) => `latent_${i + 1}`),
      ...(codes.pca ? ["pca_1", "pca_2"] : []),
      ...(time === null ? [] : [`column:${time}`]),
      "row",
    ]),
    /** Asks anew for what a person may have changed. */
    refreshMarks(): void {
      known.delete("mark");
      if (color.value === "mark") void paint();
    },
  };
}
