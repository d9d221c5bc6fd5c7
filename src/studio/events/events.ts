import type { StudioEvents } from "../api/state.ts";

/** Something that happened, as a message of server-sent events. */
export interface StudioEvent {
  readonly id: number;
  readonly type: keyof StudioEvents;
  readonly data: unknown;
}

/** Events that a page which was away is told; one that was away longer asks for everything anew. */
const kept = 1000;

/** What happens in a project, told to all its pages. */
export class Events {
  #last = 0;
  readonly #recent: StudioEvent[] = [];
  readonly #listeners = new Set<(event: StudioEvent) => void>();

  /** Whether a page listens. */
  get heard(): boolean {
    return this.#listeners.size > 0;
  }

  tell<Type extends keyof StudioEvents>(type: Type, data: StudioEvents[Type]): void {
    const event = { id: ++this.#last, type, data };
    this.#recent.push(event);
    if (this.#recent.length > kept) this.#recent.shift();
    for (const listener of this.#listeners) listener(event);
  }

  /** What came after an event; null where that is no longer known. */
  since(id: number): readonly StudioEvent[] | null {
    const first = this.#recent[0]?.id ?? this.#last + 1;
    if (id > this.#last || id < first - 1) return null;
    return this.#recent.filter((event) => event.id > id);
  }

  /** Hears of all that happens from now on; the function that comes back ends it. */
  listen(listener: (event: StudioEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}
