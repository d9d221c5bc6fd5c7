import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { openTable } from "../data/tables/open.ts";
import type { Encoding, OpenOptions, Table } from "../data/terms/table.ts";
import { EspejoError, phrases } from "../errors.ts";
import { type ClusterData, nameOfData } from "./cluster-data.ts";
import type { Connection } from "./connection.ts";

/** Data of a cluster, and a table of some of their rows that tells what their columns are. */
export interface Looked {
  readonly data: ClusterData;
  /** Of the sample: columns, notes, how it is read. To be disposed of. */
  readonly table: Table;
  /** Rows of all data, and of the sample. */
  readonly rows: number;
  readonly sampled: number;
}

const imageEnding = /\.(png|jpe?g|gif|webp|tiff?|bmp|npy|npz|idx)$/i;

/** Lines of text files that tell how they are written. */
const headLines = 2000;

const sparkEncodings: Readonly<Record<Encoding, string>> = {
  "utf-8": "UTF-8",
  "latin-1": "windows-1252",
  "utf-16": "UTF-16",
};

/**
 * Looks at data of a cluster: a sample of its rows is read as any table is. Throws what opening a table throws, and
 * `cluster_lines` for text files with lines that are no rows.
 */
export async function lookAt(
  connection: Connection,
  asked: ClusterData,
  options: OpenOptions,
  scratch: string,
): Promise<Looked> {
  const name = nameOfData(asked);
  if ("path" in asked && imageEnding.test(asked.path))
    throw new EspejoError("cluster_content", { path: name, content: phrases.images });
  const { data, read } = await withDialect(connection, asked, options, scratch);
  const csv = "csv" in data && data.csv !== undefined;
  const to = join(scratch, csv ? "sample.csv" : "sample.parquet");
  const { rows, sampled } = await connection.ask<{ rows: number; sampled: number }>("sample", {
    ...{ data, to, path: name },
  });
  const table = await named(name, scratch, () => openTable(to, read));
  const encoding = csv ? encodingOf(data) : table.detected.encoding;
  return {
    ...{ data, rows, sampled },
    table: { ...table, detected: { ...table.detected, encoding } },
  };
}

const encodingOf = (data: ClusterData): Encoding => {
  const found = Object.entries(sparkEncodings).find(
    ([, spark]) => "csv" in data && data.csv?.encoding === spark,
  );
  return (found?.[0] ?? "utf-8") as Encoding;
};

/** Text files with how they are written, which their first lines tell, and how a sample of them is then read. */
async function withDialect(
  connection: Connection,
  data: ClusterData,
  options: OpenOptions,
  scratch: string,
): Promise<{ readonly data: ClusterData; readonly read: OpenOptions }> {
  const { lines } = await connection.ask<{ lines: readonly string[] | null }>("head", {
    ...{ data, lines: headLines },
  });
  if (lines === null || !("path" in data)) {
    const { format: _, ...read } = options;
    return { data, read };
  }
  const path = join(scratch, "head.csv");
  await writeFile(path, Buffer.from(`${lines.join("\n")}\n`, "latin1"));
  const table = await named(data.path, scratch, () => openTable(path, options));
  try {
    const { delimiter, quote, encoding, header, skipped } = table.detected;
    if (skipped.length > 0)
      throw new EspejoError("cluster_lines", {
        ...{ path: data.path, text: skipped[0]!.text },
      });
    if (delimiter === "whitespace") throw new EspejoError("cluster_format", { path: data.path });
    const names = table.columns.map(({ name }) => name);
    const csv = { delimiter, quote, header, encoding: sparkEncodings[encoding], names };
    return {
      data: { ...data, csv },
      read: { ...options, delimiter, header: true, encoding: "utf-8", format: "csv" },
    };
  } finally {
    await table.dispose();
  }
}

/** Opens a file of the scratch folder as what it stands for. */
async function named(name: string, scratch: string, open: () => Promise<Table>): Promise<Table> {
  try {
    return { ...(await open()), path: name };
  } catch (error) {
    if (!(error instanceof EspejoError) || !String(error.parameters.path).startsWith(scratch))
      throw error;
    // the code takes the parameters that it had
    const parameters = { ...error.parameters, path: name } as never;
    throw new EspejoError(error.code, parameters, { cause: error });
  }
}
