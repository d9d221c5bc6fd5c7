import { EspejoError } from "../../errors.ts";
import { nearest } from "../../nearest.ts";
import { ownFile, type SourceFile } from "../files/files.ts";
import type { Workspace } from "../files/workspace.ts";
import { type Archive, openZip } from "../files/zip.ts";
import { type Note, note } from "../terms/notes.ts";
import type { Source } from "../terms/source.ts";
import type { ReadOptions } from "../terms/table.ts";
import { csvSource } from "../text/csv.ts";
import { textLines } from "../text/text-lines.ts";
import { type SheetRows, sheetRows } from "./sheet-rows.ts";
import { readWorkbook, type Workbook } from "./workbook-file.ts";

/** Whether a file is an Excel workbook of today; one with a password is no zip archive but an old container. */
export const isWorkbook = ({ head, name, entries }: SourceFile): boolean =>
  isLocked(head) ||
  entries.some((entry) => /^xl\/workbook\d*\.xml$/.test(entry)) ||
  (entries.length > 0 && /\.xls[xm]$/i.test(name));

const isLocked = (head: Buffer): boolean =>
  head.subarray(0, 4).equals(Buffer.from("d0cf11e0", "hex")) &&
  head.includes(Buffer.from("EncryptedPackage", "utf16le"));

/** One sheet of a workbook, read as if it had been saved as CSV: lines are its rows, dates are dates. */
export async function workbookSource(
  path: string,
  file: SourceFile,
  options: ReadOptions,
  workspace: Workspace,
): Promise<Source> {
  if (isLocked(file.head)) throw new EspejoError("workbook_locked", { path });
  const archive = await openZip(file.path, path);
  try {
    const { rows, notes } = await chosenSheet(path, archive, options, workspace);
    if (rows.errors > 0) notes.push(note("workbook_errors", { count: rows.errors }));
    const csv = await padded(path, rows, workspace);
    const csvFile = await ownFile(csv, file.shown);
    const read = { ...options, delimiter: ",", encoding: "utf-8" } as const;
    const source = await csvSource(path, [csvFile], read, workspace);
    const skipped = source.detected.skipped.map((line) => ({ ...line, text: bare(line.text) }));
    const format = { format: "xlsx", delimiter: "", quote: "" } as const;
    const detected = { ...source.detected, ...format, skipped };
    return { ...source, detected, notes: [...notes, ...source.notes.map(bareNote)] };
  } catch (error) {
    if (error instanceof EspejoError || "syscall" in (error as Error)) throw error;
    const reason = (error as Error).message.split("\n")[0]!.slice(0, 160);
    throw new EspejoError("workbook_damaged", { path, reason }, { cause: error });
  } finally {
    archive.close();
  }
}

async function chosenSheet(
  path: string,
  archive: Archive,
  { sheet }: ReadOptions,
  workspace: Workspace,
): Promise<{ rows: SheetRows; notes: Note[] }> {
  const workbook = await readWorkbook(archive);
  const names = workbook.sheets.map(({ name }) => name);
  const read = (i: number) => sheetRows(archive, workbook.sheets[i]!.part, workbook, workspace);
  if (sheet !== undefined) {
    const i = sheetNumber(path, workbook, sheet);
    const rows = await read(i);
    if (isEmpty(rows)) throw new EspejoError("sheet_empty", { path, sheet: names[i]! });
    return { rows, notes: [] };
  }
  for (let i = 0; i < names.length; i++) {
    const rows = await read(i);
    if (isEmpty(rows)) continue;
    const others = names.filter((_, k) => k !== i).join(", ");
    const notes = others === "" ? [] : [note("sheet_chosen", { sheet: names[i]!, others })];
    return { rows, notes };
  }
  throw new EspejoError("sheet_empty", { path, sheet: names.join(", ") });
}

const isEmpty = ({ filled }: SheetRows): boolean => !filled.some((count) => count > 0);

function sheetNumber(path: string, { sheets }: Workbook, sheet: string): number {
  const names = sheets.map(({ name }) => name);
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

/** More padding than this is no table, and could fill a disk. */
const mostPadding = 50_000_000;

/** Lines of equal length from the header on; those above it, titles, are one field each. */
async function padded(path: string, rows: SheetRows, workspace: Workspace): Promise<string> {
  const { filled, first, end } = rows;
  const used = filled.map((_, i) => i).filter((i) => filled[i]! > 0);
  const span = (i: number): number => end[i]! - first[i]!;
  const usual = commonest(used.slice(0, 5000).map(span));
  const far = commonest(used.slice(0, 5000).map((i) => end[i]!));
  // A title has few cells, or stands alone and does not reach as far as the table.
  const isTitle = (i: number): boolean =>
    filled[i]! * 2 <= usual || (end[i]! < far && (filled[i + 1] ?? 0) === 0);
  const header = used.find((i) => !isTitle(i)) ?? used[0]!;
  const body = used.filter((i) => i >= header);
  const left = body.reduce((least, i) => Math.min(least, first[i]!), mostPadding);
  const right = body.reduce((most, i) => Math.max(most, end[i]!), 0);
  const padding = body.reduce((sum, i) => sum + right - end[i]!, 0);
  if (padding > mostPadding) {
    const cells = filled.reduce((sum, count) => sum + count, 0);
    throw new EspejoError("sheet_sparse", { path, cells, rows: body.length, columns: right });
  }
  async function* equal(): AsyncGenerator<string> {
    let i = 0;
    let held = "";
    for await (const line of textLines(rows.path)) {
      if (i < header && filled[i]! > 0) held += `${oneField(line)}\n`;
      else if (filled[i]! > 0) held += `${line.slice(left)}${",".repeat(right - end[i]!)}\n`;
      else held += "\n";
      i++;
      if (held.length > 1 << 16) {
        yield held;
        held = "";
      }
    }
    yield held;
  }
  return workspace.receive(".csv", equal());
}

/** What a line of cells says. */
const bare = (line: string): string => line.replace(/,+$/, "").replace(/^"|"$/g, "");

const bareNote = (said: Note): Note =>
  said.code === "line_skipped"
    ? note("line_skipped", { ...said.parameters, text: bare(String(said.parameters.text)) })
    : said;

const oneField = (line: string): string => {
  const fields = line.match(/"(?:[^"]|"")*"|[^,]+/g) ?? [];
  const bare = fields.map((field) => field.replace(/^"|"$/g, ""));
  return `"${bare.join(" ")}"`;
};

function commonest(values: readonly number[]): number {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1] || b[0] - a[0])[0]![0];
}
