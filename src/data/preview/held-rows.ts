import type { Language } from "../../language.ts";
import { isMarkSql } from "../cells/marks.ts";
import type { DescribedTable } from "../columns/describe.ts";
import { runsOf } from "../columns/relation.ts";
import type { Source } from "../terms/source.ts";
import type { Held } from "./held.ts";
import { type PreviewCell, type PreviewRow, previewCell } from "./seen.ts";

/** The first rows of a source as text, each with its place. */
export async function firstRows(
  { source, database }: Held,
  readings: DescribedTable["readings"],
  rows: number,
): Promise<readonly PreviewRow[]> {
  const shown = (i: number): string =>
    source.natives[i] === null || source.natives[i] === "VARCHAR" ? `c${i}` : readings[i]!.written;
  const cells: string[][] = [];
  const all = source.names.map((_, i) => i);
  for (const run of runsOf(source, all)) {
    const found = await database.query(
      `SELECT ${run.map(shown).join(", ")} FROM (${source.relation(run)}) LIMIT ${rows}`,
    );
    found.forEach((row, i) => {
      cells[i] ??= [];
      cells[i].push(...row.map((cell) => (cell === null ? "" : String(cell))));
    });
  }
  const files = await database.query(`SELECT filename FROM (${source.relation([])}) LIMIT ${rows}`);
  const inFile = new Map<string, number>();
  const placed: PreviewRow[] = [];
  for (const [i, row] of cells.entries()) {
    const file = String(files[i]![0]);
    inFile.set(file, (inFile.get(file) ?? 0) + 1);
    placed.push({ row: i + 1, ...(await source.place(file, inFile.get(file)!)), cells: row });
  }
  return placed;
}

/** The cells among the first rows that their columns cannot hold, row by row. */
export async function unreadCells(
  { source, database }: Held,
  { columns, readings, marks }: DescribedTable,
  rows: number,
  language: Language,
): Promise<readonly PreviewCell[]> {
  const found: { readonly place: number; readonly cell: PreviewCell }[] = [];
  for (const [place, column] of columns.entries()) {
    if (!column.profile.unread) continue;
    const { parsed, written } = readings[place]!;
    const cells = await database.query(
      `SELECT row, w FROM (SELECT row_number() OVER () AS row, ${parsed} AS p, ${written} AS w ` +
        `FROM (${headOf(source, place, rows)})) WHERE p IS NULL AND w IS NOT NULL AND NOT ${isMarkSql("w", marks)} ORDER BY row`,
    );
    for (const [row, text] of cells)
      found.push({ place, cell: previewCell(Number(row), column, String(text), language) });
  }
  found.sort((a, b) => a.cell.row - b.cell.row || a.place - b.place);
  return found.map(({ cell }) => cell);
}

const headOf = (source: Source, place: number, rows: number): string =>
  `SELECT * FROM (${source.relation([place])}) LIMIT ${rows}`;
