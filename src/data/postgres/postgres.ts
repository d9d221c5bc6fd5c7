import type { FieldDef } from "pg";
import { EspejoError } from "../../errors.ts";
import { ownFile } from "../files/files.ts";
import type { Workspace } from "../files/workspace.ts";
import type { Database } from "../native/database.ts";
import type { Source } from "../terms/source.ts";
import { literal } from "../terms/sql.ts";
import type { OpenOptions } from "../terms/table.ts";
import { parquetSource } from "../typed/typed-source.ts";
import { connect, openCursor, type RowCursor } from "./postgres-client.ts";

export const isDatabaseUrl = (data: string): boolean => /^postgres(ql)?:\/\//i.test(data);

/** A URL as it may be shown: host and database, and no password. */
export function shownUrl(url: string): string {
  try {
    const { protocol, username, host, pathname } = new URL(url);
    return `${protocol}//${username ? `${username}@` : ""}${host}${pathname}`;
  } catch {
    return "postgres://...";
  }
}

/**
 * What a query gives, read once, in a transaction that cannot write, and kept in a temporary file: every later
 * pass sees the same rows. Types that DuckDB has stay what they are; all others are text.
 */
export async function postgresSource(
  url: string,
  { query }: OpenOptions,
  database: Database,
  workspace: Workspace,
): Promise<Source> {
  const path = shownUrl(url);
  if (query === undefined || query.trim() === "") throw new EspejoError("query_missing", { path });
  const sql = sqlOf(query);
  const client = await connect(url, path);
  let fields: readonly FieldDef[];
  let csv: string;
  try {
    const cursor = await openCursor(client, sql, path);
    fields = cursor.fields;
    if (cursor.first.length === 0) throw new EspejoError("query_no_rows", { path });
    csv = await workspace.receive(".csv", lines(cursor));
  } finally {
    await client.end().catch(() => null);
  }
  const spool = await workspace.file(".parquet");
  const types = fields.map(({ dataTypeID }, i) => `'c${i}': '${duckType(dataTypeID)}'`);
  try {
    await database.query(
      `COPY (SELECT * FROM read_csv(${literal(csv)}, auto_detect = false, header = false, delim = ',', ` +
        `quote = '"', escape = '"', nullstr = '\\N', allow_quoted_nulls = false, ` +
        `strict_mode = true, columns = {${types.join(", ")}})) TO ${literal(spool)} (FORMAT parquet)`,
    );
  } catch (error) {
    const reason = (error as Error).message.split("\n")[0]!.slice(0, 200);
    throw new EspejoError("file_unreadable", { path, reason }, { cause: error });
  }
  const source = await parquetSource(path, [await ownFile(spool, path)], database);
  const names = fields.map(({ name }) => name);
  checkNames(names, path);
  return { ...source, names, detected: { ...source.detected, format: "postgres" } };
}

/** The name of a table stands for all that is in it. */
const sqlOf = (query: string): string =>
  /^\s*("[^"]+"|\w+)(\.("[^"]+"|\w+))?\s*$/.test(query) ? `SELECT * FROM ${query.trim()}` : query;

/** Rows as CSV: NULL bare, all else in quotes, so that no text is taken for it. */
async function* lines({ first, rest }: RowCursor): AsyncGenerator<string> {
  for (let rows = first; rows.length > 0; rows = await rest()) {
    let text = "";
    for (const row of rows) {
      const cells = row.map((cell) => (cell === null ? "\\N" : `"${cell.replaceAll('"', '""')}"`));
      text += `${cells.join(",")}\n`;
    }
    yield text;
  }
}

/** DuckDB's type for one of PostgreSQL's, by its number in pg_type. */
function duckType(oid: number): string {
  const types: Readonly<Record<number, string>> = {
    16: "BOOLEAN",
    20: "BIGINT",
    21: "SMALLINT",
    23: "INTEGER",
    26: "BIGINT",
    700: "FLOAT",
    701: "DOUBLE",
    1082: "DATE",
    1114: "TIMESTAMP",
    1184: "TIMESTAMPTZ",
    1700: "DOUBLE",
  };
  return types[oid] ?? "VARCHAR";
}

function checkNames(names: readonly string[], path: string): void {
  names.forEach((column, i) => {
    const before = names.indexOf(column);
    if (before < i)
      throw new EspejoError("query_names", { path, column, first: before + 1, second: i + 1 });
  });
}
