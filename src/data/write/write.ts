import type { Writable } from "node:stream";
import { EspejoError } from "../../errors.ts";
import { writeWhole } from "../../files.ts";
import type { OutputBatches, OutputColumn } from "../terms/output.ts";
import { rowFormatter } from "./write-text.ts";

export type OutputFormat = "csv" | "parquet" | "json" | "ndjson";

/** The format that the ending of a path asks for. */
export function outputFormat(path: string): OutputFormat | undefined {
  const ending = /\.(csv|parquet|json|ndjson|jsonl)$/i.exec(path)?.[1]?.toLowerCase();
  return ending === "jsonl" ? "ndjson" : (ending as OutputFormat | undefined);
}

/** Lines of a CSV file that are none of its rows: above the header, below it, and at the end. */
export interface LinesAround {
  readonly above: readonly string[];
  readonly below: readonly string[];
  readonly end: readonly string[];
}

/**
 * Writes rows to a path, whole or not at all, or to a stream as they come (Parquet needs a path),
 * whose error is thrown as it is. Returns the number of rows. Numbers are written with all their digits.
 */
export async function writeRows(
  target: string | Writable,
  format: OutputFormat,
  columns: readonly OutputColumn[],
  batches: OutputBatches,
  around?: LinesAround,
): Promise<number> {
  if (typeof target !== "string") {
    if (format === "parquet") throw new EspejoError("parquet_stream", {});
    const write = (text: string): Promise<void> =>
      new Promise((resolve, reject) => {
        target.write(text, (error) => (error ? reject(error) : resolve()));
      });
    return writeText(format, columns, batches, around, write);
  }
  let rows = 0;
  await writeWhole(target, async (file) => {
    if (format === "parquet") {
      const { writeParquet } = await import("./write-parquet.ts");
      rows = await writeParquet(file.path, columns, batches);
    } else rows = await writeText(format, columns, batches, around, file.write);
  });
  return rows;
}

const rowsAtOnce = 4096;

async function writeText(
  format: Exclude<OutputFormat, "parquet">,
  columns: readonly OutputColumn[],
  batches: OutputBatches,
  around: LinesAround | undefined,
  write: (text: string) => Promise<void>,
): Promise<number> {
  const { head, row, between, foot } = rowFormatter(format, columns);
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
