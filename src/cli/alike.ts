import type { Choice, Doubt } from "../data/terms/doubts.ts";
import type { Context } from "./context.ts";

/** What tells whether two things that are said of columns are of one kind. */
type Said = Pick<Doubt, "code" | "column"> & { readonly options: readonly Choice[] };

/** So many of one kind, each about another column, are said once, with the names of so many of the others. */
const manyAlike = 4;
const mostNamed = 8;

/** What is said one by one, but many of one kind, each about another column, together: the first and the others. */
export function alikeOf<T>(
  items: readonly T[],
  saidOf: (item: T) => Said,
): readonly (readonly [T, ...T[]])[] {
  const groups = new Map<string, [T, ...T[]]>();
  items.forEach((item, i) => {
    const said = saidOf(item);
    const kind = said.column === null ? String(i) : kindOf(said);
    const group = groups.get(kind);
    if (group) group.push(item);
    else groups.set(kind, [item]);
  });
  const said = new Set<T>();
  const groupOf = new Map([...groups.values()].flatMap((each) => each.map((one) => [one, each])));
  return items.flatMap((item): (readonly [T, ...T[]])[] => {
    const group = groupOf.get(item)!;
    if (group.length < manyAlike) return [[item]];
    if (said.has(group[0])) return [];
    said.add(group[0]);
    return [group];
  });
}

/** What two have in common that are settled alike, each for its column. */
const kindOf = ({ code, column, options }: Said): string =>
  JSON.stringify([
    code,
    options.map(({ option, value, now }) => [option, value?.replace(column ?? "", ""), now]),
  ]);

/** Which other columns the same holds of. */
export function alikeText(columns: readonly (string | null)[], { text, count }: Context): string {
  const names = columns.slice(0, mostNamed).join(", ");
  const more = columns.length > mostNamed ? ", ..." : "";
  return text("doubts.alike", { n: count(columns.length), columns: `${names}${more}` });
}
