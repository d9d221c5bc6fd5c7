import { EspejoError } from "../../errors.ts";
import type { GrowingFile } from "../../files.ts";
import type { OutputBatch, OutputBatches, OutputColumn } from "../terms/output.ts";
import { dateSerial, isPlainNumber, type TextKind, textKind } from "./text-cells.ts";
import { numberText } from "./write-text.ts";
import { writeZip } from "./write-zip.ts";
import { sheetEnd, sheetStart, styles, workbookParts } from "./xlsx-parts.ts";

/** What a sheet of Excel holds at most. */
const most = { rows: 1_048_576, columns: 16_384, characters: 32_767 };
const rowsAtOnce = 1024;

/** A cell of a column as XML; "" for a missing one. */
type CellText = (value: string | number | boolean | null | undefined, row: number) => string;

/**
 * Writes rows as an Excel workbook (ECMA-376) of one sheet, batch after batch: numbers as numbers, dates as dates, the header
 * bold and frozen. Columns of text whose cells of the first batch are all numbers, or dates, are so. Throws `xlsx_rows`,
 * `xlsx_columns`, `xlsx_text` and `xlsx_size` for what a sheet cannot hold.
 */
export async function writeXlsx(
  file: GrowingFile,
  path: string,
  columns: readonly OutputColumn[],
  batches: OutputBatches,
): Promise<number> {
  if (columns.length > most.columns)
    throw new EspejoError("xlsx_columns", { path, columns: columns.length });
  let rows = 0;
  async function* sheet(): AsyncGenerator<Uint8Array> {
    let cells: readonly CellText[] | null = null;
    for await (const batch of batches) {
      if (!cells) {
        yield Buffer.from(sheetStart(widths(columns, batch)) + headerRow(columns));
        cells = columns.map((column, j) => cellText(path, column, kindOf(column, batch, j)));
      }
      for (let from = 0; from < batch.rows; from += rowsAtOnce) {
        const to = Math.min(from + rowsAtOnce, batch.rows);
        let text = "";
        for (let i = from; i < to; i++) {
          rows++;
          if (rows >= most.rows) throw new EspejoError("xlsx_rows", { path });
          text += `<row>${cells.map((cell, j) => cell(batch.columns[j]![i], rows)).join("")}</row>`;
        }
        yield Buffer.from(text);
      }
    }
    if (!cells)
      yield Buffer.from(sheetStart(columns.map(({ name }) => name.length)) + headerRow(columns));
    yield Buffer.from(sheetEnd);
  }
  const entries = [
    ...workbookParts.map(([name, text]) => ({ name, parts: whole(text) })),
    { name: "xl/worksheets/sheet1.xml", parts: sheet() },
  ];
  await writeZip(file, entries, {
    deflate: true,
    tooLarge: new EspejoError("xlsx_size", { path }),
  });
  return rows;
}

async function* whole(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text);
}

const kindOf = ({ type }: OutputColumn, batch: OutputBatch, j: number): TextKind =>
  type === "text" ? textKind(batch.columns[j]!, batch.rows) : "text";

const headerRow = (columns: readonly OutputColumn[]): string =>
  `<row>${columns.map(({ name }) => inline(name, styles.bold)).join("")}</row>`;

/** Characters that the columns show, as far as the first rows tell. */
const widths = (
  columns: readonly OutputColumn[],
  { rows, columns: cells }: OutputBatch,
): number[] =>
  columns.map(({ name, type }, j) => {
    const shown = Array.from({ length: Math.min(rows, 100) }, (_, i) =>
      cells[j]![i] == null ? 0 : type === "text" ? String(cells[j]![i]).length : 10,
    );
    return Math.max(name.length, ...shown);
  });

function cellText(path: string, { name, type }: OutputColumn, kind: TextKind): CellText {
  if (type === "boolean")
    return (value) => (value == null ? empty : `<c t="b"><v>${value ? 1 : 0}</v></c>`);
  if (type !== "text") {
    const digits = numberText(type);
    return (value) => {
      if (value == null || Number.isNaN(value)) return empty;
      // a number that Excel has none for
      if (!Number.isFinite(Number(value))) return '<c t="e"><v>#NUM!</v></c>';
      return `<c><v>${digits(Number(value))}</v></c>`;
    };
  }
  return (value, row) => {
    if (value == null || value === "") return empty;
    const text = String(value);
    const serial = kind === "date" ? dateSerial(text) : null;
    if (serial !== null)
      return `<c s="${text.length > 10 ? styles.moment : styles.date}"><v>${serial}</v></c>`;
    if (kind === "number" && isPlainNumber(text)) return `<c><v>${text}</v></c>`;
    if (text.length > most.characters)
      throw new EspejoError("xlsx_text", { path, row, column: name });
    return inline(text, styles.usual);
  };
}

const empty = "<c/>";

const inline = (text: string, style: number): string =>
  `<c s="${style}" t="inlineStr"><is><t xml:space="preserve">${escaped(text)}</t></is></c>`;

/** A text as the format writes it: `_x0007_` stands for a character that XML cannot hold. */
const escaped = (text: string): string =>
  text
    .replace(/_(?=x[0-9a-fA-F]{4}_)/g, "_x005F_")
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what XML forbids
    .replace(/[\x00-\x08\x0b\x0c\x0d\x0e-\x1f\ufffe\uffff]/g, (mark) => {
      const code = mark.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0");
      return `_x${code}_`;
    })
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;");
