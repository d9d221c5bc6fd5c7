import type { Database } from "../native/database.ts";
import type { Source } from "../terms/source.ts";
import type { Described } from "./facts.ts";
import { recalled } from "./recall.ts";
import { runsOf } from "./relation.ts";

/** Different values of all columns together that one query may list, and count. */
const mostListed = 200_000;
const mostCounted = 8_000_000;
/** Columns that one query may count: the set of each takes megabytes, however few its values. */
const mostSets = 16;

/** Runs of columns whose values one query may hold at once. */
export function heldRuns(
  source: Source,
  columns: readonly Described[],
  sizeOf: (place: number) => number,
  mostHeld: number,
  mostColumns?: number,
): Described[][] {
  const byPlace = new Map(columns.map((column) => [column.place, column]));
  return runsOf(source, [...byPlace.keys()], mostColumns).flatMap((run) => {
    const parts: Described[][] = [];
    let held = Number.POSITIVE_INFINITY;
    for (const place of run) {
      held += sizeOf(place);
      if (held > mostHeld) {
        parts.push([]);
        held = sizeOf(place);
      }
      parts.at(-1)!.push(byPlace.get(place)!);
    }
    return parts;
  });
}

type Values = readonly (readonly [value: string, count: number])[];

/** The commonest values of some columns, most frequent first, ties in order of the text; `sizeOf` a column: about how many. */
export const countValues = (
  database: Database,
  source: Source,
  columns: readonly Described[],
  sizeOf: (place: number) => number,
): Promise<Values[]> =>
  recalled(source, "values", columns, (fresh) => queryValues(database, source, fresh, sizeOf));

async function queryValues(
  database: Database,
  source: Source,
  columns: readonly Described[],
  sizeOf: (place: number) => number,
): Promise<Values[]> {
  const found: Values[] = [];
  for (const run of heldRuns(source, columns, sizeOf, mostListed)) {
    const texts = run.map(({ reading }, i) => `${reading.text} AS t${i}`);
    const counts = run.map((_, i) => `to_json(map_entries(histogram(t${i})))::VARCHAR`);
    const relation = source.relation(run.map(({ place }) => place));
    const rows = await database.query(
      `SELECT ${counts.join(", ")} FROM (SELECT ${texts.join(", ")} FROM (${relation}))`,
    );
    for (const json of rows[0]!) {
      const entries = (JSON.parse(String(json ?? "[]")) ?? []) as { key: string; value: number }[];
      found.push(
        entries
          .map(({ key, value }) => [key, value] as const)
          .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)),
      );
    }
  }
  return found;
}

/** How many different values some columns have, counted; `sizeOf` a column: about how many. */
export const countDistinct = (
  database: Database,
  source: Source,
  columns: readonly Described[],
  rows: number,
  sizeOf: (place: number) => number,
): Promise<number[]> =>
  recalled(source, "distinct", columns, (fresh) =>
    queryDistinct(database, source, fresh, rows, sizeOf),
  );

async function queryDistinct(
  database: Database,
  source: Source,
  columns: readonly Described[],
  rows: number,
  sizeOf: (place: number) => number,
): Promise<number[]> {
  const found: number[] = [];
  // Of few rows a list takes less than a set.
  const few = rows * columns.length <= mostListed;
  const runs = few
    ? heldRuns(source, columns, () => rows, mostListed)
    : heldRuns(source, columns, sizeOf, mostCounted, mostSets);
  for (const run of runs) {
    const values = run.map(({ reading }, i) => `${reading.value ?? reading.text} AS v${i}`);
    const counts = run.map((_, i) =>
      few ? `len(list_distinct(list(v${i})))` : `count(DISTINCT v${i})`,
    );
    const relation = source.relation(run.map(({ place }) => place));
    const [row] = await database.query(
      `SELECT ${counts.join(", ")} FROM (SELECT ${values.join(", ")} FROM (${relation}))`,
    );
    found.push(...row!.map((count) => Number(count ?? 0)));
  }
  return found;
}

/** How the values of a column follow each other in file order. */
export interface Sequence {
  /** Each value comes once. */
  readonly unique: boolean;
  /** Each value is above the one before. */
  readonly rising: boolean;
  /** Each value is below the one before. */
  readonly falling: boolean;
  /** The share of values that are not below the one before, and of those that are not above it. */
  readonly ascending: number;
  readonly descending: number;
  readonly distinct: number;
}

/** How the values of some columns follow each other. */
export const checkSequences = (
  database: Database,
  source: Source,
  columns: readonly Described[],
): Promise<Sequence[]> =>
  recalled(source, "sequence", columns, (fresh) => querySequences(database, source, fresh));

async function querySequences(
  database: Database,
  source: Source,
  columns: readonly Described[],
): Promise<Sequence[]> {
  const results: Sequence[] = [];
  // One at a time: a distinct count holds all values of its column.
  for (const { place, reading } of columns) {
    const value = reading.value ?? reading.text;
    const [row] = await database.query(
      `SELECT count(DISTINCT v), count(*), bool_and(v > before), bool_and(v < before), ` +
        `avg((v >= before)::INT), avg((v <= before)::INT) ` +
        `FROM (SELECT v, lag(v) OVER () AS before FROM (SELECT ${value} AS v FROM (${source.relation([place])})))`,
    );
    const [distinct, rows, rising, falling, ascending, descending] = row!;
    results.push({
      unique: distinct === rows,
      rising: rising === true,
      falling: falling === true,
      ascending: Number(ascending ?? 0),
      descending: Number(descending ?? 0),
      distinct: Number(distinct),
    });
  }
  return results;
}

/** How unevenly dates follow each other in file order: the deviation of the steps over their mean size. */
export async function unevenness(
  database: Database,
  relation: string,
  days: string,
): Promise<number> {
  const [row] = await database.query(
    `SELECT stddev_pop(step) / avg(abs(step)) FROM (SELECT v - lag(v) OVER () AS step ` +
      `FROM (SELECT ${days} AS v FROM (${relation}) LIMIT 100000))`,
  );
  return typeof row![0] === "number" ? row![0] : Number.NaN;
}
