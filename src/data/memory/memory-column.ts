import { EspejoError, phrases } from "../../errors.ts";
import { inShort, shortened } from "../../schema.ts";
import { isoShape } from "../cells/asked-dates.ts";
import { isCount } from "../cells/counted-dates.ts";
import { type DateReading, daysOfCell } from "../cells/dates.ts";
import { isDigits } from "../cells/layouts.ts";
import type { Marks } from "../cells/marks.ts";
import { greatestNumber, numberParser, plainNumbers } from "../cells/numbers.ts";
import type { Top } from "../columns/columns.ts";
import { type Facts, noFacts } from "../columns/facts.ts";
import type { Candidate } from "../columns/typed.ts";
import type { Sequence } from "../columns/values.ts";

/** What a cell may be in memory; Date is a date, null and undefined are missing. */
export type MemoryValue = string | number | bigint | boolean | Date | null | undefined;

/** A column in memory, as numbers (NaN missing, dates in days) or as texts ("" missing); dates are both. */
export interface MemoryColumn {
  readonly candidate: Candidate;
  readonly numbers?: Float64Array;
  readonly texts?: readonly string[];
  /** Cells that the column cannot hold; they are missing. */
  readonly unread: readonly UnreadCell[];
}

/** A cell by its row, from 0. */
export interface UnreadCell {
  readonly row: number;
  readonly value: string;
}

const day = 86_400_000;

/** Reads values as what they are taken for; `dates` is how those of them are read that are text. */
export function memoryColumn(
  name: string,
  values: ArrayLike<MemoryValue>,
  candidate: Candidate,
  marks: Marks,
  path: string,
  dates: DateReading,
): MemoryColumn {
  const { kind } = candidate;
  const truth = kind === "text" && candidate.truth;
  const written = () => {
    const texts = Array.from(values, (value) => textOf(value, marks));
    return truth ? texts.map((text) => text.toLowerCase()) : texts;
  };
  if (kind !== "number" && kind !== "date") return { candidate, texts: written(), unread: [] };
  const parse = numberParser((kind === "number" && candidate.style) || plainNumbers);
  const unread: UnreadCell[] = [];
  const numbers = new Float64Array(values.length);
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    const number =
      kind === "number" ? numberOf(value, marks, parse) : daysOf(value, marks, candidate, dates);
    if (number === undefined) {
      unread.push({ row: i, value: shortened(String(value)) });
      numbers[i] = Number.NaN;
      continue;
    }
    const cell = { path, line: i + 1, row: i + 1, column: name, value: shortened(String(value)) };
    if (Math.abs(number) >= greatestNumber && !marks.numbers.includes(number)) {
      if (Number.isFinite(number)) throw new EspejoError("cell_huge", cell);
      if (!marks.infinite) throw new EspejoError("cell_infinite", cell);
      numbers[i] = Number.NaN;
    } else {
      numbers[i] = marks.numbers.includes(number) ? Number.NaN : number;
    }
  }
  const texts = kind === "date" || (kind === "number" && !candidate.native);
  return { candidate, numbers, unread, ...(texts && { texts: written() }) };
}

/** Throws `cell_unreadable` where a cell holds values of its own: which of them was meant is not known. */
export function refuseNested(name: string, values: ArrayLike<MemoryValue>, path: string): void {
  if (ArrayBuffer.isView(values)) return;
  const nested = (value: unknown): boolean =>
    /^(object|function|symbol)$/.test(typeof value) &&
    value !== null &&
    !(isDate(value) && !Number.isNaN(value.getTime()));
  const bad = Array.from(values, nested);
  const row = bad.indexOf(true) + 1;
  if (row === 0) return;
  throw new EspejoError("cell_unreadable", {
    ...{ path, line: row, row, column: name, type: phrases.single_value },
    ...{ value: inShort(values[row - 1]), bad: bad.filter(Boolean).length, cells: values.length },
  });
}

/** Dates of another realm, such as those of a test runner's, are no instances of ours. */
export const isDate = (value: unknown): value is Date =>
  Object.prototype.toString.call(value) === "[object Date]";

/** What values are by themselves, before it is asked what texts say. */
export function kindOf(values: ArrayLike<MemoryValue>, marks: Marks): "number" | "date" | "text" {
  if (ArrayBuffer.isView(values)) return "number";
  let kind: "number" | "date" | undefined;
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (value == null || (typeof value === "string" && marks.texts.includes(value.trim())))
      continue;
    const its =
      typeof value === "number" || typeof value === "bigint"
        ? "number"
        : isDate(value)
          ? "date"
          : undefined;
    if (its === undefined || (kind !== undefined && kind !== its)) return "text";
    kind = its;
  }
  return kind ?? "text";
}

export function textOf(value: MemoryValue, { texts }: Marks): string {
  if (value == null || (typeof value === "number" && Number.isNaN(value))) return "";
  const text = isDate(value) ? value.toISOString() : String(value).trim();
  return texts.includes(text) ? "" : text;
}

function numberOf(
  value: MemoryValue,
  marks: Marks,
  parse: (cell: string) => number,
): number | undefined {
  if (value == null) return Number.NaN;
  if (typeof value !== "string") return Number(value);
  if (marks.texts.includes(value.trim())) return Number.NaN;
  const number = parse(value);
  return Number.isNaN(number) ? undefined : number;
}

function daysOf(
  value: MemoryValue,
  marks: Marks,
  candidate: Extract<Candidate, { kind: "date" }>,
  dates: DateReading,
): number | undefined {
  if (value == null) return Number.NaN;
  const { shape } = candidate;
  const counted = shape?.layouts.some((name) => isCount(name) || isDigits(name));
  // A number is what `batches` gives for a date, days since 1970-01-01, unless it counts something else.
  if (typeof value === "number" && (!counted || Number.isNaN(value))) return value;
  const text = typeof value === "string" ? value.trim() : value;
  if (typeof text === "string" && marks.texts.includes(text)) return Number.NaN;
  const days = isDate(text)
    ? text.getTime() / day
    : daysOfCell(String(text), shape ?? isoShape, dates);
  return Number.isNaN(days) ? undefined : days;
}

export function memoryFacts({ numbers, texts, unread }: MemoryColumn): Facts {
  if (texts && !numbers) {
    const filled = texts.filter((text) => text !== "");
    const length = filled.reduce((sum, text) => sum + text.length, 0) / Math.max(1, filled.length);
    return { ...noFacts, cells: filled.length, distinct: new Set(filled).size, length };
  }
  const seen = numbers!.filter((value) => !Number.isNaN(value));
  let minimum = Number.NaN;
  let maximum = Number.NaN;
  let sum = 0;
  let whole = 0;
  for (const value of seen) {
    if (!(value >= minimum)) minimum = value;
    if (!(value <= maximum)) maximum = value;
    sum += value;
    if (Number.isInteger(value)) whole++;
  }
  const mean = sum / seen.length;
  const squares = seen.reduce((total, value) => total + (value - mean) ** 2, 0);
  const deviation = Math.sqrt(squares / seen.length);
  const distinct = new Set(seen).size;
  const bad = unread.length;
  return {
    ...noFacts,
    cells: seen.length + bad,
    bad,
    distinct,
    minimum,
    maximum,
    mean,
    deviation,
    whole,
  };
}

export function memoryTop(texts: readonly string[]): Top {
  const counts = new Map<string, number>();
  for (const text of texts) if (text !== "") counts.set(text, (counts.get(text) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
}

/** Of a column without missing values. */
export function memorySequence({ numbers, texts }: MemoryColumn): Sequence {
  const values: ArrayLike<number | string> = numbers ?? texts!;
  let above = 0;
  let below = 0;
  for (let i = 1; i < values.length; i++) {
    if (values[i]! > values[i - 1]!) above++;
    if (values[i]! < values[i - 1]!) below++;
  }
  const distinct = new Set(Array.from(values)).size;
  const steps = values.length - 1;
  return {
    unique: distinct === values.length,
    rising: above === steps,
    falling: below === steps,
    ascending: steps > 0 ? (steps - below) / steps : 0,
    descending: steps > 0 ? (steps - above) / steps : 0,
    distinct,
  };
}
