import { computed, onBeforeUnmount, type Ref, ref, shallowRef, watch } from "vue";
import type { Counts, Scores } from "../../../../src/studio/api/runs.ts";
import { api } from "../../api.ts";
import { back, begin, changed, forth, type History } from "../../data/history.ts";
import { keep, kept } from "../../kept.ts";
import { type Bar, barsOf, countsAbove } from "./counts.ts";

/** Bins that are asked for, and of them those that are put together to a bar. */
const bins = 400;
const barBins = 5;

/** Milliseconds without a key after which a threshold counts as set. */
const restMs = 400;

export type Threshold = ReturnType<typeof useThreshold>;

/**
 * The threshold of a run and what it comes to: at once from the bins while it moves, exactly from the studio when it rests.
 * `first` is what it begins with; undefined for that of the run.
 */
export function useThreshold(id: string, first: number | undefined) {
  const scores = shallowRef<Scores | null>(null);
  const failure = ref<unknown>(null);
  const history = shallowRef<History<number> | null>(first === undefined ? null : begin(first));
  /** Where it is now, also while it moves. */
  const now = ref<number | null>(first ?? null);
  const logarithmic = ref(kept("scores", ["linear", "logarithmic"]) !== "linear");

  let asked = new AbortController();
  async function load(): Promise<void> {
    asked.abort();
    asked = new AbortController();
    const { signal } = asked;
    const threshold = history.value?.now;
    try {
      const answer = await api.scores(
        id,
        {
          ...(threshold !== undefined && { threshold }),
          ...{ bins, logarithmic: logarithmic.value ? "true" : "false" },
        },
        signal,
      );
      scores.value = answer;
      failure.value = null;
      history.value ??= begin(answer.threshold);
      now.value ??= answer.threshold;
    } catch (error) {
      if (!signal.aborted) failure.value = error;
    }
  }

  let rest: ReturnType<typeof setTimeout> | undefined;
  function move(value: number): void {
    now.value = value;
    clearTimeout(rest);
    rest = setTimeout(settle, restMs);
  }
  function settle(): void {
    clearTimeout(rest);
    if (!history.value || now.value === null || now.value === history.value.now) return;
    history.value = changed(history.value, now.value);
    void load();
  }
  function turn(to: (history: History<number>) => History<number>): void {
    settle();
    if (!history.value || to(history.value) === history.value) return;
    history.value = to(history.value);
    now.value = history.value.now;
    void load();
  }
  function set(value: number): void {
    now.value = value;
    settle();
  }

  watch(logarithmic, (on) => {
    keep("scores", on ? "logarithmic" : "linear");
    void load();
  });
  onBeforeUnmount(() => {
    clearTimeout(rest);
    asked.abort();
  });
  void load();

  const exact = computed(() => scores.value !== null && scores.value.threshold === now.value);
  const above = computed<Counts>(() => {
    const known = scores.value;
    if (!known || now.value === null) return { rows: 0, anomalies: 0, normals: 0 };
    return exact.value ? known.above : countsAbove(known, now.value);
  });

  return {
    scores: scores as Readonly<Ref<Scores | null>>,
    failure: failure as Readonly<Ref<unknown>>,
    now: now as Readonly<Ref<number | null>>,
    /** Where it rested last: what the table and the exports go by; null before it is known. */
    rested: computed(() => history.value?.now ?? null),
    above,
    /** Whether `above` is exact, and not from bins. */
    exact,
    bars: computed<readonly Bar[]>(() => (scores.value ? barsOf(scores.value, barBins) : [])),
    logarithmic,
    /** Moves it; it rests when nothing moves it for a while, or at `settle`. */
    move,
    settle,
    set,
    undo: () => turn(back),
    redo: () => turn(forth),
    canUndo: computed(() => (history.value?.past.length ?? 0) > 0),
    canRedo: computed(() => (history.value?.undone.length ?? 0) > 0),
    /** Asks anew, as after a mark. */
    refresh: load,
  };
}
