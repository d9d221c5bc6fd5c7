import type { Writable } from "node:stream";
import { EspejoError } from "../../errors.ts";
import { writeWhole } from "../../files.ts";
import type { OutputBatches, OutputColumn } from "../terms/output.ts";
import { rowFormatter, type Spreadsheet } from "./write-text.ts";

export type OutputFormat = "csv" | "parquet" | "xlsx" | "json" | "ndjson";

/** The format that the ending of a path asks for. */
export function outputFormat(path: string): OutputFormat | undefined {
  const ending = /\.(csv|parquet|xlsx|json|ndjson|jsonl)$/i.exec(path)?.[1]?.toLowerCase();
  return ending === "jsonl" ? "ndjson" : (ending as OutputFormat | undefined);
}

/** Lines of a CSV file that are none of its rows: above the header, below it, and at the end. */
export interface LinesAround {
  readonly above: readonly string[];
  readonly below: readonly string[];
  readonly end: readonly string[];
}

/** How CSV is written, besides its rows. */
export interface WriteOptions {
  readonly around?: LinesAround | undefined;
  /** As a spreadsheet in that language opens it right: Spanish with ";", decimal commas and a byte order mark. */
  readonly excel?: Spreadsheet | undefined;
}

/**
 * Writes rows to a path, whole or not at all, or to a stream as they come (Parquet and Excel workbooks need a path),
 * whose error is thrown as it is. Returns the number of rows. Numbers are written with all their digits.
 */
export async function writeRows(
  target: string | Writable,
  format: OutputFormat,
  columns: readonly OutputColumn[],
  batches: OutputBatches,
  options: WriteOptions = {},
): Promise<number> {
  if (typeof target !== "string") {
    if (format === "parquet" || format === "xlsx")
      throw new EspejoError("file_stream", { format: format === "xlsx" ? "Excel" : "Parquet" });
    const write = (text: string): Promise<void> =>
      new Promise((resolve, reject) => {
        target.write(text, (error) => (error ? reject(error) : resolve()));
      });
    return writeText(format, columns, batches, options, write);
  }
  let rows = 0;
  await writeWhole(target, async (file) => {
    if (format === "parquet") {
      const { writeParquet } = await import("./write-parquet.ts");
      rows = await writeParquet(file.path, columns, batches);
    } else if (format === "xlsx") {
      const { writeXlsx } = await import("./write-xlsx.ts");
      rows = await writeXlsx(file, target, columns, batches);
    } else rows = await writeText(format, columns, batches, options, file.write);
  });
  return rows;
}

/** Writes rows as a Parquet file, whole or not at all, in the order of a column. Throws `write_failed`. */
export function writeSortedRows(
  path: string,
  columns: readonly OutputColumn[],
  batches: OutputBatches,
  sortedBy: string,
): Promise<void> {
  return writeWhole(path, async (file) => {
    const { writeParquet } = await import("./write-parquet.ts");
    await writeParquet(file.path, columns, batches, { sortedBy });
  });
}

const rowsAtOnce = 4096;

async function writeText(
  format: Exclude<OutputFormat, "parquet" | "xlsx">,
  columns: readonly OutputColumn[],
  batches: OutputBatches,
  { around, excel }: WriteOptions,
  write: (text: string) => Promise<void>,
): Promise<number> {
  const { head, row, between, foot } = rowFormatter(format, columns, excel);
  const lines = (texts: readonly string[] = []): string =>
    format === "csv" ? texts.map((text) => `${text}\n`).join("") : "";
  await write(lines(around?.above) + head + lines(around?.below));
  let rows = 0;
  for await (const batch of batches) {
    for (let from = 0; from < batch.rows; from += rowsAtOnce) {
      const to = Math.min(from + rowsAtOnce, batch.rows);
      let text = "";
      for (let i = from; i < to; i++) text += (rows++ > 0 ? between : "") + row(batch, i);
      await write(text);
    }
  }
  await write(foot + lines(around?.end));
  return rows;
}
