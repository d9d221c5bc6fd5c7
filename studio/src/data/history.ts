/** What was, is, and was undone, the nearest last. */
export interface History<Value> {
  readonly past: readonly Value[];
  readonly now: Value;
  readonly undone: readonly Value[];
}

/** Changes that can be undone at most. */
const most = 200;

export const begin = <Value>(now: Value): History<Value> => ({ past: [], now, undone: [] });

/** After one more change; what was undone is then gone. */
export const changed = <Value>({ past, now }: History<Value>, next: Value): History<Value> => ({
  past: [...past, now].slice(-most),
  now: next,
  undone: [],
});

/** One change back; as it is where nothing was changed. */
export function back<Value>(history: History<Value>): History<Value> {
  const { past, now, undone } = history;
  if (past.length === 0) return history;
  return { past: past.slice(0, -1), now: past.at(-1)!, undone: [...undone, now] };
}

/** The last change that was undone, done again. */
export function forth<Value>(history: History<Value>): History<Value> {
  const { past, now, undone } = history;
  if (undone.length === 0) return history;
  return { past: [...past, now], now: undone.at(-1)!, undone: undone.slice(0, -1) };
}
