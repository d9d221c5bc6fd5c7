import type { TableShape } from "../../data/terms/shape.ts";
import type { Column, Table } from "../../data/terms/table.ts";

const day = 1;
const hour = day / 24;
const minute = hour / 60;
const second = minute / 60;
/** Days of a month, on average. */
const month = 30.4375;
/** Of steps whose length is not known. */
const usual = 20;
/** Shorter windows hold no course of anything. */
const fewest = 3;

/** Steps of a usual window, by the length of a step in days; the first that is as long, or longer, counts. */
const periods: readonly (readonly [step: number, steps: (step: number) => number])[] = [
  [second * 30, () => 60],
  // an hour, or a day where an hour is a few steps
  [minute * 5, (step) => Math.round(hour / Math.max(step, minute))],
  [hour * 23, (step) => Math.round(day / step)],
  [day * 1.5, () => 7],
  [day * 8, (step) => Math.round((52 * 7) / Math.max(7, step))],
  [day * 20, () => 26],
  [month * 2, () => 12],
  [month * 7, () => 4],
];

/** Of years, and of what takes longer. */
const years = 5;

type Timed = Pick<Table, "rows" | "columns"> & { readonly shape: TableShape };

/**
 * How many steps a window has that shows what is usual: a day of hours, a week of days, a year of months; at most a
 * tenth of the rows of a series, and half of those of a panel's. Null where that leaves too few.
 */
export function windowFor(table: Timed): number | null {
  const { shape, rows } = table;
  const time = table.columns.find(({ name }) => name === shape.time);
  const most = shape.kind === "panel" ? shape.times / 2 : rows / 10;
  const steps = Math.floor(Math.min(periodOf(shape, time), most));
  return steps >= fewest ? steps : null;
}

function periodOf({ step, times }: TableShape, time: Column | undefined): number {
  if (step === null || time === undefined) return usual;
  if (time.type !== "date") return isYear(time) ? yearPeriod(step) : usual;
  if (Math.abs(step - day) < 0.01 && isOfBusinessDays(time, times)) return 5;
  return periods.find(([longest]) => step <= longest)?.[1](step) ?? years;
}

/** Years as numbers: 1949, or 1949.0833 for a month of it. */
const isYear = ({ profile: { minimum = 0, maximum = 0 } }: Column): boolean =>
  minimum >= 1500 && maximum <= 2200;

const yearPeriod = (step: number): number => (step < 0.9 ? Math.round(1 / step) : years);

/** Days without their weekends. */
function isOfBusinessDays({ profile: { minimum, maximum } }: Column, times: number): boolean {
  if (minimum === undefined || maximum === undefined) return false;
  const share = times / (maximum - minimum + 1);
  return share > 0.6 && share < 0.78;
}
