import type { DuckDBDataChunk } from "@duckdb/node-api";
import { isMarkSql, type Marks, observedSql } from "../cells/marks.ts";
import type { Database } from "../native/database.ts";
import { literal } from "../terms/sql.ts";
import type { Batch } from "../terms/table.ts";
import type { Reading } from "./typed.ts";

/** The columns that a batch holds. */
export interface BatchReadings {
  readonly numeric: readonly Reading[];
  readonly categories: readonly Reading[];
  readonly text: readonly Reading[];
  /** Those of the numeric columns that have cells which they cannot hold, by name. */
  readonly unread: ReadonlyMap<string, Reading>;
}

/** Streams a relation in its order; the memory in use does not depend on its length. */
export async function* streamBatches(
  database: Database,
  relation: string,
  readings: BatchReadings,
  marks: Marks,
  size: number,
): AsyncGenerator<Batch> {
  const p = readings.numeric.length;
  const q = readings.categories.length;
  const watched = [...readings.unread];
  // Names of columns come as one more text.
  const texts = readings.text.length + (watched.length > 0 ? 1 : 0);
  const written = [...readings.categories, ...readings.text];
  const cells = [
    ...readings.numeric.map(({ parsed }, j) => `${parsed} AS p${j}`),
    ...written.map((reading, j) => `${reading.written} AS w${j}`),
    ...watched.map(([name, { parsed, written: w }], j) => {
      const bad = `${parsed} IS NULL AND ${w} IS NOT NULL AND NOT ${isMarkSql(w, marks)}`;
      return `CASE WHEN ${bad} THEN ${literal(name)} END AS u${j}`;
    }),
  ];
  const asked = [
    ...readings.numeric.map((_, j) => `coalesce(${withoutStated(`p${j}`, marks)}, 'nan'::DOUBLE)`),
    ...written.map((_, j) => {
      const missing = j < q ? `w${j} IS NULL OR ${isMarkSql(`w${j}`, marks)}` : `w${j} IS NULL`;
      return `CASE WHEN ${missing} THEN '' ELSE w${j} END`;
    }),
    ...(watched.length > 0
      ? [`concat_ws(', ', ${watched.map((_, j) => `u${j}`).join(", ")})`]
      : []),
  ];
  const connection = await database.connect();
  let next: Promise<DuckDBDataChunk | null> = Promise.resolve(null);
  try {
    const result = await connection.stream(
      asked.length > 0
        ? `SELECT ${asked.join(", ")} FROM (SELECT ${cells.join(", ")} FROM (${relation}))`
        : `SELECT 1 FROM (${relation})`,
    );
    let start = 0;
    let batch = emptyBatch(0, size, p, texts);
    let rows = 0;
    next = result.fetchChunk();
    for (;;) {
      const chunk = await next;
      const count = chunk?.rowCount ?? 0;
      if (!chunk || count === 0) break;
      // DuckDB works on the next rows while these are copied.
      next = result.fetchChunk();
      const columns = {
        numbers: numberColumns(chunk, p),
        texts: textColumns(chunk, p, asked.length),
      };
      for (let from = 0; from < count; ) {
        const take = Math.min(count - from, size - rows);
        copyRows(batch, columns, from, take, rows, p, q);
        from += take;
        rows += take;
        if (rows === size) {
          yield withUnread(batch, watched.length > 0);
          start += rows;
          rows = 0;
          batch = emptyBatch(start, size, p, texts);
        }
      }
    }
    if (rows > 0) yield withUnread(cut(batch, rows, p, q), watched.length > 0);
  } finally {
    // A reader may stop early, with rows on their way.
    await next.catch(() => null);
    connection.closeSync();
  }
}

/** A batch whose last text names columns with cells that they cannot hold. */
function withUnread(batch: Batch, watched: boolean): Batch {
  if (!watched) return batch;
  const unread = batch.text.at(-1)!;
  return { ...batch, text: batch.text.slice(0, -1), unread };
}

/** NaN may stay: it is what a missing value becomes. */
function withoutStated(number: string, marks: Marks): string {
  return marks.numbers.length === 0 && !marks.infinite ? number : observedSql(number, marks);
}

function emptyBatch(start: number, rows: number, p: number, texts: number): Batch {
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
