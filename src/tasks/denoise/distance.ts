import type { Table } from "../../data/table.ts";
import type { OutputBatch } from "../../data/write.ts";
import { EspejoError } from "../../errors.ts";
import { momentsOf } from "../../metrics/statistics.ts";
import type { DenoisedTable } from "./table.ts";

/** How far a table is from what it should be. */
export interface CleanDistance {
  /** Passes batches of the cleaned table on, and measures them. */
  watch(denoised: Pick<DenoisedTable, "columns" | "batches">): AsyncGenerator<OutputBatch>;
  /** Root mean square over numbers, in deviations of the clean columns; gaps count as their means. */
  result(): { readonly before: number; readonly after: number };
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
  const wanted = await numbersOf(clean, names);
  const given = await numbersOf(table, names);
  const moments = names.map((_, j) =>
    momentsOf(wanted.filter((_value, k) => k % names.length === j)),
  );
  const squared = (value: number, k: number): number => {
    const { mean, deviation } = moments[k % names.length]!;
    const goal = wanted[k]!;
    if (Number.isNaN(goal) || deviation === 0) return 0;
    return (((Number.isNaN(value) ? mean : value) - goal) / deviation) ** 2;
  };
  const counted = wanted.reduce(
    (n, goal, k) => (Number.isNaN(goal) || moments[k % names.length]!.deviation === 0 ? n : n + 1),
    0,
  );
  const before = given.reduce((sum, value, k) => sum + squared(value, k), 0);
  let after = 0;
  return {
    async *watch({ columns, batches }) {
      const places = names.map((name) => columns.findIndex((column) => column.name === name));
      let row = 0;
      for await (const batch of batches) {
        for (let i = 0; i < batch.rows; i++, row++)
          places.forEach((place, j) => {
            after += squared(batch.columns[place]![i] as number, row * names.length + j);
          });
        yield batch;
      }
    },
    result: () => ({ before: Math.sqrt(before / counted), after: Math.sqrt(after / counted) }),
  };
}

async function numbersOf(table: Table, names: readonly string[]): Promise<Float64Array> {
  const all = new Float64Array(table.rows * names.length);
  for await (const { start, numeric } of table.batches({ numeric: names, categories: [] }))
    all.set(numeric, start * names.length);
  return all;
}
