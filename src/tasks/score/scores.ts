import type { Table } from "../../data/terms/table.ts";
import type { Pca } from "../../metrics/pca.ts";
import { reconstructionErrors } from "../../metrics/projection.ts";
import type { TableModel } from "../model/table-model.ts";

/** Scores of some rows of a table, by the model and by its PCA. */
export interface Scores {
  /** Their places in the source, rising. */
  readonly rows: Uint32Array;
  readonly model: Float32Array;
  /** null where rows have too many cells. */
  readonly pca: Float32Array | null;
}

/** Scores the rows for which `keep` holds, by the model and, on the same prepared columns, by PCA where there is one. */
export async function scoreSome(
  model: TableModel,
  table: Table,
  pca: Pca | null,
  keep: (row: number) => boolean,
): Promise<Scores> {
  let count = 0;
  for (let row = 0; row < table.rows; row++) if (keep(row)) count++;
  const rows = new Uint32Array(count);
  const scores = new Float32Array(count);
  const pcaScores = new Float32Array(count);
  let next = 0;
  for await (const batch of model.batches(table)) {
    const here = next;
    for (let i = 0; i < batch.rows; i++) if (keep(batch.start + i)) rows[next++] = batch.start + i;
    if (next === here) continue;
    const result = await model.run(pca ? ["score", "prepared"] : ["score"], batch);
    const score = result.score!.data as Float32Array;
    const prepared = result.prepared?.data as Float32Array | undefined;
    const errors =
      pca && reconstructionErrors(pca, firstColumns(prepared!, batch.rows, pca.mean.length));
    for (let k = here; k < next; k++) {
      scores[k] = score[rows[k]! - batch.start]!;
      if (errors) pcaScores[k] = errors[rows[k]! - batch.start]!;
    }
  }
  return { rows, model: scores, pca: pca && pcaScores };
}

/** The first columns of rows: what a model gives, without the columns that are inputs only. */
export function firstColumns(x: Float32Array, rows: number, columns: number): Float32Array {
  if (x.length === rows * columns) return x;
  const width = x.length / rows;
  const first = new Float32Array(rows * columns);
  for (let i = 0; i < rows; i++) first.set(x.subarray(i * width, i * width + columns), i * columns);
  return first;
}
