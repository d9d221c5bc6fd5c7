import type { Database } from "../native/database.ts";
import type { Described } from "./facts.ts";

/** The commonest values of some columns, most frequent first, ties in order of the text. */
export async function countValues(
  database: Database,
  relation: string,
  columns: readonly Described[],
): Promise<(readonly (readonly [value: string, count: number])[])[]> {
  if (columns.length === 0) return [];
  const texts = columns.map(({ reading }, i) => `${reading.text} AS t${i}`);
  const counts = columns.map((_, i) => `to_json(map_entries(histogram(t${i})))::VARCHAR`);
  const rows = await database.query(
    `SELECT ${counts.join(", ")} FROM (SELECT ${texts.join(", ")} FROM (${relation}))`,
  );
  return rows[0]!.map((json) => {
    const entries = (JSON.parse(String(json ?? "[]")) ?? []) as { key: string; value: number }[];
    return entries
      .map(({ key, value }) => [key, value] as const)
      .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  });
}

/** How many different values some columns have, counted. */
export async function countDistinct(
  database: Database,
  relation: string,
  columns: readonly Described[],
): Promise<number[]> {
  if (columns.length === 0) return [];
  const values = columns.map(({ reading }, i) => `${reading.value ?? reading.text} AS v${i}`);
  const counts = columns.map((_, i) => `count(DISTINCT v${i})`);
  const [row] = await database.query(
    `SELECT ${counts.join(", ")} FROM (SELECT ${values.join(", ")} FROM (${relation}))`,
  );
  return row!.map(Number);
}

/** How the values of a column follow each other in file order. */
export interface Sequence {
  /** Each value comes once. */
  readonly unique: boolean;
  /** Each value is above the one before. */
  readonly rising: boolean;
  /** The share of values that are not below the one before. */
  readonly ascending: number;
  readonly distinct: number;
}

export async function checkSequences(
  database: Database,
  relation: string,
  columns: readonly Described[],
): Promise<Sequence[]> {
  const results: Sequence[] = [];
  // One at a time: a distinct count holds all values of its column.
  for (const { reading } of columns) {
    const value = reading.value ?? reading.text;
    const [row] = await database.query(
      `SELECT count(DISTINCT v), count(*), bool_and(v > before), avg((v >= before)::INT) ` +
        `FROM (SELECT v, lag(v) OVER () AS before FROM (SELECT ${value} AS v FROM (${relation})))`,
    );
    const [distinct, rows, rising, ascending] = row!;
    results.push({
      unique: distinct === rows,
      rising: rising === true,
      ascending: Number(ascending ?? 0),
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
