import { open } from "node:fs/promises";
import type { Workspace } from "../files/workspace.ts";
import type { Archive } from "../files/zip.ts";
import { dateText } from "./sheet-dates.ts";
import { readXml, unescapeText } from "./sheet-xml.ts";
import type { Workbook } from "./workbook-file.ts";

/** The rows of a sheet, a line each, from the first column to the last that has something in it. */
export interface SheetRows {
  readonly path: string;
  /** Row by row: cells with something in them; the first column (from 0) and the one after the last. */
  readonly filled: readonly number[];
  readonly first: readonly number[];
  readonly end: readonly number[];
  /** Cells that hold an error of a formula, such as #N/A. */
  readonly errors: number;
}

const mostRows = 1_048_576;
const mostColumns = 16_384;

/** Writes a sheet as lines of comma-separated cells, texts in quotes, blank rows as blank lines. */
export async function sheetRows(
  archive: Archive,
  part: string,
  workbook: Workbook,
  workspace: Workspace,
): Promise<SheetRows> {
  const path = await workspace.file(".cells");
  const file = await open(path, "w");
  const filled: number[] = [];
  const first: number[] = [];
  const end: number[] = [];
  let errors = 0;
  let held = "";
  let cells: string[] = [];
  let column = 0;
  let cell = { type: "", style: 0 };
  let value = "";
  let inside = false;

  try {
    await readXml(await archive.stream(part), {
      open: (tag, attributes) => {
        if (tag === "row") {
          const row = Number(attributes.r ?? filled.length + 1);
          if (!(row > filled.length && row <= mostRows))
            throw new Error("its rows are out of order");
          for (; filled.length < row - 1; held += "\n") {
            filled.push(0);
            first.push(0);
            end.push(0);
          }
          cells = [];
          column = 0;
        } else if (tag === "c") {
          if (attributes.r !== undefined) column = columnOf(attributes.r);
          if (column >= mostColumns) throw new Error("its columns are out of bounds");
          cell = { type: attributes.t ?? "n", style: Number(attributes.s ?? 0) };
          value = "";
        }
        inside = tag === "v" || tag === "t";
      },
      text: (piece) => {
        if (inside) value += piece;
      },
      close: (tag) => {
        if (tag === "v" || tag === "t") inside = false;
        if (tag === "c") {
          if (cell.type === "e") errors++;
          cells[column++] = textOf(cell, value, workbook);
        } else if (tag === "row") {
          let last = cells.length;
          while (last > 0 && !cells[last - 1]) last--;
          const line = Array.from({ length: last }, (_, i) => cells[i] ?? "");
          filled.push(line.filter((text) => text !== "").length);
          first.push(
            Math.max(
              0,
              line.findIndex((text) => text !== ""),
            ),
          );
          end.push(last);
          held += `${line.join(",")}\n`;
        }
      },
      pause: async () => {
        await file.writeFile(held);
        held = "";
      },
    });
  } finally {
    await file.close();
  }
  return { path, filled, first, end, errors };
}

function columnOf(reference: string): number {
  let column = 0;
  for (const letter of reference) {
    const code = letter.charCodeAt(0) & ~32;
    if (code < 65 || code > 90) break;
    column = column * 26 + code - 64;
  }
  return column - 1;
}

/** A cell as a field: numbers and dates as they are, texts in quotes, "" for nothing and for errors. */
function textOf(
  { type, style }: { readonly type: string; readonly style: number },
  value: string,
  { texts, kinds, from1904 }: Workbook,
): string {
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
  // A line of the file is a row of the sheet.
  const clean = text.replace(/[\r\n\0]+/g, " ").trim();
  return clean === "" ? "" : `"${clean.replaceAll('"', '""')}"`;
}
