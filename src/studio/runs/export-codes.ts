import type { OutputBatch, OutputColumn } from "../../data/terms/output.ts";
import { type OutputFormat, writeRows } from "../../data/write/write.ts";
import type { KeptCodes } from "../../tasks/codes/kept-codes.ts";

/** Rows that are written at once. */
const rowsAtOnce = 10_000;

/** Writes rows of a run that ranked none: their numbers, what names them, and their codes. Whole or not at all. */
export function exportCodes(
  { numbers, latentDim, ids, namesOf }: KeptCodes,
  path: string,
  format: OutputFormat,
  { rows, spanish }: { readonly rows: readonly number[]; readonly spanish: boolean },
): Promise<number> {
  const latents = Array.from({ length: latentDim }, (_, i) => `latent_${i + 1}`);
  const columns: readonly OutputColumn[] = [
    { name: "row", type: "integer" },
    ...ids.map((name) => ({ name, type: "text" }) as const),
    ...latents.map((name) => ({ name, type: "float" }) as const),
  ];
  async function* batches(): AsyncGenerator<OutputBatch> {
    for (let from = 0; from < rows.length; from += rowsAtOnce) {
      const some = rows.slice(from, from + rowsAtOnce);
      const names = await namesOf(some);
      yield {
        rows: some.length,
        columns: [
          some.map((row) => row + 1),
          ...ids.map((_, k) => names.map((cells) => cells[k]!)),
          ...latents.map((name) => some.map((row) => numbers.get(name)![row]!)),
        ],
      };
    }
  }
  return writeRows(path, format, columns, batches(), spanish ? { excel: "es" } : {});
}
