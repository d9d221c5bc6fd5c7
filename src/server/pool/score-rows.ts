import { ArrayModel } from "../../tasks/model/array-model.ts";
import { ModelFile } from "../../tasks/model/model-file.ts";
import type { RawRows } from "../../tasks/model/raw-rows.ts";
import { TableModel, type TableOutput } from "../../tasks/model/table-model.ts";
import { explainArrays } from "../../tasks/score/array-reasons.ts";
import { explainRows } from "../../tasks/score/score.ts";
import type { ArrayRows, RowReasons, Scored, ServedRows, Wanted } from "../rows.ts";

/** A model of either content, loaded. */
export type AnyModel = TableModel | ArrayModel;

/** A model from the bytes of its file, of either content; one thread computes. */
export async function loadModel(bytes: Uint8Array, path: string): Promise<AnyModel> {
  const file = await ModelFile.from(bytes, path, { threads: 1 });
  return file.holdsArrays ? new ArrayModel(file) : new TableModel(file);
}

/**
 * Scores rows, and computes what else is wanted. Which outputs are computed together is one of eight sets, whatever clients
 * ask for: each set is a session of its own. Throws `score_not_finite`.
 */
export async function scoreServed(
  model: AnyModel,
  rows: ServedRows,
  wanted: Wanted,
): Promise<Scored> {
  const arrays = model instanceof ArrayModel;
  const outputs = outputsOf(model, wanted);
  const values = arrays
    ? await model.run(outputs as never, (rows as ArrayRows).x, rows.rows)
    : await model.run(outputs, rows as RawRows);
  const isAnomaly = values.is_anomaly!.data as Uint8Array;
  const reasons = await reasonsOf(model, rows, isAnomaly, wanted.reasons);
  const { latent, reconstruction, reconstruction_categories: names, error } = values;
  return {
    rows: rows.rows,
    score: values.score!.data as Float32Array,
    isAnomaly,
    ...(latent && { latent: latent.data as Float32Array }),
    ...(reconstruction && { reconstruction: reconstruction.data as Float32Array }),
    ...(names && { reconstructionCategories: names.data as readonly string[] }),
    ...(error && { error: error.data as Float32Array }),
    ...(reasons && { reasons }),
  };
}

function outputsOf(model: AnyModel, { latent, reconstruction, error }: Wanted): TableOutput[] {
  const outputs: TableOutput[] = ["score", "is_anomaly"];
  if (latent) outputs.push("latent");
  if (reconstruction) {
    if (model instanceof ArrayModel || model.numericColumns.length > 0)
      outputs.push("reconstruction");
    if (!(model instanceof ArrayModel) && model.categoryColumns.length > 0)
      outputs.push("reconstruction_categories");
  }
  if (error) outputs.push("error");
  return outputs;
}

async function reasonsOf(
  model: AnyModel,
  rows: ServedRows,
  isAnomaly: Uint8Array,
  which: Wanted["reasons"],
): Promise<readonly RowReasons[] | undefined> {
  if (which === "none") return undefined;
  const asked: number[] = [];
  for (let i = 0; i < rows.rows; i++) if (which === "all" || isAnomaly[i] === 1) asked.push(i);
  const told = new Array<RowReasons>(rows.rows).fill(null);
  if (asked.length === 0) return told;
  const found: readonly RowReasons[] =
    model instanceof ArrayModel
      ? (await explainArrays(model, (rows as ArrayRows).x, asked)).map((each) => each && [each])
      : await explainRows(model, rows as RawRows, asked);
  asked.forEach((row, i) => {
    told[row] = found[i]!;
  });
  return told;
}
