/** What the cells of a column of text look like: numbers and dates among them are more than text to a spreadsheet. */
export type TextKind = "number" | "date" | "text";

const isoDate = /^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,6})?)?)?$/;

/** A number in the one way that gives it back: no zeros before it, no digits beyond those of a double. */
export const isPlainNumber = (text: string): boolean =>
  /^-?(0|[1-9]\d{0,14})(\.\d{1,15})?$/.test(text) && String(Number(text)) === text;

/** What all filled cells of some are; text where none is filled. */
export function textKind(cells: ArrayLike<unknown>, rows: number): TextKind {
  let kind: TextKind | null = null;
  for (let i = 0; i < rows; i++) {
    const cell = cells[i];
    if (cell == null || cell === "") continue;
    const text = String(cell);
    const own = isPlainNumber(text) ? "number" : dateSerial(text) !== null ? "date" : "text";
    if (own === "text" || (kind !== null && kind !== own)) return "text";
    kind = own;
  }
  return kind ?? "text";
}

const day = 86_400_000;
/** Day 0 of spreadsheets, as of March 1900; before that their calendar has a day that never was. */
const dayZero = Date.UTC(1899, 11, 30);
const first = Date.UTC(1900, 2, 1);

/** A date as spreadsheets count it, in days; null for what is none, or one that they cannot hold. */
export function dateSerial(text: string): number | null {
  if (!isoDate.test(text)) return null;
  const time = Date.parse(`${text.replace(" ", "T")}${text.length > 10 ? "Z" : ""}`);
  const real =
    !Number.isNaN(time) && new Date(time).toISOString().slice(0, 10) === text.slice(0, 10);
  return real && time >= first ? (time - dayZero) / day : null;
}
