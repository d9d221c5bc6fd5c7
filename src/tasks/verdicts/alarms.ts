import type { Column, Table } from "../../data/terms/table.ts";
import { type Verdict, verdict } from "./verdict.ts";

/** Of fewer flagged rows nothing is said of most of them. */
const leastFlagged = 10;
/** Share of the flagged rows that is most of them, and share of the others that is few. */
const most = 0.5;
const few = 0.15;
/** Columns of more values, or of more numbers, tell rows apart rather than kinds of them. */
const mostValues = 1000;
const mostNumbers = 20;
/** Columns that are looked at, and verdicts that are given. */
const mostColumns = 100;
const mostTold = 2;

/**
 * What most flagged rows of a table are: a value of the label, where it has more than two, and values of other columns
 * that most flagged rows have and few of the others. One pass over the columns of few values.
 */
export async function alarmVerdicts(
  table: Table,
  flags: Uint8Array,
  label: string | null = null,
): Promise<readonly Verdict[]> {
  const flagged = flags.reduce((sum, flag) => sum + flag, 0);
  if (flagged < leastFlagged || flagged === flags.length) return [];
  const looked = table.columns.filter(({ name }) => name === label);
  looked.push(...table.columns.filter((column) => tellsKinds(column) && !looked.includes(column)));
  const names = looked.slice(0, mostColumns).map(({ name }) => name);
  if (names.length === 0) return [];
  const counts = names.map(() => new Map<string, [flagged: number, others: number]>());
  for await (const { start, text } of table.batches({ numeric: [], categories: [], text: names }))
    text.forEach((cells, j) => {
      cells.forEach((value, i) => {
        const own = counts[j]!.get(value) ?? [0, 0];
        own[flags[start + i] === 1 ? 0 : 1]++;
        counts[j]!.set(value, own);
      });
    });
  const found = names.flatMap((column, j) => {
    const values = [...counts[j]!].filter(([value]) => value !== "");
    const [value, [count, others]] = values.reduce(
      (best, each) => (each[1][0] > best[1][0] ? each : best),
      ["", [0, 0]],
    );
    const share = others / (flags.length - flagged);
    if (count <= most * flagged) return [];
    const figures = { column, value, count, flagged };
    if (column === label) return values.length > 2 ? [verdict("flagged_label", figures)] : [];
    return share <= few
      ? [verdict("flagged_value", { ...figures, percent: (100 * share).toFixed(1) })]
      : [];
  });
  const ofLabel = found.filter(({ code }) => code === "flagged_label");
  const others = found
    .filter(({ code }) => code === "flagged_value")
    .sort((a, b) => Number(b.parameters.count) - Number(a.parameters.count));
  return [...ofLabel, ...others.slice(0, mostTold)];
}

function tellsKinds({ type, role, profile }: Column): boolean {
  if (role === "time" || role === "weight" || role === "label" || profile.distinct < 2)
    return false;
  if (type === "number") return profile.distinct <= mostNumbers;
  return type !== "date" && profile.distinct <= mostValues;
}
