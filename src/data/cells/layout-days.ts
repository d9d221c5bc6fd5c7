import {
  clockMicroseconds,
  clockSql,
  type Fields,
  offsetMicroseconds,
  offsetSql,
} from "./clock.ts";
import { monthOfWord, monthOfWordSql, plainWords, plainWordsSql } from "./date-words.ts";
import type { Layout } from "./layouts.ts";
import { localSql, offsetOfWall, type Zone } from "./zones.ts";

const day = 86_400e6;

/** Days since 1970-01-01 of a cell, NaN where it is not written so; the same bits as `layoutSql`. */
export function layoutDays(cell: string, layout: Layout, zone: Zone | null): number {
  const x = layoutFields(cell, layout);
  if (!x) return Number.NaN;
  const date = dayOf(x);
  const clock = clockMicroseconds(x);
  if (Number.isNaN(date) || Number.isNaN(clock)) return Number.NaN;
  if (!layout.clocked) return date;
  // Beyond the year 2255 microseconds are more than a number can count one by one.
  const wall = BigInt(date) * BigInt(day) + BigInt(clock);
  const said = layout.zoned ? offsetMicroseconds(x) : null;
  const offset = said ?? (zone ? offsetOfWall(Number(wall), zone) : 0);
  return Number.isNaN(offset) ? Number.NaN : Number(wall - BigInt(offset)) / day;
}

/** The fields of a cell that looks like a layout. */
export function layoutFields(cell: string, { pattern, fields, words }: Layout): Fields | null {
  if (cell.length > longest && cell.trim().length > longest) return null;
  const match = regExpOf(pattern).exec(words ? plainWords(cell) : cell);
  return match && Object.fromEntries(fields.map((name, i) => [name, match[i + 1] ?? ""]));
}

/** No cell of a date is longer, blanks around it left out. */
const longest = 300;

const compiled = new Map<string, RegExp>();
function regExpOf(pattern: string): RegExp {
  const regExp = compiled.get(pattern) ?? new RegExp(pattern);
  compiled.set(pattern, regExp);
  return regExp;
}

/** The first day of what the fields of a date name, NaN where no calendar has it. */
function dayOf(x: Fields): number {
  const { y = "", yy = "", n = "", m = "", mon = "", d = "", w = "", u = "" } = x;
  if (y === "" && yy === "") return 0;
  const year = yy === "" ? Number(y) : Number(yy) + (Number(yy) < 69 ? 2000 : 1900);
  if (w !== "") return dayOfWeek(year, Number(w), Number(u || 1));
  if (n !== "" && Number(n) !== (year + 1) % 10 ** n.length) return Number.NaN;
  const month =
    m !== "" ? Number(m) : mon !== "" ? monthOfWord(mon) : 1 + monthsBefore(x) * monthsIn(x);
  return dayNumber(year, month, d === "" ? 1 : Number(d));
}

const roman = ["", "I", "II", "III", "IV"];
const monthsIn = ({ q = "", rq = "" }: Fields): number => (q || rq ? 3 : 6);
function monthsBefore({ q = "", rq = "", s = "", rs = "" }: Fields): number {
  const number = q || s || roman.indexOf((rq || rs).toUpperCase());
  return number === 0 ? 0 : Number(number) - 1;
}

/** Days since 1970-01-01 of a date, NaN for one like the 30th of February. */
export function dayNumber(year: number, month: number, dayOfMonth: number): number {
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, dayOfMonth);
  const same = date.getUTCMonth() === month - 1 && date.getUTCDate() === dayOfMonth;
  return same ? date.getTime() / 86_400_000 : Number.NaN;
}

/** The day of a week of ISO 8601: week 1 has the 4th of January. */
function dayOfWeek(year: number, week: number, weekday: number): number {
  const monday = mondayOf(year) + 7 * (week - 1);
  const within = week >= 1 && week <= 53 && monday < mondayOf(year + 1);
  return within ? monday + weekday - 1 : Number.NaN;
}

/** The Monday of the first week of a year. */
export function mondayOf(year: number): number {
  const fourth = dayNumber(year, 1, 4);
  return fourth - weekdayOf(fourth);
}

/** From 0, Monday, to 6. */
const weekdayOf = (days: number): number => (((days + 3) % 7) + 7) % 7;

/** A text column as days since 1970-01-01, NULL where a cell is not written so. */
export function layoutSql(column: string, layout: Layout, zone: Zone | null): string {
  const { pattern, fields, words, clocked, zoned, plain } = layout;
  const cell = words ? plainWordsSql(column) : column;
  const names = fields.map((name) => `'${name}'`).join(", ");
  const date = dateSql(fields);
  const wall = `epoch_us(TRY_CAST(${date} || ${clockSql(fields)} AS TIMESTAMP))`;
  const local = (us: string) => (zone ? localSql(us, zone) : us);
  const utc = !clocked
    ? wall
    : zoned
      ? `${wall} - (${offsetSql(zone ? `${wall} - ${local(wall)}` : "0")})`
      : local(wall);
  const found = fields.includes("w") ? weekSql(fields.includes("u")) : utc;
  // A list of one, so that the fields are looked for once.
  const read = `list_transform([regexp_extract(${cell}, ${quoted(pattern)}, [${names}])], lambda x: ${found})[1]`;
  const cast = `epoch_us(TRY_CAST(${column} AS TIMESTAMP))`;
  const micros = plain
    ? `CASE WHEN regexp_full_match(${column}, ${quoted(plain)}) THEN ${local(cast)} ELSE ${read} END`
    : read;
  return `(${micros} / 86400000000.0)`;
}

/** What the cells of a column that have a time say of their offset from UTC, "" where nothing; NULL for other cells. */
export function offsetTextSql(column: string, { pattern, fields, words }: Layout): string {
  const names = fields.map((name) => `'${name}'`).join(", ");
  const cell = words ? plainWordsSql(column) : column;
  const said =
    "CASE WHEN x.h <> '' THEN upper(x.zn) || x.zs || x.zh || CASE WHEN x.zm = '' THEN '' ELSE ':' || x.zm END END";
  return `list_transform([regexp_extract(${cell}, ${quoted(pattern)}, [${names}])], lambda x: ${said})[1]`;
}

const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** The fields of a date as "year-month-day". */
function dateSql(fields: readonly string[]): string {
  const has = (name: string) => fields.includes(name);
  if (!has("y") && !has("yy")) return "CASE WHEN x.h <> '' THEN '1970-1-1' END";
  const year = has("y") ? "x.y" : "CASE WHEN x.yy < '69' THEN '20' ELSE '19' END || x.yy";
  const whole = (value: string) => `TRY_CAST(${value} AS INTEGER)`;
  const numeral = (value: string) =>
    `nullif(list_position(['I', 'II', 'III', 'IV'], upper(${value})), 0)`;
  const months: Readonly<Record<string, string>> = {
    m: "x.m",
    mon: monthOfWordSql("x.mon"),
    q: `${whole("x.q")} * 3 - 2`,
    rq: `${numeral("x.rq")} * 3 - 2`,
    s: `${whole("x.s")} * 6 - 5`,
    rs: `${numeral("x.rs")} * 6 - 5`,
  };
  const month = `CAST(${months[fields.find((field) => field in months) ?? ""] ?? "1"} AS VARCHAR)`;
  const day = has("d") ? "x.d" : "'1'";
  const date = `${year} || '-' || ${month} || '-' || ${day}`;
  if (!has("n")) return date;
  const next = `(${whole("x.y")} + 1) % CASE WHEN length(x.n) = 2 THEN 100 ELSE 10000 END`;
  return `CASE WHEN ${whole("x.n")} = ${next} THEN ${date} END`;
}

/** Microseconds of the day of a week of ISO 8601, by `dayOfWeek`: its Thursday lies in the year of its number. */
function weekSql(weekday: boolean): string {
  const fourth = "(epoch_us(TRY_CAST(x.y || '-01-04' AS TIMESTAMP)) // 86400000000)";
  const monday = `${fourth} - (${fourth} % 7 + 10) % 7 + 7 * (TRY_CAST(x.w AS INTEGER) - 1)`;
  const thursday = `DATE '1970-01-01' + CAST(${monday} + 3 AS INTEGER)`;
  const day = weekday ? `${monday} + TRY_CAST(x.u AS INTEGER) - 1` : monday;
  return `CASE WHEN year(${thursday}) = TRY_CAST(x.y AS INTEGER) THEN 86400000000 * (${day}) END`;
}
