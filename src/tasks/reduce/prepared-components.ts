import type { Table } from "../../data/terms/table.ts";
import { EspejoError } from "../../errors.ts";
import { covarianceSum } from "../../metrics/covariance.ts";
import { mostPcaColumns, pcaOf } from "../../metrics/pca.ts";
import { transform } from "../../metrics/projection.ts";
import { checkArguments } from "../../options.ts";
import { argument } from "../model/arguments.ts";
import { categoryValues } from "../model/category-values.ts";
import type { TableModel } from "../model/table-model.ts";
import { firstColumns } from "../score/scores.ts";

/** The first two principal components of the columns as a model prepares them: what a code of two is beside. */
export interface PreparedComponents {
  /** Share of the variance of the prepared columns that each shows. */
  readonly shares: readonly [number, number];
  /** Their values for prepared rows, an array for each. */
  of(prepared: Float32Array, rows: number): readonly [Float32Array, Float32Array];
}

/** Whether a model's rows are narrow enough for them. */
export const hasPreparedComponents = (model: TableModel): boolean =>
  rebuiltCells(model) <= mostPcaColumns;

/** Two passes over the rows, in memory of a batch. Throws `pca_columns` for more columns than PCA is made of. */
export async function preparedComponents(
  model: TableModel,
  table: Table,
): Promise<PreparedComponents> {
  checkArguments("preparedComponents", {
    model: [model, argument.tableModel],
    table: [table, argument.table],
  });
  const columns = rebuiltCells(model);
  if (!hasPreparedComponents(model))
    throw new EspejoError("pca_columns", { path: table.path, columns, most: mostPcaColumns });
  const sum = covarianceSum(columns);
  for await (const batch of model.batches(table)) {
    const { prepared } = await model.run(["prepared"], batch);
    sum.add(firstColumns(prepared!.data as Float32Array, batch.rows, columns));
  }
  const pca = pcaOf(sum.result(), 2);
  const [first = 0, second = 0] = pca.explainedVarianceRatio;
  const kept = pca.explainedVariance.length;
  return {
    shares: [first, second],
    of(prepared, rows) {
      const flat = transform(pca, firstColumns(prepared, rows, columns));
      const axis = (j: number): Float32Array =>
        Float32Array.from({ length: rows }, (_, i) => (j < kept ? flat[i * kept + j]! : 0));
      return [axis(0), axis(1)];
    },
  };
}

/** Cells of a prepared row that the network rebuilds: what else it takes (flags, cycles of dates) comes behind. */
const rebuiltCells = (model: TableModel): number =>
  model.categoryColumns.reduce(
    (cells, _, j) => cells + categoryValues(model, j).length,
    model.numericColumns.length,
  );
