import type { Arrays } from "../../data/terms/arrays.ts";
import type { OpenOptions } from "../../data/terms/table.ts";
import { checkObject } from "../../options.ts";
import { checkAnomalies } from "../compare/compare.ts";
import { type DataSource, withTable } from "../lesson/job.ts";
import type { TrainOptions } from "../lesson/train-options.ts";
import { type TrainedTable, train } from "../train/train.ts";
import { type TrainedArrays, trainArrays } from "../train/train-arrays.ts";
import { openArraysBench, openTableBench } from "../workbench/open-bench.ts";
import { type Search, type SearchOptions, searchOn } from "./search.ts";

/** A search, and the winner trained as `train` trains it. */
export interface Tuned<Trained> {
  readonly search: Search;
  /** All that `train` was told. */
  readonly options: TrainOptions;
  readonly trained: Trained;
}

/**
 * Searches kind, sizes, noise, learning rate and so on within a budget of seconds, then trains the winner fully.
 * With a label the average precision of the calibration rows counts, and the test part is untouched until the
 * end; without, the error at one size of the code. An aborted `signal` ends the search: the best so far is
 * trained for as many epochs as it had. Throws `anomalies_few` where a part has none, `tune_nothing` where no
 * candidate came to an end.
 */
export function tune(
  data: DataSource,
  options: OpenOptions & SearchOptions = {},
): Promise<Tuned<TrainedTable>> {
  return withTable(data, options, async (table) => {
    const labelled = table.columns.some(({ role }) => role === "label");
    const bench = await openTableBench(table, { ...options, labelled });
    checkAnomalies(bench);
    const search = await searchOn(bench, options);
    const told = winnerOptions(search, options);
    return { search, options: told, trained: await train(table, told) };
  });
}

/** As `tune`, for images or sequences; their classes count with `labelled`. */
export async function tuneArrays(
  arrays: Arrays,
  given: SearchOptions & { readonly labelled?: boolean } = {},
): Promise<Tuned<TrainedArrays>> {
  checkObject("tuneArrays", given);
  const { labelled = false, ...options } = given;
  const bench = await openArraysBench(arrays, { ...options, labelled });
  checkAnomalies(bench);
  const search = await searchOn(bench, options);
  const told = winnerOptions(search, options);
  return { search, options: told, trained: await trainArrays(arrays, { ...told, labelled }) };
}

/** What `train` is told; the signal that ended the search does not end the training. */
function winnerOptions(
  { winner, rungs, interrupted }: Search,
  { budget: _, trials: __, onTrial: ___, signal: ____, ...common }: SearchOptions,
): TrainOptions {
  const epochs = interrupted ? winner.epochs : rungs.at(-1)!;
  return { ...common, ...winner.options, epochs };
}
