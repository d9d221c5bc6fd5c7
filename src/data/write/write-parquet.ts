import type { DuckDBDataChunk, DuckDBType } from "@duckdb/node-api";
import { openDatabase } from "../native/database.ts";
import { loadDuckDB } from "../native/native-parts.ts";
import type { OutputBatch, OutputBatches, OutputColumn } from "../terms/output.ts";
import { identifier, literal } from "../terms/sql.ts";

type Library = Awaited<ReturnType<typeof loadDuckDB>>;

// Whole numbers travel as DOUBLE and are cast when written: JavaScript's are exact to 2^53.
const carried = ({ BOOLEAN, DOUBLE, FLOAT, VARCHAR }: Library) =>
  ({
    double: DOUBLE,
    integer: DOUBLE,
    float: FLOAT,
    text: VARCHAR,
    boolean: BOOLEAN,
  }) satisfies Record<OutputColumn["type"], DuckDBType>;

const chunkRows = 2048;
/** Memory for rows that wait to be written, in MB; more spill to disk. Each column holds blocks of its own. */
const gathering = { least: 200, perColumn: 1 };
/** Cells that the appender holds, and cells of a row group. */
const [mostAppended, mostGrouped] = [2 ** 22, 2 ** 25];

/**
 * Gathers rows in DuckDB, which spills to disk beyond its memory limit, and writes them as Parquet: in the order in which
 * they come, or in that of a column.
 */
export async function writeParquet(
  path: string,
  columns: readonly OutputColumn[],
  batches: OutputBatches,
  { sortedBy }: { readonly sortedBy?: string } = {},
): Promise<number> {
  const library = await loadDuckDB();
  const typeOf = carried(library);
  const memory = Math.max(gathering.least, gathering.perColumn * columns.length);
  const database = await openDatabase({ memoryLimit: `${memory}MB` });
  try {
    await database.keepOrder();
    const connection = await database.connect();
    const types = columns.map(({ type }) => typeOf[type]);
    const declared = types.map((type, j) => `c${j} ${type}`).join(", ");
    await connection.run(`CREATE TABLE rows (${declared})`);
    const appender = await connection.createAppender("rows");
    let rows = 0;
    let waiting = 0;
    for await (const batch of batches) {
      for (let from = 0; from < batch.rows; from += chunkRows) {
        const chunk = library.DuckDBDataChunk.create(types, Math.min(chunkRows, batch.rows - from));
        fillChunk(chunk, columns, batch, from);
        appender.appendDataChunk(chunk);
      }
      rows += batch.rows;
      waiting += batch.rows * columns.length;
      if (waiting > mostAppended) {
        appender.flushSync();
        waiting = 0;
      }
    }
    appender.closeSync();
    const selected = columns.map(
      ({ name, type }, j) => `${outgoing(`c${j}`, type)} AS ${identifier(name)}`,
    );
    const place = columns.findIndex(({ name }) => name === sortedBy);
    const order = sortedBy === undefined ? "" : ` ORDER BY c${place}`;
    await connection.run(
      `COPY (SELECT ${selected.join(", ")} FROM rows${order}) TO ${literal(path)} (FORMAT parquet, COMPRESSION snappy, ROW_GROUP_SIZE ${groupRows(columns.length)})`,
    );
    connection.closeSync();
    return rows;
  } finally {
    database.dispose();
  }
}

/** Rows of a row group: DuckDB's usual ones, fewer where rows are wide; a multiple of its vectors. */
function groupRows(columns: number): number {
  const vectors = Math.floor(mostGrouped / columns / chunkRows);
  return chunkRows * Math.max(1, Math.min(60, vectors));
}

function outgoing(column: string, type: OutputColumn["type"]): string {
  if (type === "text" || type === "boolean") return column;
  const observed = `CASE WHEN isnan(${column}) THEN NULL ELSE ${column} END`;
  return type === "integer" ? `CAST(${observed} AS BIGINT)` : observed;
}

/** Copies rows of a batch, from row `from` on, as many as the chunk holds. */
function fillChunk(
  chunk: DuckDBDataChunk,
  columns: readonly OutputColumn[],
  batch: OutputBatch,
  from: number,
): void {
  const count = chunk.rowCount;
  columns.forEach(({ type }, j) => {
    const values = batch.columns[j]!;
    const vector = chunk.getColumnVector(j);
    if (type === "text" || type === "boolean") {
      const convert = type === "text" ? String : Boolean;
      for (let i = 0; i < count; i++) {
        const value = values[from + i];
        vector.setItem(i, value == null ? null : convert(value));
      }
    } else {
      const { items } = vector as unknown as { items: Float64Array | Float32Array };
      for (let i = 0; i < count; i++) items[i] = toNumber(values[from + i]);
    }
    vector.flush();
  });
}

function toNumber(value: string | number | boolean | null | undefined): number {
  return value == null ? Number.NaN : Number(value);
}
