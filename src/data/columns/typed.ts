import { type DateShape, dateShape, daysSql, timestampSql } from "../cells/dates.ts";
import { isMark, isWordMark, type Marks, observedSql, textSql, trimSql } from "../cells/marks.ts";
import { type NumberStyle, numberPattern, numberSql } from "../cells/numbers.ts";
import { signOf, withoutSign, withoutSignSql } from "../cells/sign.ts";
import type { ColumnType, DateOrder } from "../terms/table.ts";

/** What the cells of a column seem to be, before the whole file is looked at. */
export type Candidate =
  | {
      readonly kind: "number";
      readonly native: boolean;
      /** A currency or a percent sign that the cells have before or behind them. */
      readonly sign?: string | undefined;
    }
  | { readonly kind: "date"; readonly native: boolean; readonly shape?: DateShape }
  | {
      readonly kind: "text";
      /** Digits with leading zeros. */
      readonly codes?: boolean;
      /** Some cells are numbers, and so many are not. */
      readonly mixed?: { readonly bad: number; readonly value: string };
    }
  | { readonly kind: "nested"; readonly type: string }
  | { readonly kind: "unknown" };

/** The guess for a column of text, from cells of it. */
export function guessText(cells: readonly string[], style: NumberStyle): Candidate {
  const filled = cells.map((cell) => cell.trim()).filter((cell) => !isMark(cell));
  if (filled.length === 0) return { kind: "unknown" };
  const pattern = new RegExp(numberPattern(style));
  const words = filled.filter(isWordMark).length;
  const sign = signOf(filled.filter((cell) => !isWordMark(cell)));
  const numbers = filled.filter(
    (cell) => pattern.test(withoutSign(cell, sign)) || /^[+-]?inf(inity)?$/i.test(cell),
  );
  if (numbers.length > 0 && numbers.length >= 0.9 * (filled.length - words)) {
    const digits = numbers.filter((cell) => /^\d+$/.test(cell));
    const sized = new Set(digits.map((cell) => cell.length)).size === 1;
    const zeros = digits.filter((cell) => /^0\d/.test(cell)).length;
    const codes = zeros > 0 && digits.length === numbers.length && sized;
    return codes ? { kind: "text", codes } : { kind: "number", native: false, sign };
  }
  const shape = dateShape(filled, { words: true });
  return shape ? { kind: "date", native: false, shape } : { kind: "text" };
}

/** The guess for a column to which the format gives a type. */
export function guessNative(type: string, cells: readonly string[]): Candidate {
  if (/^(U?(TINY|SMALL|BIG|HUGE)INT|U?INTEGER|FLOAT|DOUBLE|DECIMAL.*)$/.test(type)) {
    return { kind: "number", native: true };
  }
  if (/^(DATE|TIMESTAMP.*)$/.test(type)) return { kind: "date", native: true };
  if (/^(STRUCT|MAP|UNION|BLOB|BIT|GEOMETRY|VARIANT)|\]$/.test(type))
    return { kind: "nested", type };
  if (type !== "VARCHAR") return { kind: "text" };
  // Text that a format with types keeps as text is no number, but dates often have no other way.
  const filled = cells.filter((cell) => !isMark(cell.trim()));
  const shape = filled.length > 0 ? dateShape(filled) : undefined;
  return shape && shape.order === "ymd" ? { kind: "date", native: false, shape } : { kind: "text" };
}

/** The guess that a stated type makes. */
export function candidateOf(
  type: ColumnType,
  native: string | null,
  cells: readonly string[],
): Candidate {
  const guess = native === null ? undefined : guessNative(native, cells);
  const filled = cells.map((cell) => cell.trim()).filter((cell) => !isMark(cell));
  if (type === "number") {
    const native = guess?.kind === "number";
    return { kind: "number", native, sign: native ? undefined : signOf(filled) };
  }
  if (type !== "date") return { kind: "text" };
  if (guess?.kind === "date") return guess;
  return { kind: "date", native: false, shape: dateShape(filled, { words: true }) ?? isoShape };
}

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
  style: NumberStyle,
  order: DateOrder,
  marks: Marks,
): Reading {
  const varchar = native === null || native === "VARCHAR" ? column : writtenSql(column, native);
  const text = textSql(varchar, marks);
  const written = trimSql(varchar);
  const parsed = parsedSql(column, candidate, style, order);
  return { parsed, value: parsed && observedSql(parsed, marks), text, written };
}

function parsedSql(
  column: string,
  candidate: Candidate,
  style: NumberStyle,
  order: DateOrder,
): string | null {
  if (candidate.kind === "number") {
    if (candidate.native) return `CAST(${column} AS DOUBLE)`;
    const { sign } = candidate;
    return numberSql(sign === undefined ? column : withoutSignSql(column, sign), style);
  }
  if (candidate.kind !== "date") return null;
  if (candidate.native) return daysSql(column);
  const shape = candidate.shape ?? isoShape;
  return daysSql(timestampSql(column, shape, shape.order === "open" ? order : shape.order));
}

/** A typed value as a person writes it: whole floating-point numbers without ".0". */
function writtenSql(column: string, native: string): string {
  if (native !== "DOUBLE" && native !== "FLOAT") return `CAST(${column} AS VARCHAR)`;
  return `CASE WHEN ${column} = trunc(${column}) AND abs(${column}) < 1e15 THEN CAST(CAST(${column} AS BIGINT) AS VARCHAR) ELSE CAST(${column} AS VARCHAR) END`;
}
