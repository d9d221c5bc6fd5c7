import type { OutputBatch, OutputBatches, OutputColumn } from "../data/terms/output.ts";

type Cell = string | number | boolean | null | undefined;

/** One row with its place among all, from 0. */
interface PlacedRow {
  readonly score: number;
  readonly place: number;
  readonly cells: readonly Cell[];
}

/** Rows beyond those that are kept, before they are sorted and cut again. */
const slack = 10_000;

/** Rows by their column `score`, the highest first, with their number in the source; `most` keeps only so many of them. */
export function rankedOutput(
  columns: readonly OutputColumn[],
  batches: OutputBatches,
  most = Number.POSITIVE_INFINITY,
): { readonly columns: readonly OutputColumn[]; readonly batches: AsyncGenerator<OutputBatch> } {
  const score = columns.findIndex(({ name }) => name === "score");
  const numbered = columns.some(({ name }) => name === "row");
  async function* ranked(): AsyncGenerator<OutputBatch> {
    let rows: PlacedRow[] = [];
    let place = 0;
    for await (const batch of batches)
      for (let i = 0; i < batch.rows; i++) {
        const cells = batch.columns.map((column) => column[i]);
        rows.push({ score: Number(cells[score]), place: place++, cells });
        if (rows.length > most + slack) rows = rows.sort(byScore).slice(0, most);
      }
    const best = rows.sort(byScore).slice(0, most);
    const told = columns.map((_, j) => best.map(({ cells }) => cells[j]));
    yield {
      rows: best.length,
      columns: numbered ? told : [best.map((row) => row.place + 1), ...told],
    };
  }
  return {
    columns: numbered ? columns : [{ name: "row", type: "integer" }, ...columns],
    batches: ranked(),
  };
}

/** The highest first, of equals the first; what has no score stands last. */
function byScore(a: PlacedRow, b: PlacedRow): number {
  const [x, y] = [a, b].map(({ score }) =>
    Number.isNaN(score) ? Number.NEGATIVE_INFINITY : score,
  );
  return x === y ? a.place - b.place : y! - x!;
}
