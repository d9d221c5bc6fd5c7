import type { Arrays } from "../../data/terms/arrays.ts";
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
}

/** A step whose windows have not all passed. */
interface Open {
  readonly row: number;
  /** Sums of the errors of each feature, over windows. */
  readonly sums: Float64Array;
  /** Cells that were observed, over windows. */
  cells: number;
}

/**
 * The steps of windows as they are done with, in order of series and time: only the steps of one window are
 * held at once. `keep` leaves windows out. Throws `stamps_absent` for rows that are no windows of a table, and
 * `score_not_finite`.
 */
export async function* stampErrors(
  model: ArrayModel,
  arrays: Arrays,
  keep: (row: number) => boolean = () => true,
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
    const { error } = await model.run(["error"], own, chosen.length);
    const errors = error!.data as Float32Array;
    for (const [i, window] of chosen.entries()) {
      const places = steps(start + window);
      const known = open.findIndex(({ row }) => row === places[0]);
      const passed = known < 0 ? open.length : known;
      for (const each of open.slice(0, passed)) yield closed(each);
      open = open.slice(passed);
      places.forEach((row, step) => {
        open[step] ??= { row, sums: new Float64Array(features), cells: 0 };
        for (let f = 0, at = i * width + step * features; f < features; f++, at++) {
          if (Number.isNaN(own[at]!)) continue;
          if (!Number.isFinite(errors[at]!)) throw scoreNotFinite(model.path, row + 1, errors[at]!);
          open[step]!.sums[f]! += errors[at]!;
          open[step]!.cells++;
        }
      });
    }
  }
  for (const each of open) yield closed(each);
}

function closed({ row, sums, cells }: Open): Stamp {
  if (cells === 0) return { row, score: Number.NaN, feature: -1, share: 0 };
  let [total, positive, feature] = [0, 0, 0];
  sums.forEach((sum, f) => {
    total += sum;
    positive += Math.max(0, sum);
    if (sum > sums[feature]!) feature = f;
  });
  const share = positive > 0 ? Math.max(0, sums[feature]!) / positive : 0;
  return { row, score: total / cells, feature, share };
}
