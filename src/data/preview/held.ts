import type { Database } from "../native/database.ts";
import type { Source } from "../terms/source.ts";

/** A source whose rows are held, with a database that does not ask it the same twice. */
export interface Held {
  readonly source: Source;
  readonly database: Database;
}

/** Wider sources stay where they are: a column of a table in memory takes room however few its rows. */
const mostColumns = 512;

/**
 * Copies the rows of a source into the database, which spills what does not fit into its memory, and finds the line of each,
 * so that neither its files nor their records are looked at again; what is found of a column is remembered.
 */
export async function holdSource(source: Source, database: Database): Promise<Held> {
  const recall = new Map<string, unknown>();
  const asking = remembering(database);
  const { names, together } = source;
  if (names.length > mostColumns || together < names.length)
    return { source: { ...source, recall }, database: asking };
  const place = source.lines ? await source.lines() : source.place;
  const all = source.relation(names.map((_, i) => i));
  await database.query(`CREATE OR REPLACE TABLE held AS ${all}`);
  const relation = (places: readonly number[]): string =>
    `SELECT ${[...new Set(places)].map((i) => `c${i}, `).join("")}filename FROM held`;
  return { source: { ...source, place, relation, recall }, database: asking };
}

/** A database over rows that do not change: the same question has the same answer. */
function remembering(database: Database): Database {
  const answers = new Map<string, ReturnType<Database["query"]>>();
  return {
    ...database,
    query: (sql) => {
      const known = answers.get(sql) ?? database.query(sql);
      answers.set(sql, known);
      return known;
    },
  };
}
