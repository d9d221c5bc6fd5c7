import { openArrays, openSteps } from "../../data/arrays/open-arrays.ts";
import type { Arrays, ArraysOptions, Cells } from "../../data/terms/arrays.ts";
import { EspejoError } from "../../errors.ts";
import type { ArrayModel } from "../model/array-model.ts";
import { type CleanErrors, cleanErrors } from "./clean-errors.ts";

/** Measures the steps of a table against those of its clean one. Throws `clean_rows` where their numbers differ. */
export async function errorsFromClean(
  path: string,
  options: ArraysOptions,
  rows: number,
  features: readonly string[],
): Promise<{
  /** Rows from `start` on: each [rows, features]. */
  add(start: number, was: Float64Array, is: Float64Array): void;
  result(): CleanErrors;
}> {
  const clean = await openSteps(path, options);
  try {
    if (clean.rows !== rows)
      throw new EspejoError("clean_rows", { path, rows: clean.rows, noisy: rows });
    const width = features.length;
    const goals = new Float64Array(rows * width);
    const request = { numeric: features, categories: [] };
    for await (const { start, numeric } of clean.batches(request))
      goals.set(numeric, start * width);
    const errors = cleanErrors(width);
    return {
      add: (start, was, is) =>
        errors.add({ rows: was.length / width, goals: goals.subarray(start * width), was, is }),
      result: errors.result,
    };
  } finally {
    await clean.dispose();
  }
}

/** As `errorsFromClean`, for sequences of an array, batch after batch; to be closed, since it reads them meanwhile. */
export async function arraysFromClean(
  path: string,
  model: ArrayModel,
  { rows }: Arrays,
  options: ArraysOptions,
): Promise<{
  add(was: Cells, is: Cells): Promise<void>;
  result(): CleanErrors;
  close(): Promise<void>;
}> {
  const clean = await openArrays(path, { ...options, like: model.metadata.source });
  if (clean.rows !== rows) {
    await clean.dispose();
    throw new EspejoError("clean_rows", { path, rows: clean.rows, noisy: rows });
  }
  const goals = model.batches(clean)[Symbol.asyncIterator]();
  const width = model.shape.at(-1)!;
  const errors = cleanErrors(width);
  return {
    async add(was, is) {
      const { value, done } = await goals.next();
      if (!done) errors.add({ rows: was.length / width, goals: value.x, was, is });
    },
    result: errors.result,
    async close() {
      await goals.return?.();
      await clean.dispose();
    },
  };
}
