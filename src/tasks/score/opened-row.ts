import type { Table } from "../../data/terms/table.ts";
import { EspejoError } from "../../errors.ts";
import type { TableModel } from "../model/table-model.ts";
import type { Reason } from "./reasons.ts";
import { explainColumns } from "./score.ts";

/** A row with what its model makes of every column. */
export interface OpenedRow {
  readonly score: number;
  /** The columns that contribute most first. */
  readonly columns: readonly Reason[];
}

/**
 * Opens a row of a table, counted from 0 in the order of the source, by a model that takes its columns. Throws `row_unknown`
 * where there are not as many.
 */
export async function openRow(model: TableModel, table: Table, row: number): Promise<OpenedRow> {
  for await (const batch of model.batches(table)) {
    const i = row - batch.start;
    if (i < 0) break;
    if (i >= batch.rows) continue;
    const [columns] = await explainColumns(model, batch, [i]);
    const { score } = await model.run(["score"], batch);
    return { score: (score!.data as Float32Array)[i]!, columns: columns! };
  }
  throw new EspejoError("row_unknown", { path: table.path, row: row + 1, rows: table.rows });
}
