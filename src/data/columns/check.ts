import { EspejoError } from "../../errors.ts";
import { shortened } from "../../schema.ts";
import { isMarkSql, isWordMark, type Marks } from "../cells/marks.ts";
import { greatestNumber } from "../cells/numbers.ts";
import type { Database } from "../native/database.ts";
import type { Source } from "../terms/source.ts";
import type { Described, Facts } from "./facts.ts";
import { heldRuns } from "./values.ts";

/** Cells of a column that its type cannot hold. */
export interface BadCells {
  readonly column: string;
  readonly facts: Facts;
  readonly described: Described;
}

/** What the cells of a column say that its type cannot hold. */
export interface OddCells {
  /** The most frequent ones, most frequent first. */
  readonly values: readonly { readonly value: string; readonly count: number }[];
  readonly first: FoundCell;
}

/** A cell, by its row (from 1) in the source and the file that this is in. */
interface FoundCell {
  readonly filename: string;
  readonly row: number;
  readonly value: string;
}

/** Values that are told of a column, at most. */
const mostValues = 30;
/** Odd cells of all columns together that one query looks at. */
const mostOdd = 500_000;

/** The odd cells of some columns, each by its place among the columns of the source; one query asks of many columns. */
export async function findOdd(
  database: Database,
  source: Source,
  columns: readonly BadCells[],
  marks: Marks,
): Promise<ReadonlyMap<number, OddCells>> {
  const bad = new Map(columns.map(({ described, facts }) => [described.place, facts.bad]));
  const runs = heldRuns(
    source,
    columns.map(({ described }) => described),
    (place) => bad.get(place)!,
    mostOdd,
  );
  const found = new Map<number, OddCells>();
  for (const run of runs)
    for (const [place, cells] of await oddOfRun(database, source, run, marks))
      found.set(place, cells);
  return found;
}

async function oddOfRun(
  database: Database,
  source: Source,
  run: readonly Described[],
  marks: Marks,
): Promise<Map<number, OddCells>> {
  const cells = run.map(
    ({ reading }, j) => `${reading.parsed} AS p${j}, ${reading.written} AS w${j}`,
  );
  const odd = run.map(
    (_, j) => `CASE WHEN ${unreadable(marks, j)} THEN w${j}::VARCHAR END AS b${j}`,
  );
  const names = run.map((_, j) => `b${j}`).join(", ");
  const relation = source.relation(run.map(({ place }) => place));
  // Rows without an odd cell go first, so that few are taken apart.
  const rows = await database.query(
    `SELECT j, w, n, row, filename, row_number() OVER (PARTITION BY j ORDER BY n DESC, w) AS rank FROM ` +
      `(SELECT j, w, count(*) AS n, min(row) AS row, arg_min(filename, row) AS filename FROM ` +
      `(SELECT row, filename, unnest([${names}]) AS w, unnest(range(${run.length})) AS j FROM ` +
      `(SELECT row, filename, ${odd.join(", ")} FROM ` +
      `(SELECT ${cells.join(", ")}, filename, row_number() OVER () AS row FROM (${relation}))) ` +
      `WHERE coalesce(${names}) IS NOT NULL) WHERE w IS NOT NULL GROUP BY j, w) ` +
      `QUALIFY rank <= ${mostValues} OR row = min(row) OVER (PARTITION BY j) ORDER BY j, rank`,
  );
  const found = new Map<number, { values: { value: string; count: number }[]; first: FoundCell }>();
  for (const [j, w, n, at, filename, rank] of rows) {
    const value = String(w);
    const cell = { filename: String(filename), row: Number(at), value };
    const { place } = run[Number(j)]!;
    const of = found.get(place) ?? { values: [], first: cell };
    if (Number(rank) <= mostValues) of.values.push({ value, count: Number(n) });
    if (cell.row < of.first.row) of.first = cell;
    found.set(place, of);
  }
  return found;
}

/** Whether all that cannot be read are words for a missing value. */
export function allWordMarks(values: readonly { readonly value: string }[]): boolean {
  return values.length < mostValues && values.every(({ value }) => isWordMark(value));
}

/** The error for the first cell of a column that is no number or date. */
export async function unreadableCell(
  placeOf: CellPlaces,
  { described, facts, column }: BadCells,
  { first }: OddCells,
): Promise<EspejoError> {
  return new EspejoError("cell_unreadable", {
    ...(await placeOf(first)),
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
  placeOf: CellPlaces,
  { described, column }: BadCells,
): Promise<EspejoError> {
  const { place, reading } = described;
  const numbered = `SELECT ${reading.parsed} AS p, ${reading.written} AS w, filename, row_number() OVER () AS row FROM (${source.relation([place])})`;
  const [found] = await database.query(
    `SELECT filename, row, w FROM (${numbered}) WHERE abs(p) >= ${greatestNumber} ORDER BY row LIMIT 1`,
  );
  const [filename, row, value] = found ?? ["", 1, ""];
  const at = { filename: String(filename), row: Number(row), value: String(value) };
  const cell = await placeOf(at);
  const infinite = /inf/i.test(cell.value) || Math.abs(Number(cell.value)) === Infinity;
  const code = infinite ? "cell_infinite" : "cell_huge";
  return new EspejoError(code, { ...cell, column });
}

function unreadable(marks: Marks, j: number): string {
  return `p${j} IS NULL AND w${j} IS NOT NULL AND NOT ${isMarkSql(`w${j}`, marks)}`;
}

/** Where a cell is that was found, as a person sees it. */
export type CellPlaces = (
  cell: FoundCell,
) => Promise<{ path: string; line: number; row: number; value: string }>;

/** Finds the lines of cells; where many are in one row, its line is looked for once. */
export function cellPlaces(database: Database, source: Source): CellPlaces {
  let starts: Promise<ReadonlyMap<string, number>> | undefined;
  const lines = new Map<string, Promise<{ path: string; line: number }>>();
  const lineOf = async (filename: string, row: number) => {
    starts ??= fileStarts(database, source);
    return source.place(filename, row - ((await starts).get(filename) ?? 1) + 1);
  };
  return async ({ filename, row, value }) => {
    const key = `${row} ${filename}`;
    const line = lines.get(key) ?? lineOf(filename, row);
    lines.set(key, line);
    return { ...(await line), row, value: shortened(value) };
  };
}

/** The first row (from 1) of each file of a source. */
async function fileStarts(
  database: Database,
  source: Source,
): Promise<ReadonlyMap<string, number>> {
  const rows = await database.query(
    `SELECT filename, min(row) FROM (SELECT filename, row_number() OVER () AS row FROM (${source.relation([0])})) GROUP BY filename`,
  );
  return new Map(rows.map(([filename, row]) => [String(filename), Number(row)]));
}
