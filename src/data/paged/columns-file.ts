import { stat } from "node:fs/promises";
import { openDatabase } from "../native/database.ts";
import { identifier, literal } from "../terms/sql.ts";

/** A Parquet file that we wrote, of which whole columns of numbers come into memory, and cells of text row by row. */
export interface ColumnsFile {
  readonly names: readonly string[];
  readonly rows: number;
  /** Columns of numbers in the order of the rows, NaN where one is missing. */
  numbers(names: readonly string[]): Promise<readonly Float32Array[]>;
  /** Cells of some rows, by their numbers from 0, in the order asked for; "" where one is missing. */
  texts(names: readonly string[], rows: readonly number[]): Promise<readonly (readonly string[])[]>;
  dispose(): void;
}

/** Memory that reading may take, beyond what the columns hold. */
const memoryLimit = "400MB";

/** Opens a Parquet file by its columns. Throws an Error of the system where there is no such file. */
export async function openColumnsFile(path: string): Promise<ColumnsFile> {
  await stat(path);
  const database = await openDatabase({ memoryLimit });
  // a path is none that stands for several
  const place = literal(path.replace(/[[*?]/g, "[$&]"));
  const from = `read_parquet(${place}, hive_partitioning = false, file_row_number = true)`;
  const number = "file_row_number";
  try {
    await database.keepOrder();
    const described = await database.query(`DESCRIBE SELECT * EXCLUDE (${number}) FROM ${from}`);
    const [[rows]] = (await database.query(`SELECT count(*) FROM ${from}`)) as [[unknown]];
    return {
      names: described.map(([name]) => String(name)),
      rows: Number(rows),
      async numbers(names) {
        const columns = names.map(() => new Float32Array(Number(rows)));
        if (names.length === 0) return columns;
        const asked = names.map((name) => `coalesce(${identifier(name)}::FLOAT, 'nan'::FLOAT)`);
        const connection = await database.connect();
        try {
          const result = await connection.stream(`SELECT ${asked.join(", ")} FROM ${from}`);
          for (let start = 0; ; ) {
            const chunk = await result.fetchChunk();
            const count = chunk?.rowCount ?? 0;
            if (!chunk || count === 0) return columns;
            columns.forEach((column, j) => {
              // the values themselves, which the class keeps to itself
              const { items } = chunk.getColumnVector(j) as unknown as { items: Float32Array };
              column.set(items.subarray(0, count), start);
            });
            start += count;
          }
        } finally {
          connection.closeSync();
        }
      },
      async texts(names, wanted) {
        if (names.length === 0 || wanted.length === 0) return wanted.map(() => []);
        const found = await database.query(
          `SELECT ${[number, ...names.map(identifier)].join(", ")} FROM ${from} WHERE ${number} IN (${wanted.join(", ")})`,
        );
        const byRow = new Map(
          found.map(([row, ...cells]) => [Number(row), cells.map((cell) => String(cell ?? ""))]),
        );
        return wanted.map((row) => byRow.get(row) ?? names.map(() => ""));
      },
      dispose: () => database.dispose(),
    };
  } catch (error) {
    database.dispose();
    throw error;
  }
}
