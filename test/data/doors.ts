import { join } from "node:path";
import { onTestFinished } from "vitest";
import { tableFromColumns } from "../../src/data/memory/memory.ts";
import { openDatabase } from "../../src/data/native/database.ts";
import { identifier } from "../../src/data/terms/sql.ts";
import type { OpenOptions, Table } from "../../src/data/terms/table.ts";
import { zip } from "./arrays.ts";
import { file, folder, open } from "./helpers.ts";

/** Columns of text, "" for a missing cell. */
export type Texts = Readonly<Record<string, readonly string[]>>;

type Door = (columns: Texts, options?: OpenOptions) => Promise<Table>;

const rowsOfTexts = (columns: Texts): readonly (readonly string[])[] =>
  Object.values(columns)[0]!.map((_, i) => Object.values(columns).map((cells) => cells[i]!));
const objects = (columns: Texts) =>
  rowsOfTexts(columns).map((row) =>
    Object.fromEntries(
      Object.keys(columns).map((name, j) => [name, row[j] === "" ? null : row[j]]),
    ),
  );
const csvOf = (columns: Texts, delimiter: string): string =>
  [Object.keys(columns), ...rowsOfTexts(columns)]
    .map((row) => `${row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(delimiter)}\n`)
    .join("");

const escaped = (text: string): string => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");

/** A workbook of one sheet, all of whose cells are text. */
export function workbookOf(columns: Texts): Uint8Array {
  const line = (row: readonly string[], i: number): string => {
    const cell = (text: string, j: number): string =>
      text === ""
        ? ""
        : `<c r="${String.fromCharCode(65 + j)}${i + 1}" t="inlineStr"><is><t>${escaped(text)}</t></is></c>`;
    return `<row r="${i + 1}">${row.map(cell).join("")}</row>`;
  };
  const rows = [Object.keys(columns), ...rowsOfTexts(columns)].map(line).join("");
  const relation = (type: string, target: string): string =>
    `<Relationships><Relationship Id="rId1" Type="http://x/${type}" Target="${target}"/></Relationships>`;
  return zip({
    "[Content_Types].xml": "<Types/>",
    "_rels/.rels": relation("officeDocument", "xl/workbook.xml"),
    "xl/workbook.xml":
      '<workbook xmlns:r="r"><sheets><sheet name="a" sheetId="1" r:id="rId1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": relation("worksheet", "worksheets/sheet1.xml"),
    "xl/worksheets/sheet1.xml": `<?xml version="1.0"?><worksheet><sheetData>${rows}</sheetData></worksheet>`,
  });
}

/** What a query gives, as a Parquet file. */
export async function parquet(select: string): Promise<string> {
  const path = join(folder(), "table.parquet");
  const database = await openDatabase();
  onTestFinished(() => database.dispose());
  await database.query(`COPY (${select}) TO '${path}' (FORMAT parquet)`);
  return path;
}

const listOf = (cells: readonly string[]): string =>
  `[${cells.map((cell) => (cell === "" ? "NULL" : `'${cell.replaceAll("'", "''")}'`)).join(", ")}]`;

/** Columns in memory, null for a missing cell. */
type Columns = Readonly<Record<string, readonly (string | null)[]>>;

/** What a table of texts can come as: a path, or columns in memory. */
export const doorData: Readonly<Record<string, (columns: Texts) => Promise<string | Columns>>> = {
  CSV: async (columns) => file(csvOf(columns, ",")),
  TSV: async (columns) => file(csvOf(columns, "\t"), "table.tsv"),
  JSON: async (columns) => file(JSON.stringify(objects(columns)), "table.json"),
  NDJSON: async (columns) => {
    const lines = objects(columns).map((row) => `${JSON.stringify(row)}\n`);
    return file(lines.join(""), "table.ndjson");
  },
  Parquet: (columns) => {
    const cells = Object.entries(columns).map(
      ([name, texts]) => `unnest(${listOf(texts)}::VARCHAR[]) AS ${identifier(name)}`,
    );
    return parquet(`SELECT ${cells.join(", ")}`);
  },
  workbook: async (columns) => file(workbookOf(columns), "table.xlsx"),
  memory: async (columns) => {
    const values = Object.entries(columns).map(([name, texts]) => [
      name,
      texts.map((cell) => (cell === "" ? null : cell)),
    ]);
    return Object.fromEntries(values);
  },
};

/** The ways in by which a table of texts can come. */
export const doors: Readonly<Record<string, Door>> = Object.fromEntries(
  Object.entries(doorData).map(([name, dataOf]): [string, Door] => [
    name,
    async (columns, options) => {
      const data = await dataOf(columns);
      return typeof data === "string" ? open(data, options) : tableFromColumns(data, options);
    },
  ]),
);
