import { EspejoError } from "../../errors.ts";
import { dateShape } from "../cells/dates.ts";
import { isMark } from "../cells/marks.ts";
import { signOf, withoutSign } from "../cells/sign.ts";
import { note } from "../terms/notes.ts";
import type { SkippedLine } from "../terms/table.ts";
import type { Dialect } from "./dialect.ts";
import type { TextRecord } from "./records.ts";

/** Where a file's rows begin and what its columns are called. */
export interface Header {
  readonly names: readonly string[];
  readonly header: boolean;
  /** Records of the head that are rows. */
  readonly rows: readonly TextRecord[];
  readonly skipped: readonly SkippedLine[];
  /** Names given to columns that have none in the header. */
  readonly added: readonly string[];
  /** The header has no name for the first column, as R writes it. */
  readonly shifted: boolean;
}

/** Decides whether the first record names the columns, and whether the one below it is a row. */
export function findHeader(dialect: Dialect, path: string, stated?: boolean): Header {
  const { records, preamble } = dialect;
  const first = records[0];
  if (!first) throw new EspejoError("file_empty", { path });
  const below = records.slice(1);
  const short = isShort(first.fields, below);
  const shifted = short && below.some(({ fields }) => fields.at(-1) !== "");
  const given = short
    ? shifted
      ? [rowNames, ...first.fields]
      : [...first.fields, ""]
    : first.fields;
  const header = stated ?? isHeader(given, below);
  const names = header
    ? given.map((name, i) => name || `column_${i + 1}`)
    : records
        .reduce((a, b) => (b.fields.length > a.length ? b.fields : a), first.fields)
        .slice(0, first.fields.length)
        .map((_, i) => `column_${i + 1}`);
  checkNames(names, path);
  const added = header ? names.filter((_, i) => given[i] === "") : [];
  let rows = header ? below : records;
  const skipped: SkippedLine[] = preamble.map(({ line, text }) => ({
    line,
    text,
    why: note("line_preamble"),
  }));
  const odd = header ? notARow(names, rows) : undefined;
  if (odd) {
    skipped.push(odd);
    rows = rows.slice(1);
  }
  return { names, header, rows, skipped, added, shifted: header && shifted };
}

/** What R calls the column that its headers leave out. */
const rowNames = "rownames";

/** Whether a first record is one field shorter than all others: a header that leaves one out. */
function isShort(first: readonly string[], below: readonly TextRecord[]): boolean {
  return (
    first.length > 1 &&
    below.length > 1 &&
    below.every(({ fields }) => fields.length === first.length + 1)
  );
}

function checkNames(names: readonly string[], path: string): void {
  const seen = new Map<string, number>();
  names.forEach((name, i) => {
    const before = seen.get(name);
    if (before !== undefined) {
      throw new EspejoError("column_duplicate", {
        path,
        column: name,
        first: before + 1,
        second: i + 1,
      });
    }
    seen.set(name, i);
  });
}

const numeric = /^[+-]?[\d.,'’ ]*\d[\d.,]*([eE][+-]?\d+)?$/;
const kindOf = (cell: string) =>
  numeric.test(withoutSign(cell, signOf([cell]))) ? "number" : dateShape([cell]) ? "date" : "text";

/** Names are texts, each once; they do not look like the cells below them. */
function isHeader(names: readonly string[], rows: readonly TextRecord[]): boolean {
  const filled = names.filter((name) => name !== "");
  if (filled.length === 0 || new Set(filled).size < filled.length) {
    // Twice the same text above columns of numbers is a header with a mistake.
    return (
      filled.length > 0 &&
      filled.every((n) => kindOf(n) === "text" && !isMark(n)) &&
      names.some(
        (_, i) => rows.length > 0 && rows.every((r) => kindOf(r.fields[i] ?? "") === "number"),
      )
    );
  }
  const counted = filled.filter((name) => kindOf(name) !== "text");
  if (counted.length > 0) {
    // Years as names of columns: 1990, 1991, ...
    const years = counted.map(Number);
    const inOrder = years.every(
      (y, i) => y > 1500 && y < 2200 && (i === 0 || y === years[i - 1]! + 1),
    );
    return counted.length >= 3 && counted.length < filled.length && inOrder;
  }
  if (rows.length === 0) return true;
  let marks = 0;
  let among = 0;
  for (let i = 0; i < names.length; i++) {
    if (isMark(names[i]!) && names[i] !== "") marks++;
    const cells = rows.map((row) => row.fields[i] ?? "").filter((cell) => !isMark(cell));
    if (cells.length > 0 && kindOf(names[i]!) === "text") {
      const others = cells.slice(0, 200).filter((cell) => kindOf(cell) !== "text").length;
      if (others > 0.9 * Math.min(cells.length, 200)) return marks === 0;
    }
    if (cells.includes(names[i]!)) among++;
  }
  // Texts all over: a row's values come back in other rows, names do not.
  return marks === 0 && among === 0;
}

/** A record below the header whose cells are not of the type of all that follow: units, codes. */
function notARow(names: readonly string[], rows: readonly TextRecord[]): SkippedLine | undefined {
  const [first, ...others] = rows;
  if (!first || others.length < 3) return undefined;
  let typed = 0;
  let odd = 0;
  let found: { column: number; type: string } | undefined;
  for (let i = 0; i < names.length; i++) {
    const cells = others.map((row) => row.fields[i] ?? "").filter((cell) => !isMark(cell));
    if (cells.length < 3) continue;
    const sample = cells.slice(0, 300);
    const type = kindOf(sample[0]!);
    if (type === "text" || !sample.every((cell) => kindOf(cell) === type)) continue;
    typed++;
    const cell = first.fields[i] ?? "";
    if (isMark(cell) || kindOf(cell) !== "text") continue;
    odd++;
    found ??= { column: i, type };
  }
  // One bad number in one column is a mistake in a row; a date is what the row is called.
  const named = found?.column === 0 && found.type === "date";
  if (!found || !(named || (odd >= 2 && odd >= typed / 2))) return undefined;
  const { column, type } = found;
  return {
    line: first.line,
    text: first.text,
    why: note("line_not_row", { value: first.fields[column]!, type, column: names[column]! }),
  };
}
