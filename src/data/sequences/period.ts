const day = 1;
const hour = day / 24;
const minute = hour / 60;
const second = minute / 60;
/** Days of a month, on average. */
const month = 30.4375;
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

/** How times follow each other. */
export interface TimeSteps {
  /** The commonest difference of two: in days of dates, else in the unit of the column. */
  readonly step: number;
  readonly dated: boolean;
  /** The first and the last time, and how many different ones there are. */
  readonly first: number;
  readonly last: number;
  readonly times: number;
}

/** How many steps show what is usual: a day of hours, a week of days, a year of months; null of numbers that are no years. */
export function periodOf({ step, dated, first, last, times }: TimeSteps): number | null {
  if (!dated) return first >= 1500 && last <= 2200 ? yearPeriod(step) : null;
  if (Math.abs(step - day) < 0.01 && isOfBusinessDays(last - first + 1, times)) return 5;
  return periods.find(([longest]) => step <= longest)?.[1](step) ?? years;
}

/** A window of so many steps, but no more than `most`; null where that leaves too few. */
export function windowWithin(period: number, most: number): number | null {
  const steps = Math.floor(Math.min(period, most));
  return steps >= fewest ? steps : null;
}

/** Years as numbers: 1949, or 1949.0833 for a month of it. */
const yearPeriod = (step: number): number => (step < 0.9 ? Math.round(1 / step) : years);

/** Days without their weekends: so many different ones among so many days. */
function isOfBusinessDays(days: number, times: number): boolean {
  const share = times / days;
  return share > 0.6 && share < 0.78;
}
