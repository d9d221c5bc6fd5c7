import type { Decimal, Thousands } from "../terms/table.ts";

/** How numbers are written. */
export interface NumberStyle {
  readonly decimal: Decimal;
  readonly thousands: Thousands;
}

export const plainNumbers: NumberStyle = { decimal: ".", thousands: "none" };

const marks = { ".": "\\.", ",": ",", " ": "[ \u00a0\u202f]", "'": "['’]", none: "" } as const;

/** A pattern for a whole cell, for JavaScript and for RE2 alike. */
export function numberPattern({ decimal, thousands }: NumberStyle): string {
  const digits = thousands === "none" ? "\\d+" : `(?:\\d+|\\d{1,3}(?:${marks[thousands]}\\d{3})+)`;
  const point = marks[decimal];
  return `^[+-]?(?:${digits}(?:${point}\\d*)?|${point}\\d+)(?:[eE][+-]?\\d+)?$`;
}

/** A cell as number, NaN where it is none; the same bits as `numberSql`. */
export function parseNumber(cell: string, style: NumberStyle): number {
  if (!new RegExp(numberPattern(style)).test(cell)) return Number.NaN;
  return Number(normalise(cell, style));
}

function normalise(cell: string, { decimal, thousands }: NumberStyle): string {
  if (thousands !== "none") cell = cell.replace(new RegExp(marks[thousands], "g"), "");
  return decimal === "," ? cell.replace(",", ".") : cell;
}

/** A text column as DOUBLE, NULL where a cell is no number. */
export function numberSql(column: string, style: NumberStyle): string {
  const { decimal, thousands } = style;
  if (decimal === "." && thousands === "none") return `TRY_CAST(${column} AS DOUBLE)`;
  const cell = `trim(${column})`;
  let digits = cell;
  if (thousands !== "none")
    digits = `regexp_replace(${digits}, '${sql(marks[thousands])}', '', 'g')`;
  if (decimal === ",") digits = `replace(${digits}, ',', '.')`;
  const pattern = sql(numberPattern(style));
  return `CASE WHEN regexp_matches(${cell}, '${pattern}') THEN TRY_CAST(${digits} AS DOUBLE) END`;
}

function sql(pattern: string): string {
  return pattern.replaceAll("'", "''");
}

/**
 * The style that reads the most cells of columns of numbers. Where several do, a plain point wins, then
 * the point or the comma that goes with the delimiter: a semicolon is what decimal commas ask for.
 */
export function detectNumbers(
  columns: readonly (readonly string[])[],
  delimiter: string,
  stated: { decimal?: Decimal | undefined; thousands?: Thousands | undefined },
): NumberStyle & { ambiguous: string | undefined } {
  const local: NumberStyle[] = [
    { decimal: ",", thousands: "." },
    { decimal: ".", thousands: "," },
  ];
  const styles: NumberStyle[] = [
    plainNumbers,
    ...(delimiter === "," ? local.reverse() : local),
    { decimal: ",", thousands: " " },
    { decimal: ".", thousands: " " },
    { decimal: ".", thousands: "'" },
    { decimal: ",", thousands: "'" },
    { decimal: ",", thousands: "none" },
  ].filter(
    (style) =>
      style.decimal === (stated.decimal ?? style.decimal) &&
      style.thousands === (stated.thousands ?? style.thousands),
  ) as NumberStyle[];
  const broad = /^[+-]?[\d.,'’ \u00a0\u202f]*\d[\d.,]*([eE][+-]?\d+)?$/;
  const cells = columns
    .filter((column) => column.filter((cell) => broad.test(cell)).length >= 0.9 * column.length)
    .flat();
  let best = styles[0] ?? { decimal: stated.decimal ?? ".", thousands: stated.thousands ?? "none" };
  let most = -1;
  let rival: NumberStyle | undefined;
  for (const style of styles) {
    const pattern = new RegExp(numberPattern(style));
    let read = 0;
    for (const cell of cells) if (pattern.test(cell)) read++;
    if (read === most && rival === undefined && style.decimal !== best.decimal) rival = style;
    if (read > most) {
      most = read;
      best = style;
      rival = undefined;
    }
  }
  return { ...best, ambiguous: rival && ambiguousCell(cells, best, rival, delimiter) };
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
