import { type DateReading, daysOfCell, daysSql, isoDate, layoutNames } from "../cells/dates.ts";
import { offsetTextSql } from "../cells/layout-days.ts";
import { isDigits, layoutOf } from "../cells/layouts.ts";
import { oneOffset, placeOf } from "../cells/offsets.ts";
import type { Zone } from "../cells/zones.ts";
import type { Database } from "../native/database.ts";
import { type Note, note } from "../terms/notes.ts";
import type { Source } from "../terms/source.ts";
import type { DateOrder, DatesRead } from "../terms/table.ts";
import type { Candidate } from "./typed.ts";

/** A column of dates that are written as text or numbers. */
export interface WrittenDates {
  readonly name: string;
  /** Of layouts and counts, the order of day and month chosen. */
  readonly layouts: readonly string[];
  readonly timed: boolean;
}

/** How many cells of a column are written in which way. */
export interface WrittenCounts {
  readonly layouts: readonly number[];
  /** Cells with a time, by what they say of their offset from UTC; "" where that is nothing. */
  readonly offsets: readonly (readonly [offset: string, count: number])[];
}

/** The columns of a source whose dates are no DATE or TIMESTAMP. */
export function writtenDates(
  names: readonly string[],
  candidates: readonly Candidate[],
  reading: DateReading,
): readonly (WrittenDates & { readonly i: number })[] {
  return candidates.flatMap((candidate, i) =>
    candidate.kind === "date" && !candidate.native && candidate.shape
      ? [
          {
            ...{ i, name: names[i]!, timed: candidate.shape.timed },
            layouts: layoutNames(candidate.shape, reading),
          },
        ]
      : [],
  );
}

/** What a table, and a model that learns from it, keep of how dates were read. */
export function detectedDates(
  written: readonly WrittenDates[],
  order: DateOrder,
  zone: Zone | null,
  clocks: ReadonlyMap<string, string>,
): DatesRead {
  // Dates that a format knows as dates, and quarters, have no order of day and month.
  const ordered = written.some(({ layouts }) => layouts.some((name) => inEveryOrder.test(name)));
  const layouts = Object.fromEntries(written.map(({ name, layouts }) => [name, layouts]));
  return {
    dates: ordered ? order : null,
    ...(written.length > 0 && { layouts }),
    ...(zone && { zone: zone.name }),
    ...(clocks.size > 0 && { clocks: Object.fromEntries(clocks) }),
  };
}

const inEveryOrder = /^(dd.mm.yy|mm.dd.yy|yy(yy)?[^a-z]mm[^a-z]dd)/;

/** Whether it must be counted how the cells of a column are written, before something is said of it. */
export const isMixed = ({ layouts }: WrittenDates): boolean =>
  layouts.length > 1 || layouts.some((name) => layoutOf(name)?.zoned === true);

const plain: DateReading = { order: "ymd", zone: null };

/** Counts how the cells of a column are written. */
export async function countWritten(
  database: Database,
  relation: string,
  column: string,
  { layouts }: WrittenDates,
): Promise<WrittenCounts> {
  const ways = layouts.map((name) =>
    daysSql(column, { layouts: [name], order: null, timed: false }, plain),
  );
  const counts = ways.map((days) => `count(${days})`);
  const [row] = await database.query(`SELECT ${counts.join(", ")} FROM (${relation})`);
  const zoned = layouts.flatMap((name) => layoutOf(name) ?? []).filter((layout) => layout.zoned);
  const offset = zoned.map((layout) => offsetTextSql(column, layout)).join(", ");
  const offsets =
    zoned.length === 0
      ? []
      : await database.query(
          `SELECT o, count(*) FROM (SELECT coalesce(${offset}) AS o FROM (${relation})) WHERE o IS NOT NULL GROUP BY o ORDER BY count(*) DESC, o LIMIT 50`,
        );
  return {
    layouts: row!.map(Number),
    offsets: offsets.map(([text, count]) => [String(text), Number(count)] as const),
  };
}

/** How new data differ from those that a model learnt from, where times had an offset in one of them only. */
export function offsetNotes(
  { name: column, timed }: WrittenDates,
  before: readonly string[] | undefined,
  { offsets }: WrittenCounts,
): readonly Note[] {
  const had = before?.some((name) => name.endsWith("Z"));
  const has = offsets.some(([offset]) => offset !== "");
  if (before === undefined || had === has || !timed) return [];
  return [note(has ? "dates_offset_found" : "dates_offset_lost", { column })];
}

/** Columns that look like dates and contradict themselves. */
export const doubtNotes = (
  names: readonly string[],
  candidates: readonly Candidate[],
): readonly Note[] =>
  candidates.flatMap((candidate, i) =>
    candidate.kind === "text" && candidate.doubt
      ? [note("dates_contradict", { column: names[i]!, ...candidate.doubt })]
      : [],
  );

/** Whether all cells with a date have a time with its offset, so that they may be of one clock. */
export const areZoned = ({ layouts, offsets }: WrittenCounts): boolean => {
  const total = (counts: readonly number[]): number => counts.reduce((a, b) => a + b, 0);
  const said = offsets.map(([offset, count]) => (offset === "" ? 0 : count));
  return total(said) > 0 && total(said) === total(layouts);
};

/** The clock of a column, where its times have offsets. */
async function clockIn(
  database: Database,
  relation: string,
  column: string,
  { layouts }: WrittenDates,
  counts: WrittenCounts,
): Promise<string | null> {
  if (!areZoned(counts)) return null;
  const one = oneOffset(counts.offsets.map(([offset]) => offset));
  if (one !== undefined) return one;
  const zoned = layouts.flatMap((name) => layoutOf(name) ?? []).filter((each) => each.zoned);
  const said = zoned.map((layout) => offsetTextSql(column, layout)).join(", ");
  const days = daysSql(column, { layouts, order: null, timed: true }, plain);
  const hour = "CAST(floor(round(d * 86400) / 3600) * 3600 AS DOUBLE)";
  const rows = await database.query(
    `SELECT DISTINCT ${hour}, o FROM (SELECT ${days} AS d, coalesce(${said}) AS o FROM (${relation})) WHERE o IS NOT NULL AND d IS NOT NULL`,
  );
  return placeOf(rows.map(([at, offset]) => [Number(at), String(offset)] as const));
}

/** What is to be said of how the dates of a source are written, and whose clocks they are of. */
export async function dateNotes(
  database: Database,
  source: Source,
  written: readonly (WrittenDates & { readonly i: number })[],
  zone: Zone | null,
  prior: DatesRead | undefined,
): Promise<{ readonly notes: readonly Note[]; readonly clocks: ReadonlyMap<string, string> }> {
  const notes: Note[] = [];
  const clocks = new Map<string, string>();
  for (const column of written) {
    const { i, name } = column;
    const before = prior?.layouts?.[name];
    const mixed = isMixed(column) || before?.some((known) => known.endsWith("Z"));
    const counts = mixed
      ? await countWritten(database, source.relation([i]), `c${i}`, column)
      : undefined;
    if (!prior) notes.push(...writtenNotes(column, source.head[i]!, counts, zone));
    else if (counts) notes.push(...offsetNotes(column, before, counts));
    const clock =
      counts && (await clockIn(database, source.relation([i]), `c${i}`, column, counts));
    if (clock) clocks.set(name, clock);
  }
  return { notes, clocks };
}

/** What is to be said of how the dates of a column are written. */
export function writtenNotes(
  { name: column, layouts, timed }: WrittenDates,
  head: readonly string[],
  counts: WrittenCounts | undefined,
  zone: Zone | null,
): readonly Note[] {
  const notes: Note[] = [];
  const [first = ""] = layouts;
  const value = head.find((cell) => /\d/.test(cell)) ?? "";
  const shape = { layouts, order: null, timed: false };
  const iso = isoDate(daysOfCell(value, shape, plain));
  const read = { column, value, iso };
  const unit = units[first];
  if (unit !== undefined) notes.push(note("dates_epoch", { ...read, unit }));
  else if (first === "excel") notes.push(note("dates_excel", read));
  else if (isDigits(first)) notes.push(note("dates_digits", { ...read, layout: first }));
  if (!counts) return notes;
  if (layouts.length > 1) {
    const ways = layouts.map((name, i) => `${name.replace(/Z$/, "")} (${counts.layouts[i]})`);
    notes.push(note("dates_formats", { column, count: layouts.length, formats: ways.join(", ") }));
  }
  const without = counts.offsets.find(([offset]) => offset === "")?.[1] ?? 0;
  const offsets = counts.offsets.filter(([offset]) => offset !== "");
  if (offsets.length > 1) {
    const list = offsets.slice(0, 4).map(([offset]) => offset);
    const formats = `${list.join(", ")}${offsets.length > list.length ? ", ..." : ""}`;
    notes.push(note("dates_offsets", { column, count: offsets.length, formats }));
  }
  if (timed && without > 0 && offsets.length > 0 && !zone)
    notes.push(note("dates_offset_absent", { column, count: without }));
  return notes;
}

const units: Readonly<Record<string, string>> = {
  ...{ seconds: "s", milliseconds: "ms", microseconds: "µs", nanoseconds: "ns" },
};
