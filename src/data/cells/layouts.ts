import {
  blank,
  clockFields,
  clockPattern,
  compactClock,
  compactFields,
  either,
  offsetFields,
  offsetPattern,
  timePattern,
} from "./clock.ts";
import { monthWord, weekday } from "./date-words.ts";

/** What a date stands for: a moment or a day, or all days of a week, a month ... of which it is the first. */
export type Period = "moment" | "clock" | "week" | "month" | "quarter" | "half" | "year";

/**
 * A way to write dates, from which both the SQL and the JavaScript that read it are made. Its name shows it, and is
 * what a model file keeps: "dd/mm/yyyy", "yyyy-Qq", "yyyy-Www", "mon yy"; an ending "Z" says that times have their
 * offset from UTC.
 */
export interface Layout {
  readonly name: string;
  readonly period: Period;
  /** Of the whole cell, for JavaScript and RE2 alike, with a group for each field. */
  readonly pattern: string;
  readonly fields: readonly string[];
  /** Cells are looked at in lower case and without accents. */
  readonly words: boolean;
  /** A time of the day may follow; with its offset from UTC if `zoned`. */
  readonly clocked: boolean;
  readonly zoned: boolean;
  /** Cells that DuckDB's own cast reads the same way, and faster. */
  readonly plain: string | null;
}

/** Whether what is written so is a number too. */
export const isDigits = (name: string): boolean =>
  /^(yyyymmdd|yyyymm|yyyy|mm\.yyyy|yyyy\.mm)$/.test(name);

/** A part of a layout: its group, its digits or letters, and the same where no mark parts it from another number. */
interface Part {
  readonly field: string;
  readonly pattern: string;
  readonly tight?: string;
}

const twoDigits = { pattern: "\\d{1,2}", tight: "\\d{2}" };
export const parts: Readonly<Record<string, Part>> = {
  yyyy: { field: "y", pattern: "\\d{4}" },
  yy: { field: "yy", pattern: "\\d{2}" },
  // the year after the first one, of a season: 2019/20, 2019-2020
  nnnn: { field: "n", pattern: "\\d{4}" },
  nn: { field: "n", pattern: "\\d{2}" },
  mon: { field: "mon", pattern: monthWord },
  mm: { field: "m", ...twoDigits },
  dd: { field: "d", ...twoDigits },
  ww: { field: "w", ...twoDigits },
  q: { field: "q", pattern: "[1-4]" },
  // quarters and halves in Roman numerals
  rq: { field: "rq", pattern: "[Ii][Vv]|[Ii]{1,3}" },
  rs: { field: "rs", pattern: "[Ii]{1,2}" },
  s: { field: "s", pattern: "[12]" },
  d: { field: "u", pattern: "[1-7]" },
};
/** The parts of a name, and the marks and letters between them. */
export const cut: RegExp = /trim|week|mon|yyyy|yy|nnnn|nn|mm|dd|ww|rq|rs|q|s|d|[A-Z ./:_'-]/g;
/** Words that are parts of a name. */
export const partWords: Readonly<Record<string, string>> = {
  trim: "(?:trim(?:estre|ester)?|quarter|quartal|qtr|vj|t|q)\\.?",
  week: "(?:week|semana|semaine|setmana|settimana|woche|kw|wk)\\.?",
};
/** What stands behind the number of a day, or of a quarter. */
export const ordinal = "\\.?(?:er|ro|do|to|st|nd|rd|th|º|ª|°)?";
/** What stands between the parts of a date with words. */
export const between = `[ \u00a0\u202f.,/_'-]{0,4}(?:(?:de|del|of|do|di)${blank}{1,4})?`;
/** Blanks around a cell. */
export const edge = "[ \t\u00a0\u202f]*";

/** A time of the day without a date, as a part of the first day of 1970. */
export const clock: Layout = {
  ...{ name: "hh:mm", period: "clock", words: false, clocked: true, zoned: false, plain: null },
  pattern: `^${edge}${timePattern}${edge}$`,
  fields: clockFields,
};

const known = new Map<string, Layout | undefined>();

/** The layout of a name; undefined where it names none. */
export function layoutOf(name: string): Layout | undefined {
  if (!known.has(name)) known.set(name, readName(name));
  return known.get(name);
}

function readName(name: string): Layout | undefined {
  if (name === clock.name) return clock;
  const zoned = name.endsWith("Z");
  const date = zoned ? name.slice(0, -1) : name;
  const cells: readonly string[] = date.match(cut) ?? [];
  const fields = cells.flatMap((part) => parts[part]?.field ?? []);
  const period = periodOf(fields);
  // Few names are made here, others come from files.
  if (date.length > 16 || cells.join("") !== date || new Set(fields).size < fields.length) return;
  const clocked = period === "moment" && fields.includes("d");
  if (period === null || (zoned && !clocked)) return;
  const words = cells.some((part) => part === "mon" || part in partWords);
  const compact = date === "yyyymmdd";
  const body = cells.map((part, i) => {
    const found = parts[part];
    if (part in partWords) return partWords[part]!;
    if (!found) return words ? between : either(part.replace(".", "\\."));
    const tight = [cells[i - 1], cells[i + 1]].some((next) => next !== undefined && next in parts);
    const own = `(${tight && !words ? (found.tight ?? found.pattern) : found.pattern})`;
    return words && (part === "dd" || part === "q") ? own + ordinal : own;
  });
  const time = compact ? compactClock : clockPattern;
  const ending = clocked ? `(?:${time}${zoned ? `(?:${offsetPattern})?` : ""})?` : "";
  const clocks = compact ? compactFields : clockFields;
  const begin = words && clocked ? weekday : "";
  return {
    ...{ name, period, words, clocked, zoned },
    pattern: `^${edge}${begin}${body.join("")}${ending}${edge}$`,
    fields: [...fields, ...(clocked ? [...clocks, ...(zoned ? offsetFields : [])] : [])],
    plain: /^yyyy([-/])mm\1dd$/.test(date) && !zoned ? plainPattern(date) : null,
  };
}

const plainPattern = (date: string): string =>
  `${date.replace("yyyy", "\\d{4}").replace(/mm|dd/g, "\\d{1,2}")}(?:[T ]\\d{1,2}:\\d{2}(?::\\d{2}(?:\\.\\d{1,9})?)?)?`;

/** What fields beside a year stand for, in alphabetical order; those with `whole` need a year of four digits. */
export const periods: Readonly<Record<string, { period: Period; whole?: boolean }>> = {
  "d m": { period: "moment" },
  "d mon": { period: "moment" },
  "u w": { period: "moment", whole: true },
  m: { period: "month" },
  mon: { period: "month" },
  w: { period: "week", whole: true },
  q: { period: "quarter" },
  rq: { period: "quarter" },
  s: { period: "half" },
  rs: { period: "half" },
  "": { period: "year", whole: true },
  n: { period: "year", whole: true },
};

/** What a set of fields stands for; null where it is no date. */
function periodOf(fields: readonly string[]): Period | null {
  const isYear = (field: string): boolean => field === "y" || field === "yy";
  const years = fields.filter(isYear);
  const beside = fields.filter((field) => !isYear(field)).sort();
  const found = periods[beside.join(" ")];
  const dated = years.length === 1 && !(found?.whole && years[0] === "yy");
  return (dated && found?.period) || null;
}
