/** Options with callbacks whose failures are seen. */
export interface Watched<O> {
  /** The same options. A callback throws what it threw, or what one before it rejected with. */
  readonly options: O;
  /** Throws the first error that a callback rejected with. */
  check(): void;
  /** Resolves when every async callback is done; rejects at once with the first error of one. */
  settled(): Promise<void>;
}

type Callback = (...values: unknown[]) => unknown;

/** Watches the options that are callbacks, those named `on...`; `onFailure` hears of the first that rejects. */
export function watchCallbacks<O extends object>(
  given: O,
  onFailure: () => void = () => {},
): Watched<O> {
  const running = new Set<Promise<void>>();
  let failed: { readonly error: unknown } | null = null;
  const fail = (error: unknown): void => {
    failed ??= { error };
    onFailure();
  };
  const check = (): void => {
    if (failed) throw failed.error;
  };
  const watch =
    (callback: Callback): Callback =>
    (...values) => {
      check();
      const answer = callback(...values);
      if (typeof (answer as PromiseLike<unknown> | undefined)?.then === "function") {
        const done: Promise<void> = Promise.resolve(answer)
          .then(() => {}, fail)
          .finally(() => running.delete(done));
        running.add(done);
      }
      return answer;
    };
  const watched = Object.entries(given).map(([name, value]) => [
    name,
    /^on[A-Z]/.test(name) && typeof value === "function" ? watch(value as Callback) : value,
  ]);
  return {
    options: Object.fromEntries(watched),
    check,
    async settled() {
      while (running.size > 0 && !failed) await Promise.race(running);
      check();
    },
  };
}

/**
 * Does work with options whose callbacks are watched: what one throws, or rejects with, is the error of the work,
 * which its `signal` ends soon. Async callbacks are not waited for one by one, but the work is done only when
 * they are.
 */
export async function withCallbacks<O extends object, T>(
  given: O & { readonly signal?: AbortSignal | undefined },
  work: (options: O & { readonly signal: AbortSignal }) => Promise<T>,
): Promise<T> {
  const stop = new AbortController();
  const abort = (): void => stop.abort();
  const { options, check, settled } = watchCallbacks(given, abort);
  const { signal } = given;
  if (signal?.aborted) abort();
  else signal?.addEventListener("abort", abort, { once: true });
  try {
    const made = await work({ ...options, signal: stop.signal });
    await settled();
    return made;
  } catch (error) {
    // what comes of the end of the work does not hide what ended it
    check();
    throw error;
  } finally {
    signal?.removeEventListener("abort", abort);
  }
}
