import type { Arrays, Cells } from "../../data/terms/arrays.ts";
import { EspejoError } from "../../errors.ts";
import type { ArrayModel } from "../model/array-model.ts";
import { scoreNotFinite } from "../model/finite-scores.ts";

/** A time stamp, scored. */
export interface Stamp {
  /** The source row, from 0. */
  readonly row: number;
  /** The mean (better than the median on NAB, docs/scores.md) error of its observed cells over its windows; NaN where none was observed. */
  readonly score: number;
  /** The number of the feature that adds most, and its share of the score; -1 and 0 where nothing was observed. */
  readonly feature: number;
  readonly share: number;
  /** What that feature was, and was rebuilt as, mean of its windows; NaN where that was not asked for. */
  readonly actual: number;
  readonly expected: number;
}

/** A step whose windows have not all passed. */
interface Open {
  readonly row: number;
  /** Sums of the errors of each feature, over windows. */
  readonly sums: Float64Array;
  /** Of each feature what was there and, over the windows that it was observed in, what was rebuilt. */
  readonly actual: Float64Array;
  readonly rebuilt: Float64Array;
  readonly windows: Uint32Array;
  /** Cells that were observed, over windows. */
  cells: number;
}

/**
 * The steps of windows as they are done with, in order of series and time: only the steps of one window are
 * held at once. `keep` leaves windows out, `rebuilt` tells what was expected, too. Throws `stamps_absent` for rows that are no windows of a table, and
 * `score_not_finite`.
 */
export async function* stampErrors(
  model: ArrayModel,
  arrays: Arrays,
  keep: (row: number) => boolean = () => true,
  { rebuilt = false }: { readonly rebuilt?: boolean } = {},
): AsyncGenerator<Stamp> {
  const { steps } = arrays;
  if (!steps) throw new EspejoError("stamps_absent", { path: arrays.path });
  const [length, features] = model.shape as [number, number];
  const width = length * features;
  let open: Open[] = [];
  for await (const { start, rows, x } of model.batches(arrays)) {
    const chosen = Array.from({ length: rows }, (_, i) => i).filter((i) => keep(start + i));
    if (chosen.length === 0) continue;
    const own = new Float64Array(chosen.length * width);
    chosen.forEach((row, i) => {
      own.set(x.subarray(row * width, (row + 1) * width), i * width);
    });
    const outputs = rebuilt ? (["error", "reconstruction"] as const) : (["error"] as const);
    const { error, reconstruction } = await model.run(outputs, own, chosen.length);
    const errors = error!.data as Float32Array;
    const expected = reconstruction?.data as Cells | undefined;
    for (const [i, window] of chosen.entries()) {
      const places = steps(start + window);
      const known = open.findIndex(({ row }) => row === places[0]);
      const passed = known < 0 ? open.length : known;
      for (const each of open.slice(0, passed)) yield closed(each);
      open = open.slice(passed);
      places.forEach((row, step) => {
        open[step] ??= opened(row, features);
        const now = open[step]!;
        for (let f = 0, at = i * width + step * features; f < features; f++, at++) {
          if (Number.isNaN(own[at]!)) continue;
          if (!Number.isFinite(errors[at]!)) throw scoreNotFinite(model.path, row + 1, errors[at]!);
          now.sums[f]! += errors[at]!;
          now.cells++;
          now.actual[f] = own[at]!;
          now.rebuilt[f]! += expected?.[at] ?? Number.NaN;
          now.windows[f]!++;
        }
      });
    }
  }
  for (const each of open) yield closed(each);
}

const opened = (row: number, features: number): Open => ({
  ...{ row, sums: new Float64Array(features), actual: new Float64Array(features) },
  ...{ rebuilt: new Float64Array(features), windows: new Uint32Array(features), cells: 0 },
});

function closed({ row, sums, cells, actual, rebuilt, windows }: Open): Stamp {
  const nothing = { actual: Number.NaN, expected: Number.NaN };
  if (cells === 0) return { row, score: Number.NaN, feature: -1, share: 0, ...nothing };
  let [total, positive, feature] = [0, 0, 0];
  sums.forEach((sum, f) => {
    total += sum;
    positive += Math.max(0, sum);
    if (windows[f]! > 0 && (windows[feature] === 0 || sum > sums[feature]!)) feature = f;
  });
  const share = positive > 0 ? Math.max(0, sums[feature]!) / positive : 0;
  const expected = rebuilt[feature]! / windows[feature]!;
  return { row, score: total / cells, feature, share, actual: actual[feature]!, expected };
}
