import type { Table } from "../data/table.ts";
import type { Pca } from "../metrics/pca.ts";
import { reconstructionErrors } from "../metrics/projection.ts";
import type { TableModel } from "./table-model.ts";

/** Scores of all rows of a table, by the model and by its PCA. */
export interface Scores {
  readonly model: Float32Array;
  readonly pca: Float32Array;
}

/** Scores every row of a table, in source order, by the model and, on the same prepared columns, by PCA. */
export async function scoreAll(model: TableModel, table: Table, pca: Pca): Promise<Scores> {
  const scores = new Float32Array(table.rows);
  const pcaScores = new Float32Array(table.rows);
  const given = pca.mean.length;
  for await (const batch of model.batches(table)) {
    const result = await model.run(["score", "prepared"], batch);
    scores.set(result.score!.data as Float32Array, batch.start);
    const prepared = firstColumns(result.prepared!.data as Float32Array, batch.rows, given);
    pcaScores.set(reconstructionErrors(pca, prepared), batch.start);
  }
  return { model: scores, pca: pcaScores };
}

/** The first columns of rows: what a model gives, without the columns that are inputs only. */
export function firstColumns(x: Float32Array, rows: number, columns: number): Float32Array {
  const width = x.length / rows;
  if (width === columns) return x;
  const first = new Float32Array(rows * columns);
  for (let i = 0; i < rows; i++) first.set(x.subarray(i * width, i * width + columns), i * columns);
  return first;
}
