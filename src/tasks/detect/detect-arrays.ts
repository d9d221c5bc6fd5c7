import type { Arrays } from "../../data/terms/arrays.ts";
import { EspejoError, phrases } from "../../errors.ts";
import { checkArguments } from "../../options.ts";
import { checkTrainOptions } from "../lesson/train-options.ts";
import { argument } from "../model/arguments.ts";
import type { ArrayModel } from "../model/array-model.ts";
import { rankingOf } from "../ranking/order.ts";
import type { Run } from "../runs/run.ts";
import { explainRows } from "../score/array-reasons.ts";
import { type TrainArraysOptions, trainArrays } from "../train/train-arrays.ts";
import { budgetVerdicts } from "../verdicts/budget.ts";
import type { ArrayDetector, ArrayRanking, ScoredItem } from "./array-detector.ts";
import { trainedSummary } from "./detect.ts";
import { arraysRun, keptBy, type RunOptions, runShape } from "./detection-run.ts";
import { keepArrayDetection } from "./keep-detection.ts";
import { isInterrupted, orGone } from "./methods.ts";
import { type RankOptions, rankedCount } from "./rank.ts";
import { compareThresholds } from "./threshold-table.ts";

/** Options of a detection of odd images or sequences: those of their training, and where a run is kept. */
export interface DetectArraysOptions extends TrainArraysOptions, RunOptions {}

/**
 * As `detect`, for images or sequences. Without `kind` the network is convolutional, over the image or over time. With `run`
 * a folder keeps the job as it does for `detect`; since a program has opened the data, only it can go on (`resumeRun`).
 */
export async function detectArrays(
  arrays: Arrays,
  options: DetectArraysOptions = {},
): Promise<ArrayDetector> {
  checkArguments("detectArrays", { arrays: [arrays, argument.arrays] });
  checkTrainOptions(options, "detectArrays", runShape);
  if ("keep" in options)
    throw new EspejoError("option_idle", {
      ...{ path: arrays.path, option: "keep", format: phrases[arrays.detected.content] },
    });
  const { run, options: told } = await arraysRun(arrays.path, options);
  try {
    const detector = await trainArrayDetector(arrays, told, run);
    if (run)
      await orGone(detector, async () =>
        keepArrayDetection(run, detector, arrays, await detector.rank(arrays)),
      );
    return detector;
  } finally {
    await run?.leave();
  }
}

/** As `detectArrays` with options that were checked, in a run that is open: without its ranking. */
export async function trainArrayDetector(
  arrays: Arrays,
  options: TrainArraysOptions,
  run: Run | null,
): Promise<ArrayDetector> {
  const kept = keptBy(await run?.keeps(), options);
  const trained = await trainArrays(arrays, { kind: "convolutional", ...kept });
  const { model, held, split, labels, threshold, evaluation, verdicts } = trained;
  return {
    ...{ run: run?.folder ?? null, model, trained, evaluation, verdicts },
    interrupted: isInterrupted(trained),
    threshold: threshold.threshold,
    rules: compareThresholds(held, split, labels, threshold.rule),
    summary: () => trainedSummary(trained),
    async score(given) {
      const { scores, flags } = await scoresOf(model, given);
      return Array.from(scores, (_, row) => itemOf(row, scores, flags));
    },
    rank: (given, rank) => rankArrays(model, given, rank),
    save: (path) => model.save(path),
    async dispose() {
      await trained.fitted.dispose();
      await model.dispose();
    },
  };
}

/** Ranks images or sequences by a model, the most abnormal first. Throws `arrays_shape`. */
export async function rankArrays(
  model: ArrayModel,
  arrays: Arrays,
  which: RankOptions = {},
): Promise<ArrayRanking> {
  const { scores, flags } = await scoresOf(model, arrays);
  const anomalies = flags.reduce((sum, flag) => sum + flag, 0);
  const order = rankingOf(scores).subarray(0, rankedCount(which, anomalies));
  const reasons = await explainRows(model, arrays, Array.from(order));
  const ranked = Array.from(order, (row) => ({
    ...itemOf(row, scores, flags),
    reason: reasons.get(row) ?? null,
  }));
  const { rows } = arrays;
  return {
    ...{ rows, anomalies, ranked, scores, flags },
    verdicts: budgetVerdicts(model.metadata.threshold, {
      ...{ flagged: anomalies, rows, periods: null },
    }),
  };
}

const itemOf = (row: number, scores: Float32Array, flags: Uint8Array): ScoredItem => ({
  ...{ row, score: scores[row]! },
  isAnomaly: flags[row] === 1,
});

/** Scores and flags [rows] of all rows. */
async function scoresOf(model: ArrayModel, arrays: Arrays) {
  const scores = new Float32Array(arrays.rows);
  const flags = new Uint8Array(arrays.rows);
  for await (const { start, rows, x } of model.batches(arrays)) {
    const { score, is_anomaly } = await model.run(["score", "is_anomaly"], x, rows, start);
    scores.set(score!.data as Float32Array, start);
    flags.set(is_anomaly!.data as Uint8Array, start);
  }
  return { scores, flags };
}
