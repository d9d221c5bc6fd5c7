import type { DateOrder } from "../terms/table.ts";
import { type CellLayout, cellLayout } from "./cell-layouts.ts";
import type { Fields } from "./clock.ts";
import { type DateShape, inOrder } from "./dates.ts";
import { layoutDays, layoutFields } from "./layout-days.ts";
import { layoutOf } from "./layouts.ts";

/** Cells that look like dates and contradict each other: in one the day stands first, in the other the month. */
export interface DateDoubt {
  readonly dayFirst: string;
  readonly monthFirst: string;
}

// More than this share of other cells, and a column holds no dates.
const mostOthers = 0.1;
/** So few days and months in the other order are mistakes. */
export const mostSwapped = 0.05;
const mostLayouts = 4;

type Found = CellLayout & { readonly cell: string };

/**
 * The shape of a column from cells of it; undefined where under nine of ten are dates. Days and months in both orders
 * are a doubt.
 */
export function dateShape(cells: readonly string[]): DateShape | DateDoubt | undefined {
  const read = (cell: string): Found[] => {
    const layout = cellLayout(cell);
    return layout ? [{ ...layout, cell }] : [];
  };
  // Most columns of text show at once that they hold none.
  if (cells.slice(0, 5).flatMap(read).length === 0) return undefined;
  const some = cells.slice(0, 20);
  if (some.flatMap(read).length < some.length / 2) return undefined;
  const found = cells.flatMap(read);
  if (found.length === 0 || found.length < (1 - mostOthers) * cells.length) return undefined;
  const layouts = layoutsOf(found);
  if (layouts.length === 0) return undefined;
  const order = orderOf(found);
  if (order !== null && typeof order === "object") return order;
  return { layouts, order, timed: found.some((one) => one.timed) };
}

/** A shape that also reads cells which it did not, where those are dates too and no others fit less. */
export function widerShape(shape: DateShape, unread: readonly string[]): DateShape | undefined {
  const more = dateShape(unread);
  if (!more || !("layouts" in more)) return undefined;
  const bare = (name: string) => name.replace(/Z$/, "");
  const added = more.layouts.filter((name) => !shape.layouts.includes(name));
  const kept = shape.layouts.filter((name) => !added.some((other) => bare(other) === name));
  const orders = new Set([shape, more].map(({ order }) => order).filter((order) => order !== null));
  orders.delete("open");
  const swapped = [...kept, ...added].some((name) => name.includes("##"));
  const layouts = [...kept, ...added];
  if (added.length === 0 || layouts.length > mostLayouts) return undefined;
  const shown = [...orders].filter((order) => !swapped || order !== "ymd");
  if (shown.length > 1) return undefined;
  const order = shown[0] ?? (swapped ? "open" : null);
  return { layouts, order, timed: shape.timed || more.timed };
}

/** The layouts that occur, the commonest first. */
function layoutsOf(found: readonly Found[]): readonly string[] {
  const cells = found.map(({ cell }) => cell);
  const counts = new Map<string, number>();
  for (const { name } of found) counts.set(name, (counts.get(name) ?? 0) + 1);
  const zoned = found.some((one) => one.zoned);
  const names = [...counts.keys()]
    .sort((a, b) => counts.get(b)! - counts.get(a)!)
    .slice(0, mostLayouts);
  if (names.some((name) => seasons(name, cells))) return [];
  // A semester beyond the second is a week, and then all are.
  const weeks = names.filter((name) => /S ?ww/.test(name));
  const semesters = (name: string) => weeks.includes(name.replace(/(S ?)s/, "$1ww"));
  // Single digits behind a colon are quarters as long as there are no months.
  if (names.includes("yyyy:q") && names.includes("yyyy:mm")) return [];
  return names
    .filter((name) => weeks.includes(name) || !semesters(name))
    .map((name) => {
      const roman = name.replace("rq", halves(name, cells) ? "rs" : "rq");
      return zoned && layoutOf(`${roman.replace(/##(.)##/, "dd$1mm")}Z`) ? `${roman}Z` : roman;
    });
}

/** Whether what looks like months are seasons: 2009-10, 2010-11, 2011-12. */
function seasons(name: string, cells: readonly string[]): boolean {
  if (!/^yyyy.mm$/.test(name) || name === "yyyy:mm") return false;
  const layout = layoutOf(name)!;
  const read = cells.map((cell) => layoutFields(cell, layout));
  const months = read.filter((fields) => fields !== null);
  const next = ({ y, m }: Fields) => (Number(y) + 1) % 100 === Number(m);
  return new Set(months.map(({ y }) => y)).size > 1 && months.every(next);
}

/** Whether Roman numerals go no further than II. */
const halves = (name: string, cells: readonly string[]): boolean =>
  name.includes("rq") && !cells.some((cell) => /iii|iv/i.test(cell));

/** What the cells show of the order of day and month. */
function orderOf(found: readonly Found[]): DateShape["order"] | DateDoubt {
  const open = found.filter(({ name }) => name.includes("##"));
  if (open.length === 0) return found.some(({ name }) => /yyyy.mm.dd/.test(name)) ? "ymd" : null;
  if (open.every(({ orders }) => orders.includes("ymd")) && yearFirst(open)) return "ymd";
  const only = (order: DateOrder, other: DateOrder) =>
    open.filter(({ orders }) => orders.includes(order) && !orders.includes(other));
  const [dayFirst, monthFirst] = [only("dmy", "mdy"), only("mdy", "dmy")];
  const [fewer, more] =
    dayFirst.length < monthFirst.length ? [dayFirst, monthFirst] : [monthFirst, dayFirst];
  if (more.length === 0) return "open";
  if (fewer.length <= mostSwapped * open.length) return more === dayFirst ? "dmy" : "mdy";
  return { dayFirst: dayFirst[0]!.cell, monthFirst: monthFirst[0]!.cell };
}

/** Whether years of two digits stand first: no other order fits, or this one alone makes even steps. */
function yearFirst(open: readonly Found[]): boolean {
  if (open.some(({ orders }) => orders.length === 1)) return true;
  const uneven = (order: DateOrder) =>
    unevenness(
      open.map(({ cell, name, zoned }) =>
        layoutDays(cell, layoutOf(inOrder(name, order) + (zoned ? "Z" : ""))!, null),
      ),
    );
  return uneven("ymd") < 0.5 * Math.min(uneven("dmy"), uneven("mdy"));
}

/** How unevenly days follow each other: the deviation of the steps over their mean size; infinite where one is none. */
export function unevenness(days: readonly number[]): number {
  const steps = days.slice(1).map((day, i) => day - days[i]!);
  const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;
  const deviation = Math.sqrt(mean(steps.map((step) => step ** 2)) - mean(steps) ** 2);
  const uneven = deviation / mean(steps.map(Math.abs));
  return Number.isNaN(uneven) ? Number.POSITIVE_INFINITY : uneven;
}
