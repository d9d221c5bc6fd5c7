import type { Database } from "../native/database.ts";

/**
 * The names of columns as their files have them. DuckDB numbers those that differ from others in case only, and makes up
 * one where there is none.
 */
export async function writtenNames(
  given: readonly string[],
  format: "parquet" | "json",
  list: string,
  database: Database,
): Promise<readonly string[]> {
  const lower = new Set(given.map((name) => name.toLowerCase()));
  if (!given.some((name, i) => isMadeUp(name, i, lower))) return given;
  const names = format === "parquet" ? parquetNames : jsonNames;
  const written = await names(list, database);
  if (written.length !== given.length) return given;
  const seen = new Set<string>();
  return written.map((name, i) => {
    const own = name === "" ? `column_${i + 1}` : name;
    // Where the very same name comes twice, the number stays.
    const unique = seen.has(own) ? given[i]! : own;
    seen.add(unique);
    return unique;
  });
}

function isMadeUp(name: string, place: number, lower: ReadonlySet<string>): boolean {
  const numbered = /^(.*)_\d+$/s.exec(name)?.[1];
  return name === `C${place}` || (numbered !== undefined && lower.has(numbered.toLowerCase()));
}

/** Names of the fields of the first file, without those inside of others. */
async function parquetNames(list: string, database: Database): Promise<string[]> {
  const rows = await database.query(
    `SELECT name, coalesce(num_children, 0) FROM parquet_schema((${list})[1])`,
  );
  const [, ...fields] = rows.map(([name, children]) => ({
    name: String(name),
    children: Number(children),
  }));
  const names: string[] = [];
  let inner = 0;
  for (const { name, children } of fields) {
    if (inner === 0) names.push(name);
    else inner--;
    inner += children;
  }
  return names;
}

/** Names in the order in which they first come. */
async function jsonNames(list: string, database: Database): Promise<string[]> {
  const rows = await database.query(
    `SELECT name FROM (SELECT name, min({'row': row, 'place': place}) AS first FROM ` +
      `(SELECT unnest(json_keys(json)) AS name, generate_subscripts(json_keys(json), 1) AS place, row ` +
      `FROM (SELECT json, row_number() OVER () AS row FROM read_json_objects(${list}))) ` +
      `GROUP BY name) ORDER BY first`,
  );
  return rows.map(([name]) => String(name));
}
