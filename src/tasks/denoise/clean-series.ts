import type { Arrays, ArraysOptions } from "../../data/arrays.ts";
import { openTable } from "../../data/open.ts";
import { openArrays } from "../../data/open-arrays.ts";
import { EspejoError } from "../../errors.ts";
import type { ArrayModel } from "../array-model.ts";

/** Root mean squares of the differences from clean values, in their units; gaps before are left out. */
interface Errors {
  readonly before: number;
  readonly after: number;
}

/** Measures the steps of a table against those of its clean one. Throws `clean_rows` where their numbers differ. */
export async function errorsFromClean(
  path: string,
  options: ArraysOptions,
  rows: number,
  features: readonly string[],
): Promise<{ add(place: number, was: number, is: number): void; result(): Errors }> {
  const clean = await openTable(path, options);
  try {
    if (clean.rows !== rows)
      throw new EspejoError("clean_rows", { path, rows: clean.rows, noisy: rows });
    const goals = new Float64Array(rows * features.length);
    const request = { numeric: features, categories: [] };
    for await (const { start, numeric } of clean.batches(request))
      goals.set(numeric, start * features.length);
    const sums = differences();
    return { add: (place, was, is) => sums.add(goals[place]!, was, is), result: sums.result };
  } finally {
    await clean.dispose();
  }
}

/** As `errorsFromClean`, for sequences of an array, batch after batch. */
export async function arraysFromClean(
  path: string,
  model: ArrayModel,
  { rows }: Arrays,
  options: ArraysOptions,
): Promise<{ add(was: Float32Array, is: Float32Array): Promise<void>; result(): Errors }> {
  const clean = await openArrays(path, { ...options, like: model.metadata.source });
  if (clean.rows !== rows) {
    await clean.dispose();
    throw new EspejoError("clean_rows", { path, rows: clean.rows, noisy: rows });
  }
  const goals = model.batches(clean)[Symbol.asyncIterator]();
  const sums = differences();
  return {
    async add(was, is) {
      const { value, done } = await goals.next();
      if (done) return;
      value.x.forEach((goal: number, k: number) => {
        sums.add(goal, was[k]!, is[k]!);
      });
    },
    result: sums.result,
  };
}

function differences() {
  let [before, after, count] = [0, 0, 0];
  return {
    add(goal: number, was: number, is: number): void {
      if (Number.isNaN(goal) || Number.isNaN(was) || Number.isNaN(is)) return;
      count++;
      before += (was - goal) ** 2;
      after += (is - goal) ** 2;
    },
    result: (): Errors => ({ before: Math.sqrt(before / count), after: Math.sqrt(after / count) }),
  };
}
