import { phrases } from "../../errors.ts";
import { type Note, note } from "../terms/notes.ts";

/** How the times of series follow each other. */
export interface Steps {
  /** How many there are; rows of the same time make none. */
  readonly count: number;
  /** What most of them are, in words. */
  readonly step: string | Note;
  /** Those that are not. */
  readonly odd: number;
  /** The place of the first row after one that is not; -1 where all are. */
  readonly first: number;
  /** Times that are left out, where a step is some of the usual ones. */
  readonly missing: number;
  /** From which time to which steps go that are not as most; not all where there are very many. */
  readonly oddSteps: readonly (readonly [from: number, to: number])[];
  /** The usual step, in the unit of times. */
  readonly usual: number;
}

/** Consecutive times of a series, in order: `times[i]` for the place `from + i`. */
export interface TimedSeries {
  readonly from: number;
  readonly times: Float64Array;
}

/** A way to count from one time to another: what is even on it is even. */
interface Ruler {
  at(time: number): number;
  /** Whether a difference on the ruler, and in days, is a usual one. */
  fits(marks: number, days: number, usual: number): boolean;
  name(usual: number): string | Note;
}

const hour = 1 / 24;

/** Days, and parts of them. From one day to the next it is an hour more or less where clocks are set. */
const evenDays: Ruler = {
  at: (time) => time,
  fits: (_, days, usual) => {
    const slack = usual >= 1 ? Math.max(0.01 * usual, hour) : 0.01 * usual;
    return Math.abs(days - usual) <= slack + 1e-9;
  },
  name: (usual) => {
    const weeks = Math.round(usual) / 7;
    if (Number.isInteger(weeks) && weeks >= 1)
      return weeks === 1 ? phrases.week : note("step_weeks", { count: weeks });
    return Math.abs(usual - 1) <= hour ? phrases.day : duration(usual);
  },
};

/** From Monday to Friday. */
const businessDays: Ruler = {
  at: (time) => {
    const day = Math.floor(time) + 3;
    return Math.floor(day / 7) * 5 + Math.min(4, ((day % 7) + 7) % 7) + time - Math.floor(time);
  },
  fits: (marks, _, usual) => Math.abs(marks - usual) <= hour,
  name: (usual) =>
    Math.round(usual) === 1
      ? phrases.business_day
      : note("step_business_days", { count: Math.round(usual) }),
};

/** Months of the calendar; from the last Friday of one to that of the next it is four weeks or five. */
const months: Ruler = {
  at: (time) => {
    const date = new Date(time * 86_400_000);
    return date.getUTCFullYear() * 12 + date.getUTCMonth();
  },
  fits: (marks, days, usual) => marks === usual && Math.abs(days - usual * 30.437) <= 8,
  name: (usual) => {
    const named: Readonly<Record<number, string>> = {
      ...{ 1: phrases.month, 3: phrases.quarter, 6: phrases.half_year, 12: phrases.year },
    };
    return (
      named[usual] ??
      (usual % 12 === 0
        ? note("step_years", { count: usual / 12 })
        : note("step_months", { count: usual }))
    );
  },
};

/** Times that are numbers; whole ones may be years. */
const numbers = (years: boolean): Ruler => ({
  at: (time) => time,
  fits: (marks, _, usual) => Math.abs(marks - usual) <= 0.01 * Math.abs(usual) + 1e-9,
  name: (usual) => (years && usual === 1 ? phrases.year : String(Number(usual.toPrecision(6)))),
});

/** The steps of series in the unit in which the fewest are odd; null where there are fewer than two. */
export function stepsOf(series: readonly TimedSeries[], dated: boolean): Steps | null {
  if (!dated) return measured(series, numbers(areYears(series)));
  const even = measured(series, evenDays);
  if (!even) return null;
  if (Math.abs(even.usual - 1) <= hour && isWorking(series)) {
    const working = measured(series, businessDays);
    return working && working.odd < even.odd ? working : even;
  }
  if (even.usual < 27) return even;
  const monthly = measured(series, months);
  // What is as even in days is one of months, unless it is whole weeks each time.
  const better =
    monthly && (monthly.odd < even.odd || (monthly.odd === even.odd && !areWeeks(series)));
  return better ? monthly : even;
}

/** Steps on a ruler. */
function measured(series: readonly TimedSeries[], ruler: Ruler): Steps | null {
  const total = series.reduce((sum, { times }) => sum + times.length, 0);
  const marks = new Float64Array(total);
  const days = new Float64Array(total);
  const places = new Uint32Array(total);
  const starts = new Float64Array(total);
  let count = 0;
  for (const { from, times } of series) {
    let before = Number.NaN;
    let mark = Number.NaN;
    for (let i = 0; i < times.length; i++) {
      const time = times[i]!;
      const now = ruler.at(time);
      if (time > before) {
        marks[count] = now - mark;
        days[count] = time - before;
        starts[count] = before;
        places[count++] = from + i;
      }
      before = time;
      mark = now;
    }
  }
  if (count < 2) return null;
  const middle = (values: Float64Array) => values.slice(0, count).sort()[count >> 1]!;
  const usual = middle(marks);
  let odd = 0;
  let first = -1;
  let missing = 0;
  const oddSteps: [number, number][] = [];
  for (let i = 0; i < count; i++) {
    if (ruler.fits(marks[i]!, days[i]!, usual)) continue;
    if (odd++ === 0) first = places[i]!;
    if (oddSteps.length < 1000) oddSteps.push([starts[i]!, starts[i]! + days[i]!]);
    const times = Math.round(marks[i]! / usual);
    if (times > 1 && Math.abs(marks[i]! / usual - times) <= 0.02 * times) missing += times - 1;
  }
  return { count, step: ruler.name(usual), odd, first, missing, oddSteps, usual: middle(days) };
}

/** Whether all times lie on days from Monday to Friday, and not on every day of the week. */
const isWorking = (series: readonly TimedSeries[]): boolean =>
  series.every(({ times }) => times.every((time) => (((Math.floor(time) + 3) % 7) + 7) % 7 < 5));

/** Whether whole weeks lie between times, the same number each time. */
const areWeeks = (series: readonly TimedSeries[]): boolean => {
  const [first] = series;
  const week = first && first.times.length > 1 ? first.times[1]! - first.times[0]! : 0;
  return (
    week % 7 === 0 &&
    series.every(({ times }) => times.every((time, i) => i === 0 || time - times[i - 1]! === week))
  );
};

const areYears = (series: readonly TimedSeries[]): boolean =>
  series.every(({ times }) =>
    times.every((time) => Number.isInteger(time) && time >= 1500 && time <= 2200),
  );

/** Days as a person says them. */
function duration(days: number): string {
  const seconds = Number((days * 86_400).toPrecision(6));
  const units = [
    ["d", 86_400],
    ["h", 3600],
    ["min", 60],
    ["s", 0],
  ] as const;
  const [unit, size] = units.find(([, least]) => seconds >= least) ?? units[3];
  return `${Number((seconds / (size || 1)).toPrecision(4))} ${unit}`;
}
