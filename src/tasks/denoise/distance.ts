import type { OutputBatch } from "../../data/terms/output.ts";
import type { Table } from "../../data/terms/table.ts";
import { EspejoError } from "../../errors.ts";
import { type CleanErrors, cleanErrors } from "./clean-errors.ts";
import type { DenoisedTable } from "./table.ts";

/** How far a table is from what it should be. */
export interface CleanDistance {
  /** Passes batches of the cleaned table on, and measures their numbers. */
  watch(denoised: Pick<DenoisedTable, "columns" | "batches">): AsyncGenerator<OutputBatch>;
  result(): CleanErrors;
}

/** Measures a table against its clean one, row by row. Throws `clean_rows` where their numbers differ. */
export async function distanceFromClean(table: Table, clean: Table): Promise<CleanDistance> {
  if (table.rows !== clean.rows)
    throw new EspejoError("clean_rows", {
      path: clean.path,
      rows: clean.rows,
      noisy: table.rows,
    });
  const names = clean.columns
    .filter(({ input, type }) => input === "numeric" && type !== "date")
    .map(({ name }) => name);
  const goals = await numbersOf(clean, names);
  const given = await numbersOf(table, names);
  const width = names.length;
  const errors = cleanErrors(width);
  return {
    async *watch({ columns, batches }) {
      const places = names.map((name) => columns.findIndex((column) => column.name === name));
      let start = 0;
      for await (const batch of batches) {
        const { rows } = batch;
        const cells = [start * width, (start + rows) * width] as const;
        errors.add({
          rows,
          goals: goals.subarray(...cells),
          was: given.subarray(...cells),
          is: Float64Array.from(
            { length: rows * width },
            (_, k) => batch.columns[places[k % width]!]![Math.floor(k / width)] as number,
          ),
        });
        start += rows;
        yield batch;
      }
    },
    result: errors.result,
  };
}

async function numbersOf(table: Table, names: readonly string[]): Promise<Float64Array> {
  const all = new Float64Array(table.rows * names.length);
  for await (const { start, numeric } of table.batches({ numeric: names, categories: [] }))
    all.set(numeric, start * names.length);
  return all;
}
