import {
  type OutputBatches,
  type OutputColumn,
  type OutputFormat,
  outputFormat,
  writeRows,
} from "../data/write.ts";
import { EspejoError } from "../errors.ts";
import type { AddOption } from "./options.ts";
import { oneOf } from "./options.ts";

/** Options of commands that write rows. */
export function addOutputOptions(add: AddOption): void {
  add("-o, --output <file>", "option.output");
  add("--format <name>", "option.format", oneOf("csv", "parquet", "json", "ndjson"));
}

/** Writes rows where the options say: a file, or standard output. Gives the number of rows. */
export async function writeOutput(
  options: Readonly<Record<string, unknown>>,
  columns: readonly OutputColumn[],
  batches: OutputBatches,
): Promise<number> {
  const path = options.output as string | undefined;
  const asked = options.format as OutputFormat | undefined;
  const fallback: OutputFormat = options.json ? "json" : "csv";
  if (path === undefined) return writeRows(process.stdout, asked ?? fallback, columns, batches);
  const format = asked ?? outputFormat(path);
  if (!format)
    throw new EspejoError("option_value", {
      option: "-o",
      expected: "a file that ends in .csv, .parquet, .json or .ndjson, or --format beside it",
      value: path,
    });
  return writeRows(path, format, columns, batches);
}
