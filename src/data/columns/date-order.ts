import { EspejoError } from "../../errors.ts";
import { cellLayout } from "../cells/cell-layouts.ts";
import { mostSwapped } from "../cells/date-shapes.ts";
import { type DateShape, daysOfCell, isoDate } from "../cells/dates.ts";
import { type Note, note } from "../terms/notes.ts";
import { type DateOrder, datesBefore, type OpenOptions } from "../terms/table.ts";
import type { Facts } from "./facts.ts";
import type { Candidate } from "./typed.ts";

/** A column of dates that are written as text. */
export interface Dated {
  readonly i: number;
  readonly name: string;
  readonly shape: DateShape;
  readonly facts: Facts;
  /** Cells from the head of the source. */
  readonly head: readonly string[];
}

/** The order of day and month for a source, and how that came to be known. */
export interface ChosenOrder {
  readonly order: DateOrder;
  readonly notes: readonly Note[];
}

const shownBy = ({ name }: Dated, order: DateOrder): ChosenOrder => ({
  order,
  notes: [note("dates_evidence", { column: name, order })],
});

/** The columns whose dates are text. */
export function datedColumns(
  names: readonly string[],
  candidates: readonly Candidate[],
  facts: readonly (Facts | undefined)[],
  head: readonly (readonly string[])[],
): readonly Dated[] {
  return candidates.flatMap((candidate, i): Dated[] =>
    candidate.kind === "date" && candidate.shape && facts[i]
      ? [{ i, name: names[i]!, shape: candidate.shape, facts: facts[i], head: head[i]! }]
      : [],
  );
}

/**
 * The order that is stated, that the whole source shows, or that a model knows; else the column that leaves it open.
 * Throws `dates_order` for a stated one that the cells contradict.
 */
export function findOrder(
  path: string,
  dated: readonly Dated[],
  assumed: DateOrder,
  options: OpenOptions,
): ChosenOrder | { readonly open: Dated } {
  if (options.dates) return { order: obeyed(path, dated, options.dates), notes: [] };
  const shown = dated.find(({ shape }) => shape.order === "dmy" || shape.order === "mdy");
  if (shown) return shownBy(shown, shown.shape.order as DateOrder);
  const open = dated.filter(({ shape }) => shape.order === "open");
  if (open.length === 0) {
    const fixed = dated.some(({ shape }) => shape.order === "ymd");
    return { order: fixed ? "ymd" : assumed, notes: [] };
  }
  for (const column of open) {
    const { notDayFirst, notMonthFirst } = column.facts;
    if (notDayFirst > 0 === notMonthFirst > 0) continue;
    return shownBy(column, notDayFirst > 0 ? "mdy" : "dmy");
  }
  const before = datesBefore(options)?.dates;
  return before && before !== "ymd" ? { order: before, notes: [] } : { open: open[0]! };
}

/** Throws `dates_order` for a stated order, which days and months in both orders contradict whatever it is. */
export function refuseDoubts(
  path: string,
  names: readonly string[],
  candidates: readonly Candidate[],
  order: DateOrder | undefined,
): void {
  if (order === undefined) return;
  for (const [i, candidate] of candidates.entries()) {
    if (candidate.kind !== "text" || !candidate.doubt) continue;
    const { dayFirst, monthFirst } = candidate.doubt;
    const value = order === "dmy" ? monthFirst : dayFirst;
    throw new EspejoError("dates_order", { path, column: names[i]!, order, value });
  }
}

/** A stated order, which more than a few cells of no column may contradict. */
function obeyed(path: string, dated: readonly Dated[], order: DateOrder): DateOrder {
  for (const { name, shape, head } of dated) {
    if (!shape.layouts.some((layout) => layout.includes("##"))) continue;
    const others = head.filter((cell) => cellLayout(cell)?.orders.includes(order) === false);
    const value = others.find((cell) => cellLayout(cell)!.name.includes("##"));
    if (value !== undefined && others.length > mostSwapped * head.length)
      throw new EspejoError("dates_order", { path, column: name, order, value });
  }
  return order;
}

/** The order in which the dates of a column follow each other evenly, by how unevenly they do; else the assumed one, said aloud. */
export function guessOrder(
  { name, shape, head }: Dated,
  assumed: DateOrder,
  uneven: { readonly dmy: number; readonly mdy: number },
): ChosenOrder {
  const [least, most] = [uneven.dmy, uneven.mdy].sort((a, b) => a - b) as [number, number];
  if (least < 0.2 && most > 2 * least) {
    const order = uneven.dmy < uneven.mdy ? "dmy" : "mdy";
    return { order, notes: [note("dates_regular", { column: name, order })] };
  }
  const order = assumed === "ymd" ? "dmy" : assumed;
  const value = head.find((cell) => cell.trim() !== "") ?? "";
  const read = (as: DateOrder) =>
    isoDate(daysOfCell(value, shape, { order: as, zone: null })) || "?";
  const [iso, other] = [read(order), read(order === "dmy" ? "mdy" : "dmy")];
  return { order, notes: [note("dates_ambiguous", { column: name, order, value, iso, other })] };
}

/** The years that two digits stand for. */
export function centuryNotes(dated: readonly Dated[]): readonly Note[] {
  return dated.flatMap(({ name, shape, facts }) => {
    if (!shape.layouts.some((layout) => /(?<!y)yy(?!y)/.test(layout)) || !(facts.cells > facts.bad))
      return [];
    const [from, to] = [facts.minimum, facts.maximum].map((days) => isoDate(days).slice(0, 4));
    return [note("dates_century", { column: name, from: from!, to: to! })];
  });
}
