import type { Cells } from "../../data/terms/arrays.ts";
import type { ArrayModel } from "../model/array-model.ts";

/** Times that gaps are rebuilt with what was rebuilt there before. */
const rounds = 2;

/**
 * What a model rebuilds of rows [rows, ...shape]. Most networks know no missing values: where one gives none back,
 * gaps are first taken for the mean of their feature, then for what was rebuilt in their place.
 */
export async function rebuildRows(model: ArrayModel, x: Cells, rows: number): Promise<Cells> {
  const run = async (cells: Cells): Promise<Cells> =>
    (await model.run(["reconstruction"], cells, rows)).reconstruction!.data as Cells;
  const rebuilt = await run(x);
  if (!rebuilt.some(Number.isNaN)) return rebuilt;
  const { mean } = model.metadata.scale;
  const features = mean.length;
  let filled = x.map((value, k) => (Number.isNaN(value) ? mean[k % features]! : value));
  let again = await run(filled);
  for (let round = 1; round < rounds; round++) {
    filled = x.map((value, k) => (Number.isNaN(value) ? again[k]! : value));
    again = await run(filled);
  }
  return again;
}
