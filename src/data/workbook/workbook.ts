import { EspejoError } from "../../errors.ts";
import { nearest } from "../../nearest.ts";
import { ownFile, type SourceFile } from "../files/files.ts";
import type { Workspace } from "../files/workspace.ts";
import { type Note, note } from "../terms/notes.ts";
import type { Source } from "../terms/source.ts";
import type { ReadOptions } from "../terms/table.ts";
import { csvSource, skippedNotes } from "../text/csv.ts";
import type { Book } from "./book.ts";
import { isOds, odsBook } from "./ods.ts";
import type { SheetRows } from "./sheet-lines.ts";
import { type SheetTable, sheetTable } from "./sheet-table.ts";
import { isXlsx, xlsxBook } from "./xlsx.ts";

/** The formats of workbooks. */
const books = [
  { format: "ods", is: isOds, open: odsBook },
  { format: "xlsx", is: isXlsx, open: xlsxBook },
] as const;

type BookFormat = (typeof books)[number];

/** What kind of workbook a file is, if it is one. */
export const workbookFormat = (file: SourceFile): BookFormat | undefined =>
  books.find(({ is }) => is(file));

/** One sheet of a workbook, read as if it had been saved as CSV: lines are its rows, dates are dates. */
export async function workbookSource(
  path: string,
  file: SourceFile,
  { format, open }: BookFormat,
  options: ReadOptions,
  workspace: Workspace,
): Promise<Source> {
  let book: Book | undefined;
  try {
    book = await open(path, file, workspace);
    const { rows, notes } = await chosenSheet(path, book, options);
    notes.push(...cellNotes(rows));
    const table = await sheetTable(path, rows, workspace);
    const csv = { ...(await ownFile(table.path, file.shown)), name: file.name };
    const header = options.header ?? (table.header.certain || undefined);
    const read = { ...options, delimiter: ",", encoding: "utf-8" } as const;
    const stated = header === undefined ? read : { ...read, header };
    const source = await csvSource(path, [csv], stated, workspace);
    return sheetSource(source, { format, rows, table, notes });
  } catch (error) {
    if (error instanceof EspejoError || "syscall" in (error as Error)) throw error;
    const reason = (error as Error).message.split("\n")[0]!.slice(0, 160);
    throw new EspejoError("workbook_damaged", { path, reason }, { cause: error });
  } finally {
    book?.close();
  }
}

/** A source of lines as one of the rows of a sheet. */
function sheetSource(
  lines: Source,
  sheet: {
    readonly format: BookFormat["format"];
    readonly rows: SheetRows;
    readonly table: SheetTable;
    readonly notes: readonly Note[];
  },
): Source {
  const { format, rows, table, notes } = sheet;
  const source = numbersKnown(lines, rows, table);
  const { detected, lenient } = source;
  const skipped = [...detected.skipped.map(plainLine), ...table.skipped];
  skipped.sort((a, b) => a.line - b.line);
  return {
    ...source,
    detected: { ...detected, format, delimiter: "", quote: "", skipped },
    notes: [
      ...notes,
      ...table.notes,
      ...source.notes.map(plainNote),
      ...skippedNotes(table.skipped, false),
    ],
    ...(lenient && {
      lenient: { ...lenient, source: async () => sheetSource(await lenient.source(), sheet) },
    }),
  };
}

/** The sheet that is asked for, else the first with cells that a person sees. */
async function chosenSheet(
  path: string,
  { sheets, rows }: Book,
  { sheet }: ReadOptions,
): Promise<{ rows: SheetRows; notes: Note[] }> {
  const names = sheets.map(({ name }) => name);
  if (sheet !== undefined) {
    const i = sheetNumber(path, names, sheet);
    const read = await rows(i);
    if (isEmpty(read)) throw new EspejoError("sheet_empty", { path, sheet: names[i]! });
    return { rows: read, notes: [] };
  }
  const places = names.map((_, i) => i);
  const order = [
    ...places.filter((i) => !sheets[i]!.hidden),
    ...places.filter((i) => sheets[i]!.hidden),
  ];
  for (const i of order) {
    const read = await rows(i);
    if (isEmpty(read)) continue;
    const others = places.filter((k) => k !== i);
    const called = (hidden: boolean): readonly string[] =>
      others.filter((k) => sheets[k]!.hidden === hidden).map((k) => names[k]!);
    const notes: Note[] = [];
    const [sheet, shown, unseen] = [names[i]!, called(false), called(true)];
    if (shown.length > 0) notes.push(note("sheet_chosen", { sheet, others: shown }));
    if (unseen.length > 0)
      notes.push(note("sheets_hidden", { sheet, count: unseen.length, names: unseen }));
    return { rows: read, notes };
  }
  throw new EspejoError("sheet_empty", { path, sheet: names.join(", ") });
}

const isEmpty = ({ filled }: SheetRows): boolean => !filled.some((count) => count > 0);

function sheetNumber(path: string, names: readonly string[], sheet: string): number {
  const same = names.findIndex((name) => name.toLowerCase() === sheet.toLowerCase());
  if (same >= 0) return same;
  if (/^[1-9]\d*$/.test(sheet) && Number(sheet) <= names.length) return Number(sheet) - 1;
  const closest = nearest(sheet, names) ?? "";
  throw new EspejoError("sheet_unknown", {
    path,
    sheet,
    nearest: closest,
    sheets: names.join(", "),
  });
}

/** What of the cells of a sheet is read as missing, or though it is not shown. */
function cellNotes({ errors, formulas, hidden }: SheetRows): Note[] {
  const notes: Note[] = [];
  if (errors > 0) notes.push(note("workbook_errors", { count: errors }));
  if (formulas.count > 0) notes.push(note("workbook_formulas", formulas));
  if (hidden > 0) notes.push(note("workbook_hidden", { count: hidden }));
  return notes;
}

/**
 * Columns of which all cells are numbers to the workbook are numbers, however those of other columns are written as
 * text: their type is known.
 */
function numbersKnown(source: Source, rows: SheetRows, { header, left }: SheetTable): Source {
  const { detected, names } = source;
  const apart = new Set(detected.skipped.map(({ line }) => line - 1));
  const above = detected.header ? header.bottom : header.bottom - 1;
  const known = names.map((_, j) => {
    const cells = rows.columns[left + j];
    if (!cells || cells.numbers === 0 || cells.otherCount > cells.others.length) return false;
    return cells.others.every((row) => row <= above || apart.has(row));
  });
  if (!known.includes(true)) return source;
  return {
    ...source,
    natives: source.natives.map((native, j) => (known[j] ? "DOUBLE" : native)),
    relation: (places) => {
      const numbers = places
        .filter((j) => known[j])
        .map((j) => `TRY_CAST(c${j} AS DOUBLE) AS c${j}`);
      const lines = source.relation(places);
      return numbers.length > 0
        ? `SELECT * REPLACE (${numbers.join(", ")}) FROM (${lines})`
        : lines;
    },
  };
}

/** What a line of cells says. */
const plain = (line: string): string =>
  line
    .replace(/,+$/, "")
    .replace(/","|",|,"/g, " ")
    .replace(/^"|"$/g, "");

const plainLine = <Line extends { readonly text: string }>(line: Line): Line => ({
  ...line,
  text: plain(line.text),
});

const plainNote = (said: Note): Note =>
  said.code === "line_skipped"
    ? note("line_skipped", { ...said.parameters, text: plain(String(said.parameters.text)) })
    : said;
