import { EspejoError } from "../../errors.ts";
import { isMarkSql, isWordMark, type Marks } from "../cells/marks.ts";
import { greatestNumber } from "../cells/numbers.ts";
import type { Database } from "../native/database.ts";
import type { Source } from "../terms/source.ts";
import type { Described, Facts } from "./facts.ts";

/** Cells of a column that its type cannot hold. */
export interface BadCells {
  readonly column: string;
  readonly facts: Facts;
  readonly described: Described;
}

/** What the unreadable cells say, most frequent first. */
export async function badValues(
  database: Database,
  source: Source,
  { described }: BadCells,
  marks: Marks,
): Promise<{ value: string; count: number }[]> {
  const { place, reading } = described;
  const rows = await database.query(
    `SELECT w, count(*) FROM (SELECT ${reading.parsed} AS p, ${reading.written} AS w FROM (${source.relation([place])})) ` +
      `WHERE ${unreadable(marks)} GROUP BY w ORDER BY count(*) DESC, w LIMIT 30`,
  );
  return rows.map(([value, count]) => ({ value: String(value), count: Number(count) }));
}

/** Whether all that cannot be read are words for a missing value. */
export function allWordMarks(values: readonly { readonly value: string }[]): boolean {
  return values.length < 30 && values.every(({ value }) => isWordMark(value));
}

/** The error for the first cell of a column that is no number or date. */
export async function unreadableCell(
  database: Database,
  source: Source,
  bad: BadCells,
  marks: Marks,
): Promise<EspejoError> {
  const { described, facts, column } = bad;
  const cell = await firstCell(database, source, described, unreadable(marks));
  return new EspejoError("cell_unreadable", {
    ...cell,
    column,
    type: described.candidate.kind,
    bad: facts.bad,
    cells: facts.cells,
  });
}

/** The error for the first cell of a column that is infinite or too great. */
export async function infiniteCell(
  database: Database,
  source: Source,
  { described, column }: BadCells,
): Promise<EspejoError> {
  const cell = await firstCell(database, source, described, `abs(p) >= ${greatestNumber}`);
  const infinite = /inf/i.test(cell.value) || Math.abs(Number(cell.value)) === Infinity;
  const code = infinite ? "cell_infinite" : "cell_huge";
  return new EspejoError(code, { ...cell, column });
}

function unreadable(marks: Marks): string {
  return `p IS NULL AND w IS NOT NULL AND NOT ${isMarkSql("w", marks)}`;
}

async function firstCell(
  database: Database,
  source: Source,
  { place: column, reading }: Described,
  condition: string,
): Promise<{ path: string; line: number; row: number; value: string }> {
  const numbered = `SELECT ${reading.parsed} AS p, ${reading.written} AS w, filename, row_number() OVER () AS row FROM (${source.relation([column])})`;
  const [found] = await database.query(
    `SELECT filename, row, w FROM (${numbered}) WHERE ${condition} ORDER BY row LIMIT 1`,
  );
  const [filename, row, value] = found ?? ["", 1, ""];
  const [before] = await database.query(
    `SELECT count(*) FROM (SELECT filename, row_number() OVER () AS row FROM (${source.relation([column])})) ` +
      `WHERE row < ${Number(row)} AND filename <> '${String(filename).replaceAll("'", "''")}'`,
  );
  const place = await source.place(String(filename), Number(row) - Number(before![0]));
  return { ...place, row: Number(row), value: String(value).slice(0, 60) };
}
