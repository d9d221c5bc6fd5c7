import { literal } from "../terms/sql.ts";

/** Cells that mean "missing" in any column. */
export const usualMarks = ["", "NA", "N/A", "n/a", "#N/A", "?", "-", "NULL", "null", "NaN", "nan"];

/** Words that mean it in a column of numbers or dates. */
const wordMarks = new Set(
  (
    ". .. ... : * -- . na nd n.d. n.a. s/d s.d. none nil missing unknown undefined (null) <na> #na " +
    "desconocido ninguno nulo sin_dato sin_datos sd no_data no_disponible"
  ).split(" "),
);

/** What spreadsheets write where a value is not available: #N/A in the languages of Excel. */
const notAvailable = new Set(
  (
    "#n/a #n/d #nv #n/b #i/t #n/t #ik #yok #hiányzik #saknas! #puuttuu! #ei_kohalda #n/k #лј #н/д #н/д! #δ/υ #לא_זמין " +
    "#není_k_dispozici #nedostupný #getting_data #daten_abrufen #obtention_donnees #chargement_donnees #loading... loading..."
  ).split(" "),
);

/**
 * Whether a text is what a spreadsheet shows for an error, in any language: #DIV/0!, #¡VALOR!, #BEZUG!, #NOMBRE?,
 * #ZÉRÓOSZTÓ!, Err:502. All but the words for "not available" end in ! or ?.
 */
export function isErrorMark(cell: string): boolean {
  return (
    /^#[¡¿]?\p{L}[\p{L}\p{M}/0_'’ .]{1,24}[!?]$/u.test(cell) ||
    /^Err:5\d\d$/i.test(cell) ||
    notAvailable.has(cell.toLowerCase().replaceAll(" ", "_"))
  );
}

export function isMark(cell: string): boolean {
  return usualMarks.includes(cell);
}

/** Whether a text among numbers can only mean that there is none. */
export function isWordMark(cell: string): boolean {
  return wordMarks.has(cell.toLowerCase().replaceAll(" ", "_")) || isErrorMark(cell);
}

/** The marks in force for a file: texts, and numbers that are compared by value. */
export interface Marks {
  readonly texts: readonly string[];
  readonly numbers: readonly number[];
  /** Infinite values are missing ones. */
  readonly infinite: boolean;
}

/** Marks from those that are usual or stated; `not` are words that mean something. */
export function marksOf(stated: readonly string[], not: readonly string[] = []): Marks {
  const texts = [...new Set([...usualMarks, ...stated.map((mark) => mark.trim())])].filter(
    (mark) => !not.includes(mark),
  );
  const numbers = stated.map((mark) => (mark.trim() === "" ? Number.NaN : Number(mark)));
  return {
    texts,
    numbers: numbers.filter(Number.isFinite),
    infinite: stated.some((mark) => /^[+-]?inf(inity)?$/i.test(mark.trim())),
  };
}

/** A text trimmed, NULL where missing. */
export function textSql(column: string, marks: Marks): string {
  return `CASE WHEN ${isMarkSql(trimSql(column), marks)} THEN NULL ELSE ${trimSql(column)} END`;
}

/** Blanks around a cell, which are no part of it. */
export const blanksAround = " \t\u00a0";

export function trimSql(column: string): string {
  return `trim(${column}, ${literal(blanksAround)})`;
}

/** Whether a text is a mark. A list takes one vector of memory, IN one for each mark, and is slower. */
export function isMarkSql(text: string, { texts }: Marks): string {
  return `list_contains([${texts.map(literal).join(", ")}], ${text})`;
}

/** A DOUBLE, NULL where it stands for a missing value. */
export function observedSql(number: string, { numbers, infinite }: Marks): string {
  const missing = [`isnan(${number})`];
  if (infinite) missing.push(`isinf(${number})`);
  if (numbers.length > 0)
    missing.push(`${number} IN (${numbers.map((n) => `${n}::DOUBLE`).join(", ")})`);
  return `CASE WHEN ${missing.join(" OR ")} THEN NULL ELSE ${number} END`;
}
