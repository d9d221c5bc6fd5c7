import { EspejoError } from "../../errors.ts";
import { covarianceSum } from "../../metrics/covariance.ts";
import { mostPcaColumns } from "../../metrics/pca.ts";
import { ensemble } from "../../models/ensemble.ts";
import { smoothL1 } from "../../nn/index.ts";
import { blocksOf, widthOf } from "../../preparation/plan.ts";
import { fit } from "../../training/fit.ts";
import type { Learnt, Lesson } from "../lesson/lesson.ts";
import { fitWatched } from "../lesson/live.ts";
import { defaultSizes } from "../lesson/sizes.ts";
import { networkOptions, runOptions } from "../lesson/train-options.ts";
import type { TrainTableOptions } from "../lesson/train-table-options.ts";
import { parts, type Split } from "../rows/split.ts";
import { firstColumns } from "../score/scores.ts";
import { ensembleScoring } from "./ensemble-scoring.ts";
import { type KeptRows, keepRows } from "./kept-rows.ts";
import { measure, type Recipe } from "./measure.ts";
import { sourceColumns } from "./source-columns.ts";

/** Rows that are learnt from; the others serve the means and deviations of the columns only. */
export const keptRows = 2000;
const steps = 1000;
const defaults = { batchSize: 64, learningRate: 3e-3 };

/**
 * How scores are put together, chosen on half of 16 public sets and confirmed on the other half
 * (docs/detection.md). Among unlabelled rows are anomalies: no bank takes the seventh of the rows that the
 * networks find oddest, and banks are small, so that few strangers have a double in them.
 */
const recipes: Readonly<Record<"unlabelled" | "normalOnly" | "private", Recipe>> = {
  unlabelled: {
    ...{ banks: [64, 128, 256, 512, 1024], first: 0, trimmed: 0.15 },
    ...{ likeness: 1, error: 0.5, tail: 0.25 },
  },
  normalOnly: {
    ...{ banks: [keptRows], first: 3, trimmed: 0 },
    ...{ likeness: 1, error: 0, tail: 0 },
  },
  private: { banks: [], first: 0, trimmed: 0, likeness: 0, error: 1, tail: 0.5 },
};

/** Rows of a step, steps of an epoch and epochs of a training of the ensemble on so many rows. */
export function ensembleLength(
  available: number,
  {
    batchSize = defaults.batchSize,
    learningRate = defaults.learningRate,
    epochs,
  }: Pick<TrainTableOptions, "batchSize" | "learningRate" | "epochs">,
) {
  const batches = Math.ceil(Math.min(available, keptRows) / batchSize);
  const usual = Math.max(1, Math.round(steps / batches));
  return { batchSize, learningRate, batches, epochs: epochs ?? usual };
}

/** Throws `network_options` for options that the ensemble has not. */
export function checkEnsemble(options: TrainTableOptions): void {
  const foreign = [...Object.keys(networkOptions(options)), ...(options.clean ? ["clean"] : [])];
  if (foreign.length > 0)
    throw new EspejoError("network_options", {
      reason: `the ensemble has no option ${foreign.join(", ")}`,
    });
}

/** Trains the ensemble and measures what its score needs. Throws `network_options` for options that it has not. */
export async function learnEnsemble(lesson: Lesson, options: TrainTableOptions): Promise<Learnt> {
  const { table, features, split, preparation, seed, sure = [] } = lesson;
  checkEnsemble(options);
  const { partOf, counts } = split;
  // with labels other rows calibrate the threshold, and nothing needs the rows that judge
  const learns = (row: number): boolean =>
    partOf[row] === parts.train || (counts.calibrate > 0 && partOf[row] === parts.validate);
  const { engine } = options;
  const kept = await keepRows(table, features, preparation, learns, {
    most: keptRows,
    available: counts.train + (counts.calibrate > 0 ? counts.validate : 0),
    sure: sure.filter(learns),
    ...{ seed, engine },
  });
  return learnFromKept(lesson, kept, options);
}

/** Trains the ensemble on rows that are kept, wherever they come from. */
export async function learnFromKept(
  lesson: Pick<Lesson, "features" | "preparation" | "normalOnly" | "seed" | "live"> & {
    readonly split: Pick<Split, "counts">;
  },
  kept: KeptRows,
  options: TrainTableOptions,
): Promise<Learnt> {
  const { preparation, normalOnly, seed, split } = lesson;
  const { engine } = options;
  const columns = sourceColumns(preparation, kept.x, kept.rows);
  const outputSize = columns.owner.length;
  const network = ensemble({ input: widthOf(preparation), outputSize });
  options.onModel?.(network, split);
  const { batchSize, learningRate, batches, epochs } = ensembleLength(kept.rows, options);
  const half = Math.floor((epochs * batches) / 2);
  const watched = {
    ...{ path: options.livePath, model: network, lesson, engine },
    length: { epochs, patience: 0 },
  };
  const fitted = await fitWatched(watched, (watching) =>
    fit(network, kept.x, {
      schedule: { kind: "linear", holdSteps: half, decaySteps: epochs * batches - half },
      ...runOptions(options),
      ...{ learningRate, batchSize, epochs, seed, patience: 0, validationSplit: 0 },
      loss: smoothL1(blocksOf(preparation), columns.blockScale),
      ...(kept.mask.includes(0) && { mask: { data: kept.mask, columns: columns.count } }),
      ...watching,
    }),
  );
  const recipe = recipes[options.private ? "private" : normalOnly ? "normalOnly" : "unlabelled"];
  const measured = await measure(network, fitted.parameters, kept, columns, recipe, {
    ...{ seed, engine },
  });
  const sum = outputSize <= mostPcaColumns ? covarianceSum(outputSize) : null;
  sum?.add(firstColumns(kept.x, kept.rows, outputSize));
  return {
    ...{ network, fitted, covariance: sum?.result() ?? null },
    components: defaultSizes(preparation).latentDim,
    scoring: ensembleScoring(network, measured, recipe),
    chosen: { epochs, batchSize, learningRate, rows: kept.rows, ...recipe },
  };
}
