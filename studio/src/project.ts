import { computed, ref, shallowRef } from "vue";
import type { Run } from "../../src/studio/api/runs.ts";
import type { Source } from "../../src/studio/api/sources.ts";
import type { StudioState } from "../../src/studio/api/state.ts";
import type { ModelAdded } from "../../src/studio/api/use.ts";
import { api } from "./api.ts";
import { connect, listen, listenReturn } from "./events.ts";
import { Failure } from "./failure.ts";
import { attempt } from "./toasts.ts";
import { token } from "./token.ts";

/** What every room knows of the project; null before it came. */
export const state = shallowRef<StudioState | null>(null);
export const sources = shallowRef<readonly Source[] | null>(null);
export const runs = shallowRef<readonly Run[] | null>(null);
export const models = shallowRef<readonly ModelAdded[] | null>(null);

/** Whether the page may ask: "locked" where it has no key. */
export const entry = ref<"opening" | "open" | "locked" | "lost">("opening");

export const sourceOf = (id: string): Source | undefined =>
  sources.value?.find((source) => source.id === id);

export const running = computed(
  () => runs.value?.filter((run) => run.state === "running").length ?? 0,
);

/** A run as an answer brought it, before the list comes anew. */
export function putRun(run: Run): void {
  const others = runs.value ?? [];
  const known = others.some(({ id }) => id === run.id);
  runs.value = known
    ? others.map((other) => (other.id === run.id ? run : other))
    : [run, ...others];
}

/** A source as an answer brought it. */
export function putSource(source: Source): void {
  const others = sources.value ?? [];
  const known = others.some(({ id }) => id === source.id);
  sources.value = known
    ? others.map((other) => (other.id === source.id ? source : other))
    : [source, ...others];
}

export async function refreshSources(): Promise<void> {
  const answer = await attempt(api.sources);
  // those that came last are looked for first
  if (answer) sources.value = [...answer].sort((a, b) => b.added.localeCompare(a.added));
}

export async function refreshRuns(): Promise<void> {
  const answer = await attempt(api.runs);
  if (answer) runs.value = answer;
}

export async function refreshModels(): Promise<void> {
  const answer = await attempt(api.models);
  if (answer) models.value = answer;
}

/** Shows the key that the address brought. One that no longer fits is no fault where the browser has a newer one. */
async function showKey(): Promise<void> {
  if (token === null) return;
  try {
    await api.session(token);
  } catch (error) {
    if (!isRefusal(error)) throw error;
  }
}

const isRefusal = (error: unknown): boolean =>
  error instanceof Failure && (error.status === 401 || error.status === 403);

/** Asks for all that rooms need; where the studio was away, once more. */
async function askForAll(): Promise<void> {
  try {
    state.value = await api.state();
    entry.value = "open";
  } catch (error) {
    entry.value = isRefusal(error) ? "locked" : "lost";
    return;
  }
  await Promise.all([refreshSources(), refreshRuns(), refreshModels()]);
}

/** Shows the key, asks for all that rooms need, and listens from then on, also where the studio is away. */
export async function enter(): Promise<void> {
  await showKey().catch(() => undefined);
  await askForAll();
  listen("sources", () => void refreshSources());
  listen("run", () => void refreshRuns());
  listen("models", () => void refreshModels());
  listenReturn(() => void askForAll());
  connect(() => void askForAll());
}
