import type { Client, CustomTypesConfig, DatabaseError, FieldDef } from "pg";
import { EspejoError, phrases } from "../../errors.ts";

/** Rows as they come from a server, each cell as text or null. */
export interface RowCursor {
  readonly fields: readonly FieldDef[];
  readonly first: readonly Row[];
  /** The next rows; none at the end. */
  rest(): Promise<readonly Row[]>;
}

type Row = readonly (string | null)[];

const rowsAtOnce = 5000;
const patience = 15_000;

/** A connection that can only read. Throws `database_unreachable`, `database_login`; no message has the password. */
export async function connect(url: string, shown: string): Promise<Client> {
  const { default: pg } = await import("pg");
  let client: Client;
  try {
    client = new pg.Client({ connectionString: url, connectionTimeoutMillis: patience });
    // A connection that breaks while nothing is asked is heard of at the next question.
    client.on("error", () => {});
    await client.connect();
  } catch (error) {
    throw explainConnection(error, shown);
  }
  // Times of all zones as one, in a way that needs no reader's language.
  await client.query(
    "BEGIN READ ONLY; SET LOCAL TIME ZONE 'UTC'; SET LOCAL datestyle = 'ISO'; SET LOCAL intervalstyle = 'iso_8601'",
  );
  return client;
}

/** Texts as the server writes them: no number passes through JavaScript's. */
const asText = { getTypeParser: () => (text: string) => text } as unknown as CustomTypesConfig;

/** Sends a query and waits for its first rows. Throws `query_wrong` and `query_refused`. */
export async function openCursor(client: Client, sql: string, shown: string): Promise<RowCursor> {
  const { default: Cursor } = await import("pg-cursor");
  const cursor = client.query(new Cursor<Row>(sql, [], { rowMode: "array", types: asText }));
  let fields: readonly FieldDef[] = [];
  const read = () =>
    new Promise<readonly Row[]>((resolve, reject) => {
      // A connection that breaks does not always tell its cursor.
      const lost = () => reject(explainQuery(new Error("the connection was lost"), sql, shown));
      client.once("end", lost);
      cursor.read(rowsAtOnce, (error, rows, result) => {
        client.off("end", lost);
        if (error) return reject(explainQuery(error, sql, shown));
        // After the last row there is no result any more.
        if (result) fields = result.fields;
        resolve(rows);
      });
    });
  const first = await read();
  return { fields, first, rest: read };
}

function explainConnection(error: unknown, path: string): EspejoError {
  const { code = "", message } = error as NodeJS.ErrnoException;
  const login = /^28/.test(code) || /password|SASL|SCRAM/i.test(message);
  if (login) return new EspejoError("database_login", { path });
  const known: Readonly<Record<string, string>> = {
    ECONNREFUSED: phrases.nothing_listens,
    ENOTFOUND: phrases.no_host,
    EAI_AGAIN: phrases.no_host,
    ETIMEDOUT: phrases.no_answer,
  };
  const reason = known[code] ?? (message.split("\n")[0]!.slice(0, 160) || code);
  return new EspejoError("database_unreachable", { path, reason });
}

function explainQuery(error: Error, sql: string, path: string): EspejoError {
  const reason = error.message.split("\n")[0]!.slice(0, 200);
  const position = Number((error as DatabaseError).position ?? 0);
  if (position === 0) return new EspejoError("query_refused", { path, reason });
  // Positions count characters, not UTF-16 units.
  const near = [...sql]
    .slice(position - 1, position + 29)
    .join("")
    .split("\n")[0]!;
  return new EspejoError("query_wrong", { path, position, near, reason });
}
