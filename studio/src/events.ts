import { ref } from "vue";
import type { StudioEvents } from "../../src/studio/api/state.ts";
import { address } from "./api.ts";

type Kind = keyof StudioEvents;
type Listener<K extends Kind> = (event: StudioEvents[K]) => void;

const kinds = [
  "sources",
  "look",
  "run",
  "epoch",
  "live",
  "scored",
  "models",
  "mark",
  "marks",
] as const satisfies readonly Kind[];
const listeners: { readonly [K in Kind]: Set<Listener<K>> } = {
  sources: new Set(),
  look: new Set(),
  run: new Set(),
  epoch: new Set(),
  live: new Set(),
  scored: new Set(),
  models: new Set(),
  mark: new Set(),
  marks: new Set(),
};
const returns = new Set<() => void>();

/** Whether the studio tells this page what happens; before it was asked, yes. */
export const connected = ref(true);

/** Calls back at each event of a kind; ends by what it returns. */
export function listen<K extends Kind>(kind: K, listener: Listener<K>): () => void {
  listeners[kind].add(listener);
  return () => listeners[kind].delete(listener);
}

/** Calls back where events may have been missed: ask for all anew. Ends by what it returns. */
export function listenReturn(listener: () => void): () => void {
  returns.add(listener);
  return () => returns.delete(listener);
}

function askAnew(): void {
  for (const listener of returns) listener();
}

/**
 * Begins to listen, and never ends: a connection that broke is made anew, from where it broke. `refused` is called where the
 * studio answers, but not to this page.
 */
export function connect(refused: () => void, wait = 500): void {
  const source = new EventSource(address("/events"));
  source.onopen = () => {
    wait = 500;
    if (connected.value) return;
    connected.value = true;
    askAnew();
  };
  source.onerror = () => {
    connected.value = false;
    // the browser tries again by itself, with the last id, unless the answer was an error
    if (source.readyState !== EventSource.CLOSED) return;
    refused();
    setTimeout(() => connect(refused, Math.min(2 * wait, 8000)), wait);
  };
  // more happened meanwhile than the studio remembers
  source.addEventListener("reset", askAnew);
  for (const kind of kinds)
    source.addEventListener(kind, (message) => {
      const event = JSON.parse(message.data) as never;
      for (const listener of listeners[kind]) listener(event);
    });
}
