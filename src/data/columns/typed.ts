import { type DateShape, dateShape, daysSql, timestampSql } from "../cells/dates.ts";
import { isMark, isWordMark, type Marks, observedSql, textSql, trimSql } from "../cells/marks.ts";
import { columnStyle, numberSql, plainNumbers, type StatedMarks } from "../cells/numbers.ts";
import type { ColumnType, DateOrder, NumberStyle } from "../terms/table.ts";

/** What the cells of a column seem to be, before the whole file is looked at. */
export type Candidate =
  | {
      readonly kind: "number";
      readonly native: boolean;
      /** How they are written, where they are text. */
      readonly style?: NumberStyle;
    }
  | { readonly kind: "date"; readonly native: boolean; readonly shape?: DateShape }
  | {
      readonly kind: "text";
      /** Digits that count nothing: with leading zeros, or more of them than a number keeps. */
      readonly codes?: "zeros" | "digits";
      /** Some cells are numbers, and so many are not. */
      readonly mixed?: { readonly bad: number; readonly value: string };
      /** Cells are true and false, however they are written. */
      readonly truth?: boolean;
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
  const shape = dateShape(filled, { words: true });
  if (shape) return { kind: "date", native: false, shape };
  if (told.length > 0 && told.every((cell) => /^(true|false)$/i.test(cell)))
    return { kind: "text", truth: true };
  return { kind: "text" };
}

const styleOf = (cells: readonly string[], { table, delimiter, stated }: NumberContext) =>
  columnStyle(cells, table, delimiter, stated);

/** Whether digits are codes: some begin with zeros, or are more than a number of double precision keeps. */
function codesOf(cells: readonly string[]): "zeros" | "digits" | undefined {
  if (!cells.every((cell) => /^\d+$/.test(cell))) return undefined;
  if (cells.some((cell) => /^0\d/.test(cell))) return "zeros";
  return cells.some((cell) => !Number.isSafeInteger(Number(cell))) ? "digits" : undefined;
}

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

/** The guess that a stated type makes. */
export function candidateOf(
  type: ColumnType,
  native: string | null,
  cells: readonly string[],
  context: NumberContext,
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
  if (guess?.kind === "date") return guess;
  return { kind: "date", native: false, shape: dateShape(filled, { words: true }) ?? isoShape };
}

const truthOf = (cells: readonly string[]): { truth?: boolean } =>
  cells.length > 0 && cells.every((cell) => /^(true|false)$/i.test(cell)) ? { truth: true } : {};

export const isoShape: DateShape = {
  order: "ymd",
  separator: "-",
  yearDigits: 4,
  monthly: false,
  timed: true,
};

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
  order: DateOrder,
  marks: Marks,
): Reading {
  const varchar = native === null || native === "VARCHAR" ? column : writtenSql(column, native);
  const truth = candidate.kind === "text" && candidate.truth;
  const shown = truth ? truthSql(varchar) : varchar;
  const text = textSql(shown, marks);
  const written = trimSql(shown);
  const parsed = parsedSql(column, varchar, candidate, order);
  return { parsed, value: parsed && observedSql(parsed, marks), text, written };
}

function parsedSql(
  column: string,
  varchar: string,
  candidate: Candidate,
  order: DateOrder,
): string | null {
  if (candidate.kind === "number")
    return candidate.native
      ? `CAST(${column} AS DOUBLE)`
      : numberSql(varchar, candidate.style ?? plainNumbers);
  if (candidate.kind !== "date") return null;
  if (candidate.native) return daysSql(column);
  const shape = candidate.shape ?? isoShape;
  return daysSql(timestampSql(varchar, shape, shape.order === "open" ? order : shape.order));
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
