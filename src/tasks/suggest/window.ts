import { periodOf, windowWithin } from "../../data/sequences/period.ts";
import type { TableShape } from "../../data/terms/shape.ts";
import type { Table } from "../../data/terms/table.ts";

/** Steps of a window where nothing tells a period. */
const usual = 20;

type Timed = Pick<Table, "rows" | "columns"> & { readonly shape?: TableShape };

/**
 * How many steps a window has that shows what is usual: a day of hours, a week of days, a year of months; at most a
 * tenth of the rows of a series, and half of those of a panel's. Null where that leaves too few, and of a table that is
 * neither.
 */
export function windowFor({ columns, rows, shape }: Timed): number | null {
  if (!shape || shape.kind === "rows") return null;
  const most = shape.kind === "panel" ? shape.times / 2 : rows / 10;
  return windowWithin(periodFor(columns, shape) ?? usual, most);
}

function periodFor(columns: Timed["columns"], { time, step, times }: TableShape): number | null {
  const column = columns.find(({ name }) => name === time);
  const { minimum: first = Number.NaN, maximum: last = Number.NaN } = column?.profile ?? {};
  if (step === null || !column) return null;
  return periodOf({ step, dated: column.type === "date", first, last, times });
}
