import type { Workspace } from "../files/workspace.ts";
import type { Archive } from "../files/zip.ts";
import { dateShown, dateText } from "./sheet-dates.ts";
import { type Area, type Held, SheetLines, type SheetRows, textField } from "./sheet-lines.ts";
import { readXml, unescapeText } from "./sheet-xml.ts";
import type { XlsxFile } from "./xlsx-file.ts";

const mostRows = 1_048_576;
export const mostColumns = 16_384;

/** The cells of a sheet of an Excel workbook. */
export async function xlsxRows(
  archive: Archive,
  part: string,
  workbook: XlsxFile,
  workspace: Workspace,
): Promise<SheetRows> {
  const lines = new SheetLines(workspace);
  let fields: string[] = [];
  let held: Held[] = [];
  let shown: Map<number, string> | undefined;
  let column = 0;
  let cell: Cell = { type: "", style: 0 };
  let value = "";
  let inside = false;
  let formula = false;

  try {
    await readXml(await archive.stream(part), {
      open: (tag, attributes) => {
        if (tag === "row") {
          const row = Number(attributes.r ?? lines.rows + 1);
          if (!(row > lines.rows && row <= mostRows)) throw new Error("its rows are out of order");
          while (lines.rows < row - 1) lines.blank();
          if (isTrue(attributes.hidden)) lines.hide(1);
          fields = [];
          held = [];
          shown = undefined;
          column = 0;
        } else if (tag === "c") {
          if (attributes.r !== undefined) column = columnOf(attributes.r);
          if (column >= mostColumns) throw new Error("its columns are out of bounds");
          cell = { type: attributes.t ?? "n", style: Number(attributes.s ?? 0) };
          value = "";
          formula = false;
        } else if (tag === "f") formula = true;
        else if (tag === "mergeCell") lines.merge(areaOf(attributes.ref ?? ""));
        else if (tag === "col" && isTrue(attributes.hidden)) lines.hide(columnsOf(attributes));
        inside = tag === "v" || tag === "t";
      },
      text: (piece) => {
        if (inside) value += piece;
      },
      close: (tag) => {
        if (tag === "v" || tag === "t") inside = false;
        if (tag === "c") {
          if (cell.type === "e") lines.error();
          // An empty text is a value, too.
          if (formula && value === "" && cell.type !== "str") lines.formula(lines.rows, column);
          fields[column] = fieldOf(cell, value, workbook);
          held[column] = heldBy(cell, value, workbook);
          if (held[column] === "date" && lines.early) {
            const code = workbook.codes[cell.style] ?? "";
            const seen = dateShown(Number(value), code, workbook.from1904);
            shown ??= new Map();
            if (seen !== undefined) shown.set(column, seen);
          }
          column++;
        } else if (tag === "row") lines.add({ fields, held, shown });
      },
      pause: () => lines.pause(),
    });
    return await lines.finish();
  } finally {
    await lines.close();
  }
}

interface Cell {
  readonly type: string;
  readonly style: number;
}

const isTrue = (value: string | undefined): boolean => /^(1|true)$/.test(value ?? "");

const columnsOf = ({ min = "1", max = "1" }: Readonly<Record<string, string>>): number =>
  Math.max(1, Math.min(mostColumns, Number(max) - Number(min) + 1) || 1);

function columnOf(reference: string): number {
  let column = 0;
  for (const letter of reference) {
    const code = letter.charCodeAt(0) & ~32;
    if (code < 65 || code > 90) break;
    column = column * 26 + code - 64;
  }
  return column - 1;
}

function areaOf(reference: string): Area {
  const [from = "", to = from] = reference.split(":");
  const row = (cell: string): number => Number(/\d+$/.exec(cell)?.[0] ?? 1) - 1;
  return { top: row(from), left: columnOf(from), bottom: row(to), right: columnOf(to) };
}

function heldBy({ type, style }: Cell, value: string, { kinds }: XlsxFile): Held {
  if (value === "" || type === "e") return "nothing";
  if (type === "b") return "other";
  if (type === "d") return "date";
  if (type !== "n") return "text";
  const kind = kinds[style] ?? "number";
  return kind === "time" ? "other" : kind;
}

/** A cell as a field: numbers and dates as they are, texts in quotes, "" for nothing and for errors. */
function fieldOf({ type, style }: Cell, value: string, workbook: XlsxFile): string {
  const { texts, kinds, from1904 } = workbook;
  if (value === "" || type === "e") return "";
  if (type === "b") return value === "1" ? "TRUE" : "FALSE";
  if (type === "n") {
    const kind = kinds[style] ?? "number";
    const number = value.trim();
    return kind === "number" ? number : dateText(Number(number), kind, from1904);
  }
  if (type === "d") return value.replace(/T00:00:00(\.0+)?Z?$/, "");
  const text = type === "s" ? texts[Number(value)] : unescapeText(value);
  if (text === undefined) throw new Error("a cell names a text that is not there");
  return textField(text);
}
