import { ArrayModel } from "../../tasks/model/array-model.ts";
import type { ServedRows } from "../rows.ts";
import { type AnyModel, scoreServed } from "./score-rows.ts";

/** Milliseconds that rows may take to be scored where they arrive: handing them over takes about as long. */
const nearMs = 0.15;

/** Rows that are scored where they arrive, at most: of the smallest models, too, some must be left to others. */
export const mostNearRows = 64;

/** Times that rows are computed to see how long they take, the least of which counts: the first ones load what others use. */
const tries = 40;

/** How many rows of a model are scored where they arrive; 0 of one that takes its time. */
export async function nearRowsOf(model: AnyModel): Promise<number> {
  const one = await leastMs(model, 1);
  if (one > nearMs) return 0;
  const all = await leastMs(model, mostNearRows);
  const each = Math.max(0, all - one) / (mostNearRows - 1);
  return Math.min(mostNearRows, 1 + Math.floor((nearMs - one) / each));
}

async function leastMs(model: AnyModel, count: number): Promise<number> {
  const wanted = { latent: false, reconstruction: false, error: false, reasons: "none" } as const;
  const rows = plainRows(model, count);
  let least = Number.POSITIVE_INFINITY;
  const ends = performance.now() + tries * nearMs;
  for (let i = 0; i < 3 || (i < tries && performance.now() < ends); i++) {
    const began = performance.now();
    await scoreServed(model, rows, wanted);
    least = Math.min(least, performance.now() - began);
  }
  return least;
}

/** Rows without a missing cell: zeros, and a category that nobody has. */
function plainRows(model: AnyModel, rows: number): ServedRows {
  if (model instanceof ArrayModel)
    return { rows, x: new Float64Array(model.shape.reduce((n, size) => n * size, rows)) };
  return {
    rows,
    numeric: new Float64Array(rows * model.numericColumns.length),
    categories: new Array<string>(rows * model.categoryColumns.length).fill("-"),
  };
}
