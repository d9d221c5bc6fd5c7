/** Columns that are chosen for a change in bulk, and the one from which Shift reaches. */
export interface Selection {
  readonly names: ReadonlySet<string>;
  readonly anchor: string | null;
}

export const nothing: Selection = { names: new Set(), anchor: null };

/** The columns from the anchor to one, with no others. */
export function reach({ anchor }: Selection, all: readonly string[], name: string): Selection {
  const from = anchor === null ? -1 : all.indexOf(anchor);
  const to = all.indexOf(name);
  if (from < 0 || to < 0) return { names: new Set([name]), anchor: name };
  return { names: new Set(all.slice(Math.min(from, to), Math.max(from, to) + 1)), anchor };
}

/** One column more, or one less. */
export function toggle({ names }: Selection, name: string): Selection {
  const next = new Set(names);
  if (!next.delete(name)) next.add(name);
  return { names: next, anchor: name };
}

/** Without columns that are there no more. */
export function among(selection: Selection, all: readonly string[]): Selection {
  const names = new Set(all.filter((name) => selection.names.has(name)));
  return names.size === selection.names.size ? selection : { names, anchor: null };
}
