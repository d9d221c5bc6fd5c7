import { computed, onScopeDispose, ref, shallowRef, watch } from "vue";
import type { ColumnShares, Look, ReadingOptions } from "../../../src/studio/api/sources.ts";
import { api } from "../api.ts";
import { listen, listenReturn } from "../events.ts";
import { language } from "../language.ts";
import { putSource, sourceOf } from "../project.ts";
import { attempt, tellFault } from "../toasts.ts";
import { back, begin, changed, forth, type History } from "./history.ts";
import { sameOptions } from "./options.ts";

/** A look at a source, and changes of how it is read, each of which can be undone. */
export function useLook(id: string) {
  const look = shallowRef<Look | null>(null);
  const shares = shallowRef<ReadonlyMap<string, ColumnShares>>(new Map());
  /** What the source cannot be read for. */
  const failed = shallowRef<unknown>(null);
  const busy = ref(false);
  const history = shallowRef<History<ReadingOptions>>(begin({}));
  const scope = new AbortController();
  onScopeDispose(() => scope.abort());

  /** Changes wait for each other: each is made of what the one before came to. */
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = <Value>(work: () => Promise<Value>): Promise<Value> => {
    const next = last.then(async () => {
      busy.value = true;
      try {
        return await work();
      } finally {
        busy.value = false;
      }
    });
    last = next.catch(() => undefined);
    return next;
  };

  function show(found: Look): void {
    look.value = found;
    failed.value = null;
    putSource(found.source);
    // of a file that is still being read they come with the rest
    if (found.partial) return;
    void attempt(async () => {
      const all = await api.shares(id);
      if (look.value === found) shares.value = new Map(all.map((each) => [each.name, each]));
    });
  }

  /** Reads it as the project says; where that cannot be, it says why and shows nothing. */
  const load = (): Promise<void> =>
    inTurn(async () => {
      try {
        const found = await api.look(id, scope.signal);
        const { options } = found.source;
        if (look.value === null) history.value = begin(options);
        else if (!sameOptions(options, history.value.now))
          history.value = changed(history.value, options);
        show(found);
      } catch (error) {
        if (scope.signal.aborted) return;
        look.value = null;
        failed.value = error;
        history.value = begin(sourceOf(id)?.options ?? {});
      }
    });

  /** Asks for other options; the history moves where they could be read. */
  async function put(
    move: (history: History<ReadingOptions>) => History<ReadingOptions>,
  ): Promise<void> {
    await inTurn(async () => {
      const next = move(history.value);
      if (sameOptions(next.now, history.value.now)) return;
      try {
        const found = await api.setOptions(id, next.now);
        history.value = next;
        show(found);
      } catch (error) {
        tellFault(error);
      }
    });
  }

  watch(language, () => void load());
  onScopeDispose(listen("look", (event) => event.id === id && void load()));
  onScopeDispose(listenReturn(() => void load()));
  // another page may read it otherwise
  watch(
    () => sourceOf(id)?.options,
    (options) => {
      if (!options || busy.value || !look.value) return;
      if (!sameOptions(options, look.value.source.options)) void load();
    },
  );
  void load();

  return {
    ...{ look, shares, failed, busy, load },
    options: computed(() => history.value.now),
    change: (next: (options: ReadingOptions) => ReadingOptions) =>
      put((before) => changed(before, next(before.now))),
    undo: () => put(back),
    redo: () => put(forth),
    canUndo: computed(() => history.value.past.length > 0),
    canRedo: computed(() => history.value.undone.length > 0),
  };
}

export type LookRoom = ReturnType<typeof useLook>;
