import { computed, onBeforeUnmount, onMounted, ref, watch } from "vue";
import { useRoute, useRouter } from "vue-router";
import type { RunResult } from "../../../src/studio/api/runs.ts";
import { listen } from "../events.ts";
import { numbers } from "../numbers.ts";
import { say } from "../say.ts";
import { useMarks } from "./marks.ts";
import { useRanking } from "./ranking/use-ranking.ts";
import { isThreshold } from "./threshold/rounded.ts";
import { ruleWords } from "./threshold/rule-words.ts";
import { useThreshold } from "./threshold/use-threshold.ts";

/** Milliseconds after the last of several marks before what they come to is asked for. */
const restMs = 250;

/**
 * What was found in the rows of a run, or of a file that was scored: threshold, ranking, marks, the row that is open, and the
 * figures above them. The address keeps threshold and row for as long as it `isOf` these rows; Ctrl+Z undoes the threshold.
 */
export function useFound(id: string, result: () => RunResult, isOf = (): boolean => true) {
  const route = useRoute();
  const router = useRouter();

  /** A number that the address of this page says. */
  function said(name: string): number | undefined {
    const text = route.query[name];
    const value = typeof text === "string" && text !== "" ? Number(text) : Number.NaN;
    return Number.isFinite(value) ? value : undefined;
  }

  const threshold = useThreshold(id, said("threshold"));
  const { scores, now, rested, above } = threshold;
  const ranking = useRanking(id, rested);
  let waiting: ReturnType<typeof setTimeout> | undefined;
  const marks = useMarks(id, () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => void threshold.refresh(), restMs);
  });
  const renew = (event: { readonly id: string }): void => {
    if (event.id !== id) return;
    void threshold.refresh();
    ranking.reload();
  };
  // a run may go on, here or elsewhere, and rank anew; many rows may be marked at once
  const ends = [listen("run", renew), listen("marks", renew)];

  const row = said("row");
  const opened = ref<number | null>(
    row !== undefined && Number.isInteger(row) && row >= 1 ? row - 1 : null,
  );
  const usual = computed(() => scores.value?.usual ?? result().threshold);
  /** A threshold that a person set; null where it is that of the run. */
  const own = computed(() =>
    scores.value && rested.value !== scores.value.usual ? rested.value : null,
  );

  // an address that is kept shows the same again
  watch([rested, opened, scores], () => {
    if (!isOf()) return;
    const query = {
      ...route.query,
      threshold: own.value === null ? undefined : String(own.value),
      row: opened.value === null ? undefined : String(opened.value + 1),
    };
    if (query.threshold !== route.query.threshold || query.row !== route.query.row)
      void router.replace({ query });
  });

  /** How much of the highest score a score is. */
  const share = computed(() => {
    const most = scores.value?.edges.at(-1) ?? 0;
    return (score: number) => (most > 0 ? Math.min(1, Math.max(0, score / most)) : 0);
  });
  const flagged = computed(() => (scores.value ? above.value.rows : result().anomalies));
  const figures = computed(() => {
    const { count, value, share: percent } = numbers.value;
    const { rows, threshold: chosen, rule } = result();
    const level = now.value ?? chosen;
    return [
      { name: say("explore.rows"), value: count(rows) },
      {
        name: say("explore.above"),
        value: count(flagged.value),
        about: say("explore.aboveShare", { share: percent(flagged.value / Math.max(1, rows)) }),
        tone: "odd" as const,
      },
      {
        name: say("explore.threshold"),
        value: isThreshold(level) ? value(level) : say("explore.thresholdNone"),
        about:
          level === usual.value
            ? say("explore.thresholdRule", { rule: ruleWords(rule) })
            : say("explore.thresholdOwn", { usual: value(usual.value) }),
      },
    ];
  });
  const counts = computed(() => ({
    above: flagged.value,
    all: result().rows,
    marked: scores.value?.reviewed.rows ?? 0,
  }));

  function undoKeys(event: KeyboardEvent): void {
    const { target } = event;
    const typing = target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement;
    if (typing || event.altKey || !(event.ctrlKey || event.metaKey)) return;
    const key = event.key.toLowerCase();
    if (key === "y" || (key === "z" && event.shiftKey)) threshold.redo();
    else if (key === "z") threshold.undo();
    else return;
    event.preventDefault();
  }
  onMounted(() => addEventListener("keydown", undoKeys));
  onBeforeUnmount(() => {
    for (const end of ends) end();
    removeEventListener("keydown", undoKeys);
    clearTimeout(waiting);
  });

  return { threshold, ranking, marks, opened, usual, own, share, figures, counts };
}
