import { tmpdir } from "node:os";
import { join } from "node:path";
import type { DuckDBConnection } from "@duckdb/node-api";
import { EspejoError } from "../../errors.ts";
import { loadDuckDB } from "./native-parts.ts";

/** A closed DuckDB: nothing is fetched or loaded, memory and threads are bounded. */
export interface Database {
  query(sql: string): Promise<readonly (readonly unknown[])[]>;
  /** A connection of its own, for a stream beside other queries; its user closes it. */
  connect(): Promise<DuckDBConnection>;
  /**
   * From here on one thread works, and no setting changes. Rows that two threads stream may come out of order
   * where one of them is held up: seen with DuckDB 1.5.5 on Parquet files of several row groups.
   */
  keepOrder(): Promise<void>;
  /** Runs work whose streams come in the order of their rows; what comes after it may use all threads again. */
  inOrder<Made>(work: () => Promise<Made>): Promise<Made>;
  dispose(): void;
}

export interface DatabaseOptions {
  readonly memoryLimit?: string | undefined;
  readonly threads?: number | undefined;
  readonly tempDirectory?: string | undefined;
}

/** Memory that reading may take unless told. */
const usualMemory = "600MB";

/** The error for work that did not fit into the memory it may take; null for other errors. */
export function memoryError(
  error: unknown,
  path: string,
  limit: string = usualMemory,
): EspejoError<"memory_short"> | null {
  const { message = "", cause } = error as { message?: string; cause?: { message?: string } };
  if (!/out of memory error/i.test(`${message} ${cause?.message ?? ""}`)) return null;
  return new EspejoError("memory_short", { path, limit }, { cause: error });
}

let opened = 0;

export async function openDatabase({
  memoryLimit = usualMemory,
  threads,
  tempDirectory = tmpdir(),
}: DatabaseOptions = {}): Promise<Database> {
  const { DuckDBInstance } = await loadDuckDB();
  const instance = await DuckDBInstance.create(":memory:", {
    autoinstall_known_extensions: "false",
    autoload_known_extensions: "false",
    allow_community_extensions: "false",
    memory_limit: memoryLimit,
    ...(threads === undefined ? {} : { threads: String(threads) }),
    // Made when first needed and removed by DuckDB; two databases must not share one.
    temp_directory: join(tempDirectory, `espejo-${process.pid}-${++opened}-spill`),
  });
  const connection = await instance.connect();
  await connection.run("SET preserve_insertion_order = true");
  // What it frees goes back to the system, which one thread of its own does not see to: hundreds of megabytes.
  await connection.run("SET allocator_background_threads = true");
  // Moments are written as those of UTC on every machine; without time zones DuckDB knows no others.
  await connection.run("SET TimeZone = 'UTC'").catch(() => null);
  return {
    query: async (sql) => (await connection.runAndReadAll(sql)).getRows(),
    connect: () => instance.connect(),
    keepOrder: async () => {
      await connection.run("SET threads = 1; SET lock_configuration = true");
    },
    inOrder: async (work) => {
      await connection.run("SET threads = 1");
      try {
        return await work();
      } finally {
        await connection.run(threads === undefined ? "RESET threads" : `SET threads = ${threads}`);
      }
    },
    dispose: () => {
      connection.closeSync();
      instance.closeSync();
    },
  };
}
