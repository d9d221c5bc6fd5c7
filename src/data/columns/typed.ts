import { askedShape, isoShape, knownShape, namedShape, timeShape } from "../cells/asked-dates.ts";
import { type DateDoubt, dateShape } from "../cells/date-shapes.ts";
import { type DateReading, type DateShape, daysSql, nativeDaysSql } from "../cells/dates.ts";
import { isMark, isWordMark, type Marks, observedSql, textSql, trimSql } from "../cells/marks.ts";
import { columnStyle, numberSql, plainNumbers, type StatedMarks } from "../cells/numbers.ts";
import { localSql } from "../cells/zones.ts";
import type { ColumnType, DateOrder, NumberStyle, Role } from "../terms/table.ts";

/** Whether a type of DuckDB is a time on a clock somewhere, not a moment. */
export const isClock = (native: string | null): boolean =>
  native !== null && /^TIMESTAMP(?! WITH)/.test(native);

/** What the cells of a column seem to be, before the whole file is looked at. */
export type Candidate =
  | {
      readonly kind: "number";
      readonly native: boolean;
      /** How they are written, where they are text. */
      readonly style?: NumberStyle;
    }
  | {
      readonly kind: "date";
      readonly native: boolean;
      readonly shape?: DateShape;
      /** What the column is where more than a share of its cells, `most`, are no dates. */
      readonly otherwise?: { readonly candidate: Candidate; readonly most: number };
    }
  | {
      readonly kind: "text";
      /** Digits that count nothing: with leading zeros, or more of them than a number keeps. */
      readonly codes?: "zeros" | "digits";
      /** Some cells are numbers, and so many are not. */
      readonly mixed?: { readonly bad: number; readonly value: string };
      /** Cells are true and false, however they are written. */
      readonly truth?: boolean;
      /** Dates that contradict each other. */
      readonly doubt?: DateDoubt | undefined;
    }
  | { readonly kind: "nested"; readonly type: string }
  | { readonly kind: "unknown" };

/** What is known of the numbers of a source when a column is guessed. */
export interface NumberContext {
  /** The style of most columns. */
  readonly table: NumberStyle;
  readonly delimiter: string;
  readonly stated: StatedMarks;
}

/** The share of cells that may be no number or date in a column that is taken for one. */
export const fewUnread = 0.05;

/** The share of cells that must be numbers for a column to be tried as one. */
const enough = 0.9;

/** The guess for a column of text, from cells of it. */
export function guessText(cells: readonly string[], context: NumberContext): Candidate {
  const filled = cells.map((cell) => cell.trim()).filter((cell) => !isMark(cell));
  if (filled.length === 0) return { kind: "unknown" };
  const told = filled.filter((cell) => !isWordMark(cell));
  const found = styleOf(told, context);
  if (found.read > 0 && found.read >= enough * told.length) {
    const codes = codesOf(told);
    return codes ? { kind: "text", codes } : { kind: "number", native: false, style: found.style };
  }
  const dated = guessDates(cells);
  if (dated.kind === "date") return dated;
  return told.length > 0 && told.every((cell) => /^(true|false)$/i.test(cell))
    ? { kind: "text", truth: true }
    : dated;
}

const styleOf = (cells: readonly string[], { table, delimiter, stated }: NumberContext) =>
  columnStyle(cells, table, delimiter, stated);

/** Whether digits are codes: some begin with zeros, or are more than a number of double precision keeps. */
function codesOf(cells: readonly string[]): "zeros" | "digits" | undefined {
  if (!cells.every((cell) => /^\d+$/.test(cell))) return undefined;
  if (cells.some((cell) => /^0\d/.test(cell))) return "zeros";
  return cells.some((cell) => !Number.isSafeInteger(Number(cell))) ? "digits" : undefined;
}

/** The guess for a column of text that holds no numbers. */
function guessDates(cells: readonly string[]): Candidate {
  const shape = dateShape(withoutMarks(cells));
  if (!shape) return { kind: "text" };
  return "layouts" in shape
    ? { kind: "date", native: false, shape }
    : { kind: "text", doubt: shape };
}

/** Numbers that are dates by the name of their column, and what else can tell time where a column shall. */
export function datedByName(
  candidate: Candidate,
  name: string,
  cells: readonly string[],
  role: Role | undefined,
): Candidate {
  const time = role === "time";
  if (candidate.kind !== "number" && !(time && candidate.kind === "text")) return candidate;
  if (role === "label" || role === "id" || role === "weight") return candidate;
  const filled = withoutMarks(cells);
  const found = time ? { shape: timeShape(filled), most: 0.1 } : namedShape(name, filled);
  if (!found?.shape) return candidate;
  const otherwise = { candidate, most: found.most };
  return { kind: "date", native: false, shape: found.shape, otherwise };
}

/** A candidate whose order of day and month is chosen. */
export const inOrderOf = (candidate: Candidate, order: DateOrder): Candidate =>
  candidate.kind === "date" && candidate.shape?.order === "open"
    ? { ...candidate, shape: { ...candidate.shape, order } }
    : candidate;

/** Cells that say something, those left out that mean a missing one. */
const withoutMarks = (cells: readonly string[]): readonly string[] =>
  cells.map((cell) => cell.trim()).filter((cell) => !isMark(cell) && !isWordMark(cell));

/** The guess for a column to which the format gives a type. */
export function guessNative(
  type: string,
  cells: readonly string[],
  context: NumberContext,
): Candidate {
  if (/^(U?(BIG|HUGE)INT)$/.test(type) && codesOf(cells.filter((cell) => cell !== "")))
    return { kind: "text", codes: "digits" };
  if (/^(U?(TINY|SMALL|BIG|HUGE)INT|U?INTEGER|FLOAT|DOUBLE|DECIMAL.*)$/.test(type)) {
    return { kind: "number", native: true };
  }
  if (/^(DATE|TIMESTAMP.*)$/.test(type)) return { kind: "date", native: true };
  if (/^(STRUCT|MAP|UNION|BLOB|BIT|GEOMETRY|VARIANT)|\]$/.test(type))
    return { kind: "nested", type };
  if (type === "BOOLEAN") return { kind: "text", truth: true };
  return type === "VARCHAR" || type === "JSON" ? guessText(cells, context) : { kind: "text" };
}

/** The guess that a stated type makes; a model may know how its dates were written. */
export function candidateOf(
  type: ColumnType,
  native: string | null,
  cells: readonly string[],
  context: NumberContext,
  known: readonly string[] = [],
): Candidate {
  const guess = native === null ? undefined : guessNative(native, cells, context);
  const filled = cells.map((cell) => cell.trim()).filter((cell) => !isMark(cell));
  if (type === "number") {
    if (guess?.kind === "number") return guess;
    const { style } = styleOf(
      filled.filter((cell) => !isWordMark(cell)),
      context,
    );
    return { kind: "number", native: false, style };
  }
  if (type !== "date")
    return guess?.kind === "text" && guess.truth ? guess : { kind: "text", ...truthOf(filled) };
  if (guess?.kind === "date" && guess.native) return guess;
  const dates = withoutMarks(cells);
  const shape = (known.length > 0 && knownShape(known, dates)) || askedShape(dates);
  return { kind: "date", native: false, shape };
}

const truthOf = (cells: readonly string[]): { truth?: boolean } =>
  cells.length > 0 && cells.every((cell) => /^(true|false)$/i.test(cell)) ? { truth: true } : {};

/** How a column's cells become values in SQL. */
export interface Reading {
  /** DOUBLE, NULL where it could not be read or is missing; null for text. */
  readonly value: string | null;
  /** As `value`, with stated numbers and infinite values still in. */
  readonly parsed: string | null;
  /** VARCHAR, trimmed, NULL where missing. */
  readonly text: string;
  /** VARCHAR, trimmed, as written. */
  readonly written: string;
}

export function readingOf(
  column: string,
  candidate: Candidate,
  native: string | null,
  dates: DateReading,
  marks: Marks,
): Reading {
  const varchar = native === null || native === "VARCHAR" ? column : writtenSql(column, native);
  const truth = candidate.kind === "text" && candidate.truth;
  const shown = truth ? truthSql(varchar) : varchar;
  const text = textSql(shown, marks);
  const written = trimSql(shown);
  const parsed = parsedSql(column, varchar, candidate, native, dates);
  return { parsed, value: parsed && observedSql(parsed, marks), text, written };
}

function parsedSql(
  column: string,
  varchar: string,
  candidate: Candidate,
  native: string | null,
  dates: DateReading,
): string | null {
  if (candidate.kind === "number")
    return candidate.native
      ? `CAST(${column} AS DOUBLE)`
      : numberSql(varchar, candidate.style ?? plainNumbers);
  if (candidate.kind !== "date") return null;
  if (!candidate.native) return daysSql(varchar, candidate.shape ?? isoShape, dates);
  return dates.zone && isClock(native)
    ? `(${localSql(`epoch_us(${column})`, dates.zone)} / 86400000000.0)`
    : nativeDaysSql(column);
}

/** True and false in small letters, as formats with types have them. */
const truthSql = (column: string): string =>
  `CASE WHEN lower(trim(${column})) IN ('true', 'false') THEN lower(trim(${column})) ELSE ${column} END`;

/** A typed value as a person writes it: whole floating-point numbers without ".0", texts of JSON without quotes. */
function writtenSql(column: string, native: string): string {
  if (native === "JSON") return `(${column} ->> '$')`;
  if (native !== "DOUBLE" && native !== "FLOAT") return `CAST(${column} AS VARCHAR)`;
  return `CASE WHEN ${column} = trunc(${column}) AND abs(${column}) < 1e15 THEN CAST(CAST(${column} AS BIGINT) AS VARCHAR) ELSE CAST(${column} AS VARCHAR) END`;
}
