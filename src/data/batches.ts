import type { DuckDBDataChunk } from "@duckdb/node-api";
import type { Database } from "./database.ts";
import type { Batch } from "./table.ts";

/** SQL expressions of what a batch holds: DOUBLE for numeric, VARCHAR without NULL for the others. */
export interface BatchSql {
  readonly numeric: readonly string[];
  readonly categories: readonly string[];
  readonly text: readonly string[];
}

/** Streams a relation in its order; the memory in use does not depend on its length. */
export async function* streamBatches(
  database: Database,
  relation: string,
  sql: BatchSql,
  size: number,
): AsyncGenerator<Batch> {
  const p = sql.numeric.length;
  const q = sql.categories.length;
  const asked = [
    ...sql.numeric.map((value) => `coalesce(${value}, 'nan'::DOUBLE)`),
    ...[...sql.categories, ...sql.text].map((value) => `coalesce(${value}, '')`),
  ];
  const connection = await database.connect();
  try {
    const result = await connection.stream(
      `SELECT ${asked.length > 0 ? asked.join(", ") : "1"} FROM (${relation})`,
    );
    let start = 0;
    let batch = emptyBatch(0, size, p, q, sql.text.length);
    let rows = 0;
    for (;;) {
      const chunk = await result.fetchChunk();
      const count = chunk?.rowCount ?? 0;
      if (!chunk || count === 0) break;
      const columns = { numbers: numberColumns(chunk, p), texts: textColumns(chunk, p, asked.length) };
      for (let from = 0; from < count; ) {
        const take = Math.min(count - from, size - rows);
        copyRows(batch, columns, from, take, rows, p, q);
        from += take;
        rows += take;
        if (rows === size) {
          yield batch;
          start += rows;
          rows = 0;
          batch = emptyBatch(start, size, p, q, sql.text.length);
        }
      }
    }
    if (rows > 0) yield cut(batch, rows, p, q);
  } finally {
    connection.closeSync();
  }
}

function emptyBatch(start: number, rows: number, p: number, q: number, texts: number): Batch {
  const text = Array.from({ length: texts }, () => [] as string[]);
  return { start, rows, numeric: new Float64Array(rows * p), categories: [], text };
}

function cut(batch: Batch, rows: number, p: number, q: number): Batch {
  const categories = batch.categories.slice(0, rows * q);
  return { ...batch, rows, numeric: batch.numeric.slice(0, rows * p), categories };
}

interface ChunkColumns {
  readonly numbers: readonly Float64Array[];
  readonly texts: readonly TextVector[];
}

interface TextVector {
  getItem(row: number): string | null;
}

function numberColumns(chunk: DuckDBDataChunk, count: number): Float64Array[] {
  // The values themselves, which the class keeps to itself: NULL is ruled out by the query.
  return Array.from(
    { length: count },
    (_, j) => (chunk.getColumnVector(j) as unknown as { items: Float64Array }).items,
  );
}

function textColumns(chunk: DuckDBDataChunk, from: number, to: number): TextVector[] {
  return Array.from(
    { length: Math.max(0, to - from) },
    (_, j) => chunk.getColumnVector(from + j) as unknown as TextVector,
  );
}

function copyRows(
  batch: Batch,
  { numbers, texts }: ChunkColumns,
  from: number,
  count: number,
  at: number,
  p: number,
  q: number,
): void {
  const { numeric, categories, text } = batch;
  for (let j = 0; j < p; j++) {
    const values = numbers[j]!;
    for (let i = 0, to = at * p + j; i < count; i++, to += p) numeric[to] = values[from + i]!;
  }
  for (let i = 0; i < count; i++) {
    for (let j = 0; j < q; j++) categories.push(texts[j]!.getItem(from + i)!);
  }
  text.forEach((column, j) => {
    for (let i = 0; i < count; i++) column.push(texts[q + j]!.getItem(from + i)!);
  });
}
