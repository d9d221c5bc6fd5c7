import { literal } from "../terms/sql.ts";
import type { Decimal, NumberStyle, Thousands } from "../terms/table.ts";
import { trimSql } from "./marks.ts";
import { aroundSign, signOf } from "./sign.ts";

/** Numbers from here on cannot be computed with: their squares are beyond double precision. */
export const greatestNumber = 1e150;

export const plainNumbers: NumberStyle = { decimal: ".", thousands: "none" };

/** What each mark of numbers looks like in a pattern. */
export const markPatterns = {
  ".": "\\.",
  ",": ",",
  " ": "[ \u00a0\u202f]",
  "'": "['’]",
  none: "",
} as const;

/** A pattern for the digits of a whole cell, for JavaScript and for RE2 alike. */
export function numberPattern({ decimal, thousands }: NumberStyle): string {
  const digits =
    thousands === "none" ? "\\d+" : `(?:\\d+|\\d{1,3}(?:${markPatterns[thousands]}\\d{3})+)`;
  const point = markPatterns[decimal];
  return `^[+-]?(?:${digits}(?:${point}\\d*)?|${point}\\d+)(?:[eE][+-]?\\d+)?$`;
}

export type Step = readonly [pattern: string, replacement: string];

/** What is taken from a cell, in this order, before its digits are looked at; `$1` stands for what is kept. */
export function stepsOf({ sign, accounting, flags }: NumberStyle): readonly Step[] {
  const parentheses: Step = ["^\\(\\s*([^()]+?)\\s*\\)$", "-$1"];
  const dash: Step = ["^[\u2212\u2013]\\s*(.*)$", "-$1"];
  const behind: Step = ["^([^-\u2212].*\\S)\\s*[-\u2212]$", "-$1"];
  return [
    ...(accounting ? [parentheses, dash, behind] : []),
    ...(flags ? [["^(.*\\d)\\s+[A-Za-z]{1,2}$", "$1"] as const] : []),
    ...(sign === undefined ? [] : [[aroundSign(sign), "$1"] as const]),
    ...(accounting && sign !== undefined ? [parentheses, behind] : []),
  ];
}

const isPlain = (style: NumberStyle): boolean =>
  style.decimal === "." && style.thousands === "none" && stepsOf(style).length === 0;

/** Parses cells of a style: NaN where one is no number; the same bits as `numberSql`. */
export function numberParser(style: NumberStyle): (cell: string) => number {
  const pattern = new RegExp(numberPattern(style));
  const steps = stepsOf(style).map(([from, to]) => [new RegExp(from, "g"), to] as const);
  const apart = style.thousands === "none" ? null : new RegExp(markPatterns[style.thousands], "g");
  return (cell) => {
    let text = cell.trim();
    for (const [from, to] of steps) text = text.replace(from, to);
    if (/^[+-]?inf(inity)?$/i.test(text)) return text.startsWith("-") ? -Infinity : Infinity;
    if (!pattern.test(text)) return Number.NaN;
    if (apart) text = text.replace(apart, "");
    return Number(style.decimal === "," ? text.replace(",", ".") : text);
  };
}

/** One cell as a number. */
export const parseNumber = (cell: string, style: NumberStyle): number => numberParser(style)(cell);

/** A text column as DOUBLE, NULL where a cell is no number. */
export function numberSql(column: string, style: NumberStyle): string {
  if (isPlain(style)) return `TRY_CAST(${column} AS DOUBLE)`;
  const { decimal, thousands } = style;
  let cell = trimSql(column);
  for (const [from, to] of stepsOf(style))
    cell = `regexp_replace(${cell}, ${literal(from)}, ${literal(to.replace("$1", "\\1"))}, 'g')`;
  let digits = cell;
  if (thousands !== "none")
    digits = `regexp_replace(${digits}, ${literal(markPatterns[thousands])}, '', 'g')`;
  if (decimal === ",") digits = `replace(${digits}, ',', '.')`;
  const pattern = literal(numberPattern(style));
  return `CASE WHEN regexp_matches(${cell}, ${pattern}) THEN TRY_CAST(${digits} AS DOUBLE) END`;
}

/** Decimal and thousands marks, those that go with a delimiter first: a semicolon asks for decimal commas. */
function markStyles(delimiter: string, { decimal, thousands }: StatedMarks): NumberStyle[] {
  const local: NumberStyle[] = [
    { decimal: ",", thousands: "." },
    { decimal: ".", thousands: "," },
  ];
  const all: NumberStyle[] = [
    plainNumbers,
    ...(delimiter === "," ? local.reverse() : local),
    { decimal: ",", thousands: " " },
    { decimal: ".", thousands: " " },
    { decimal: ".", thousands: "'" },
    { decimal: ",", thousands: "'" },
    { decimal: ",", thousands: "none" },
  ];
  const fitting = all.filter(
    (style) =>
      style.decimal === (decimal ?? style.decimal) &&
      style.thousands === (thousands ?? style.thousands),
  );
  if (fitting.length > 0) return fitting;
  return [{ decimal: decimal ?? ".", thousands: thousands ?? "none" }];
}

/** Marks of numbers that are stated for a whole table. */
export interface StatedMarks {
  readonly decimal?: Decimal | undefined;
  readonly thousands?: Thousands | undefined;
}

/** The numbers of a table: their marks, and a cell that could as well mean another number. */
export interface TableMarks extends NumberStyle {
  readonly ambiguous: string | undefined;
}

const broad = /^[+-]?[\d.,'’ \u00a0\u202f]*\d[\d.,]*([eE][+-]?\d+)?$/;

/**
 * The marks that read the most cells of columns of numbers. Where several do, a plain point wins, then the point or
 * the comma that goes with the delimiter.
 */
export function tableMarks(
  columns: readonly (readonly string[])[],
  delimiter: string,
  stated: StatedMarks,
): TableMarks {
  const cells = columns
    .filter((column) => column.filter((cell) => broad.test(cell)).length >= 0.9 * column.length)
    .flat();
  const { best, rival } = bestStyle(cells, markStyles(delimiter, stated));
  if (!rival) return { ...best, ambiguous: undefined };
  const grouped = columns.some((column) => thousandsShown(column));
  const chosen = grouped && delimiter !== "," && isPlain(best) ? rival : best;
  return {
    ...chosen,
    ambiguous: ambiguousCell(cells, chosen, chosen === best ? rival : best, delimiter),
  };
}

/** Whether a point in a column can only part thousands: it always does, and smaller numbers have none. */
function thousandsShown(column: readonly string[]): boolean {
  const marked = column.filter((cell) => cell.includes("."));
  return (
    marked.length > 0 &&
    marked.every((cell) => /^[+-]?[1-9]\d{0,2}(\.\d{3})+$/.test(cell)) &&
    column.some((cell) => /^[+-]?\d{1,3}$/.test(cell))
  );
}

function bestStyle(
  cells: readonly string[],
  styles: readonly NumberStyle[],
): { best: NumberStyle; rival: NumberStyle | undefined; most: number } {
  let best = styles[0]!;
  let most = -1;
  let rival: NumberStyle | undefined;
  for (const style of styles) {
    const parse = numberParser(style);
    let read = 0;
    for (const cell of cells) if (!Number.isNaN(parse(cell))) read++;
    if (read === most && rival === undefined && style.decimal !== best.decimal) rival = style;
    if (read > most) {
      most = read;
      best = style;
      rival = undefined;
    }
  }
  return { best, rival, most };
}

/** A cell that two styles read as different numbers, where there is reason to doubt. */
function ambiguousCell(
  cells: readonly string[],
  best: NumberStyle,
  rival: NumberStyle,
  delimiter: string,
): string | undefined {
  const marked = cells.filter((cell) => /[.,]/.test(cell));
  const differs = (cell: string) => parseNumber(cell, best) !== parseNumber(cell, rival);
  if (best.decimal === "." && best.thousands === "none" && delimiter === ",") return undefined;
  return marked.length > 0 && marked.every((c) => differs(c) && !/^[+-]?0/.test(c))
    ? marked[0]
    : undefined;
}

/** How a column writes its numbers, and how many of its cells that style reads. */
export interface ColumnStyle {
  readonly style: NumberStyle;
  readonly read: number;
}

/** The style of a column: that of its table where it reads all, else the one that reads the most cells. */
export function columnStyle(
  cells: readonly string[],
  table: NumberStyle,
  delimiter: string,
  stated: StatedMarks,
): ColumnStyle {
  const { decimal, thousands } = table;
  const count = (style: NumberStyle): number => {
    const parse = numberParser(style);
    return cells.filter((cell) => !Number.isNaN(parse(cell))).length;
  };
  const sign = signOf(cells);
  const beside = sign === undefined ? {} : { sign };
  const extras = [beside, { ...beside, accounting: true }, { ...beside, flags: true }];
  let best: ColumnStyle = { style: { decimal, thousands, ...beside }, read: -1 };
  for (const extra of extras) {
    for (const marks of [{ decimal, thousands }, ...markStyles(delimiter, stated)]) {
      const style: NumberStyle = { ...marks, ...extra };
      const read = count(style);
      if (read > best.read) best = { style, read };
      if (best.read === cells.length) return best;
    }
  }
  return best;
}

/** The style that an example shows, such as "1.234,5", "(1,200.00)" or "12 %"; null where it is no number. */
export function styleOfExample(example: string): NumberStyle | null {
  const cell = example.trim();
  const last = /[.,](?=\d*\D*$)/.exec(cell)?.[0];
  const groups = cell.match(/[.,]/g)?.length ?? 0;
  const three = last !== undefined && /[.,]\d{3}(\D|$)/.test(cell.slice(cell.lastIndexOf(last)));
  const alone = new Set(cell.match(/[.,]/g)).size === 1;
  // One mark before three digits, or the same mark twice, parts thousands.
  const parts = alone && (three || groups > 1);
  const decimal: Decimal =
    last === undefined ? "." : parts ? (last === "." ? "," : ".") : (last as Decimal);
  const found = columnStyle([cell], { decimal, thousands: "none" }, decimal === "," ? ";" : ",", {
    decimal,
  });
  return found.read === 1 ? found.style : null;
}
