import { openPreview } from "../../data/preview/preview.ts";
import { openTable } from "../../data/tables/open.ts";
import { placeOfColumn } from "../../data/terms/find.ts";
import type { Table } from "../../data/terms/table.ts";
import { EspejoError } from "../../errors.ts";
import { columnText } from "./labels.ts";
import {
  type GivenMarks,
  type Mark,
  type MarkedRows,
  markedRows,
  markNames,
  type RowMark,
} from "./marks.ts";
import { namingColumns } from "./row-names.ts";

/**
 * Marks of the rows of a table: rows one by one, or a file in any format of tables with a column `mark` (rows without one
 * are passed by) and one `row`, the number from 1, or the columns that name the rows of the table. `reviews.jsonl` of a
 * studio, where the last mark of a row counts, is such a file too. Throws, each with the line that is meant, `mark_columns`, `mark_unknown`,
 * `mark_row`, `mark_range`, `mark_twice`, `mark_runs`, `mark_name`, and `marks_absent` where no row has one.
 */
export async function marksOf(given: GivenMarks, table: Table): Promise<MarkedRows> {
  if (typeof given !== "string") return markedRows(given, table.rows, "marks");
  const file = await openTable(given);
  try {
    return await readMarks(file, table);
  } finally {
    await file.dispose();
  }
}

/** A mark with the place of its line among those of the file. */
interface ReadMark extends RowMark {
  readonly line: number;
}

async function readMarks(file: Table, table: Table): Promise<MarkedRows> {
  const names = file.columns.map(({ name }) => name);
  const column = async (name: string): Promise<readonly string[] | null> => {
    const place = placeOfColumn(names, name);
    return place < 0 ? null : columnText(file, names[place]!);
  };
  const written = await column("mark");
  if (!written)
    throw new EspejoError("mark_columns", { path: file.path, columns: names.join(", ") });
  const runs = (await column("at")) && (await column("run"));
  const rowOf = runs ? await loggedRow(file, runs) : await rowNaming(file, table, column);
  const marks = new Map<number, ReadMark>();
  for (const [line, text] of written.entries()) {
    if (text === "" && !runs) continue;
    const row = await rowOf(line);
    if (text === "") marks.delete(row);
    else {
      const mark = await markNamed(text, line, file.path);
      const before = runs ? undefined : marks.get(row);
      if (before && before.mark !== mark)
        throw new EspejoError("mark_contradicts", {
          ...{ path: file.path, row: row + 1, mark, line: await placeOf(file.path, line) },
          ...{ before: before.mark, other: await placeOf(file.path, before.line) },
        });
      marks.set(row, { row, mark, line });
    }
  }
  const beyond = [...marks.values()].find(({ row }) => row >= table.rows);
  if (beyond)
    throw new EspejoError("mark_beyond", {
      ...{ path: file.path, line: await placeOf(file.path, beyond.line) },
      ...{ row: beyond.row + 1, rows: table.rows, data: table.path },
    });
  return markedRows([...marks.values()], table.rows, file.path);
}

type RowOf = (line: number) => Promise<number>;
type ColumnCells = (name: string) => Promise<readonly string[] | null>;

/** Rows by their numbers from 1, or by what names them in the data. */
async function rowNaming(file: Table, table: Table, column: ColumnCells): Promise<RowOf> {
  const { path } = file;
  const numbers = await column("row");
  if (numbers)
    return async (line) => {
      const text = numbers[line]!;
      if (/^[1-9]\d{0,14}$/.test(text)) return Number(text) - 1;
      throw new EspejoError("mark_row", { path, line: await placeOf(path, line), value: text });
    };
  const naming = namingColumns(table.columns);
  const given: (readonly string[])[] = [];
  for (const name of naming) {
    const cells = await column(name);
    if (!cells) break;
    given.push(cells);
  }
  if (naming.length === 0 || given.length < naming.length)
    throw new EspejoError("mark_columns", {
      path,
      columns: file.columns.map(({ name }) => name).join(", "),
    });
  const cells: (readonly string[])[] = [];
  for (const name of naming) cells.push(await columnText(table, name));
  const keyOf = (columns: readonly (readonly string[])[], i: number): string =>
    columns.map((each) => each[i]).join("\u001f");
  const rows = new Map<string, number>();
  const several = new Set<string>();
  for (let row = 0; row < table.rows; row++) {
    const key = keyOf(cells, row);
    if (rows.has(key)) several.add(key);
    else rows.set(key, row);
  }
  return async (line) => {
    const key = keyOf(given, line);
    const row = rows.get(key);
    if (row !== undefined && !several.has(key)) return row;
    throw new EspejoError(row === undefined ? "mark_name" : "mark_name_several", {
      ...{ path, line: await placeOf(path, line), data: table.path },
      ...{ column: naming.join(", "), value: key.replaceAll("\u001f", ", ") },
    });
  };
}

/** Rows of the log of a studio, which counts from 0; of one run alone. */
async function loggedRow(file: Table, runs: readonly string[]): Promise<RowOf> {
  const several = [...new Set(runs)];
  const { path } = file;
  if (several.length > 1)
    throw new EspejoError("mark_runs", { path, runs: several.slice(0, 8).join(", ") });
  const rows = await columnText(file, "row");
  return async (line) => {
    const text = rows[line]!;
    if (/^\d{1,15}$/.test(text)) return Number(text);
    throw new EspejoError("mark_row", { path, line: await placeOf(path, line), value: text });
  };
}

async function markNamed(text: string, line: number, path: string): Promise<Mark> {
  const mark = markNames.find((name) => name === text);
  if (mark) return mark;
  throw new EspejoError("mark_unknown", { path, line: await placeOf(path, line), value: text });
}

/** The line of a file that a row of it stands on: the errors that need it are told once. */
async function placeOf(path: string, row: number): Promise<number> {
  const preview = await openPreview(path, { rowsShown: Math.min(row + 1, 10_000) });
  try {
    return preview.seen.head[row]?.line ?? row + 1;
  } finally {
    await preview.dispose();
  }
}
