import type { Source } from "../terms/source.ts";

/**
 * What is found of columns, each by all that decides it: of those that a source remembers nothing is asked again. `ask` finds
 * the others, in their order.
 */
export async function recalled<Column, Found>(
  { recall }: Source,
  what: string,
  columns: readonly Column[],
  ask: (columns: readonly Column[]) => Promise<readonly Found[]>,
): Promise<Found[]> {
  if (!recall) return [...(await ask(columns))];
  const keys = columns.map((column) => `${what} ${JSON.stringify(column)}`);
  const fresh = columns.filter((_, i) => !recall.has(keys[i]!));
  const found = fresh.length > 0 ? await ask(fresh) : [];
  const answers = found.values();
  for (const key of keys) if (!recall.has(key)) recall.set(key, answers.next().value);
  return keys.map((key) => recall.get(key) as Found);
}

/** What is made of a source, by all that decides it beside its cells: made once where the source remembers. */
export function once<Made>({ recall }: Source, keyOf: () => string, make: () => Made): Made {
  if (!recall) return make();
  const key = keyOf();
  if (!recall.has(key)) recall.set(key, make());
  return recall.get(key) as Made;
}
