import type { DatesRead } from "../terms/table.ts";
import { isoDate } from "./dates.ts";
import { dayNumber, mondayOf } from "./layout-days.ts";
import { type Layout, layoutOf, type Period } from "./layouts.ts";
import { localText } from "./offsets.ts";

/** As `dateWriter`, for a column of a source; times that have an offset from UTC are told with theirs (`localText`). */
export const columnDates = (
  { layouts, clocks }: DatesRead,
  column: string,
  others: (days: number) => string = isoDate,
): ((days: number) => string) => {
  const own = layouts?.[column];
  const zoned = own?.some((name) => name.endsWith("Z")) ?? false;
  const clock = clocks?.[column];
  const local = (days: number): string => localText(days, { clock, said: zoned }, others);
  return dateWriter(own, zoned || clock !== undefined ? local : others);
};

const monthsOf: Readonly<Partial<Record<Period, number>>> = {
  ...{ month: 1, quarter: 3, half: 6, year: 12 },
};

/**
 * Writes days since 1970-01-01 as a column does that holds weeks, months, quarters, halves or years: "2020Q1". Others,
 * and what no calendar reaches, are written as `others` does.
 */
function dateWriter(
  layouts: readonly string[] = [],
  others: (days: number) => string,
): (days: number) => string {
  const found = layouts.map((name) => layoutOf(name));
  const [first] = found;
  if (!first || found.some((layout) => layout?.period !== first.period)) return others;
  if (first.period === "clock") return (days) => clockText(days);
  const months = monthsOf[first.period];
  if (months === undefined && first.period !== "week") return others;
  return (days) => {
    const year = new Date(days * 86_400_000).getUTCFullYear();
    if (!(year >= 1 && year < 9999)) return isoDate(days);
    return months === undefined ? weekText(days, first) : monthsText(days, months, first);
  };
}

/** A time of the day, to the second where it has some; beyond a day as it is. */
function clockText(days: number): string {
  if (!(days >= 0 && days < 1)) return isoDate(days);
  const text = isoDate(days).slice(11) || "00:00:00";
  return text.replace(/:00$/, "");
}

/** The nearest Monday, as the week that begins with it. */
function weekText(days: number, layout: Layout): string {
  const monday = Math.round((days + 3) / 7) * 7 - 3;
  const thursday = new Date((monday + 3) * 86_400_000);
  const year = thursday.getUTCFullYear();
  return filled(layout, year, { ww: (monday - mondayOf(year)) / 7 + 1 });
}

/** The nearest first day of a month, a quarter ..., as that. */
function monthsText(days: number, months: number, layout: Layout): string {
  const date = new Date(days * 86_400_000);
  const year = date.getUTCFullYear();
  const from = Math.floor(date.getUTCMonth() / months) * months;
  const start = (month: number) => dayNumber(year + Math.floor(month / 12), (month % 12) + 1, 1);
  const month = days - start(from) <= start(from + months) - days ? from : from + months;
  const number = (month % 12) / months + 1;
  const of = year + Math.floor(month / 12);
  return filled(layout, of, { mm: number, q: number, s: number, rq: number, rs: number });
}

const roman = ["", "I", "II", "III", "IV"];

/** How periods are written whose layout has words. */
const plainShapes: Readonly<Partial<Record<Period, string>>> = {
  ...{ week: "yyyy-Www", month: "yyyy-mm", quarter: "yyyyQq" },
};

/** A layout with its numbers; names of months become numbers, words of weeks a W, those of quarters a Q. */
function filled(
  { name, words, period }: Layout,
  year: number,
  numbers: Readonly<Record<string, number>>,
): string {
  const shape = (words && plainShapes[period]) || name;
  const four = (value: number) => String(value).padStart(4, "0");
  return shape.replace(/yyyy|yy|nnnn|nn|mm|ww|rq|rs|q|s/g, (part) => {
    if (part === "yyyy") return four(year);
    if (part === "nnnn") return four(year + 1);
    if (part === "yy" || part === "nn")
      return String((year + (part === "nn" ? 1 : 0)) % 100).padStart(2, "0");
    const number = numbers[part]!;
    if (part.startsWith("r")) return roman[number]!;
    return part.length === 2 ? String(number).padStart(2, "0") : String(number);
  });
}
