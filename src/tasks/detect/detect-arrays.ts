import type { Arrays } from "../../data/terms/arrays.ts";
import { EspejoError, phrases } from "../../errors.ts";
import { checkArguments } from "../../options.ts";
import type { Evaluation } from "../evaluate/evaluation.ts";
import { checkTrainOptions } from "../lesson/train-options.ts";
import { argument } from "../model/arguments.ts";
import type { ArrayModel } from "../model/array-model.ts";
import { type ArrayReason, explainRows } from "../score/array-reasons.ts";
import { type TrainArraysOptions, type TrainedArrays, trainArrays } from "../train/train-arrays.ts";
import { trainedSummary } from "./detect.ts";
import { rankingOf } from "./ranking.ts";
import { compareThresholds, type RuleOutcome } from "./threshold-table.ts";

/** One scored image or sequence: a higher score is more abnormal. */
export interface ScoredItem {
  /** Counted from 0, in the order of the source. */
  readonly row: number;
  /** In the units of the threshold. */
  readonly score: number;
  readonly isAnomaly: boolean;
}

/** An image or sequence by its rank: the most abnormal first. */
export interface RankedItem extends ScoredItem {
  /** Where it is rebuilt worst; null where it is rebuilt exactly, or nothing of it was observed. */
  readonly reason: ArrayReason | null;
}

/** A trained detector of odd images or sequences. Holds sessions of the engine until `dispose`. */
export interface ArrayDetector {
  readonly model: ArrayModel;
  readonly trained: TrainedArrays;
  /** Scores above it are anomalies. */
  readonly threshold: number;
  /** On the test part, where classes were used. */
  readonly evaluation: Evaluation | null;
  /** What each rule for a threshold would flag. */
  readonly rules: readonly RuleOutcome[];
  /** The network, its losses, the threshold and the evaluation, as text. */
  summary(): string;
  /**
   * Scores of all rows, in source order: images [height, width, channels] in 0..255, or sequences [time, features] in
   * the units of the source. Throws `arrays_shape` where their sizes are not those of the model: open new data with
   * `like: detector.model.metadata.source`, which brings them to it.
   */
  score(arrays: Arrays): Promise<readonly ScoredItem[]>;
  /** The anomalies, or the `most` highest scores. Throws `arrays_shape` as `score` does. */
  rank(
    arrays: Arrays,
    options?: { readonly most?: number },
  ): Promise<{ readonly anomalies: number; readonly ranked: readonly RankedItem[] }>;
  /** Writes the model file, whole or not at all; `ArrayModel.read` reads it. Throws `write_failed`. */
  save(path: string): Promise<void>;
  /** Frees the sessions of the engine, of the model file and of the network that was fitted. */
  dispose(): Promise<void>;
}

/**
 * As `detect`, for images or sequences. Without `kind` the network is convolutional, over the image or over time.
 */
export async function detectArrays(
  arrays: Arrays,
  options: TrainArraysOptions = {},
): Promise<ArrayDetector> {
  checkArguments("detectArrays", { arrays: [arrays, argument.arrays] });
  checkTrainOptions(options, "detectArrays");
  if ("keep" in options)
    throw new EspejoError("option_idle", {
      ...{ path: arrays.path, option: "keep", format: phrases[arrays.detected.content] },
    });
  const trained = await trainArrays(arrays, { kind: "convolutional", ...options });
  const { model, held, split, labels, threshold, evaluation } = trained;
  return {
    ...{ model, trained, evaluation },
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

async function rankArrays(
  model: ArrayModel,
  arrays: Arrays,
  { most }: { readonly most?: number } = {},
) {
  const { scores, flags } = await scoresOf(model, arrays);
  const anomalies = flags.reduce((sum, flag) => sum + flag, 0);
  const order = rankingOf(scores).subarray(0, most ?? anomalies);
  const reasons = await explainRows(model, arrays, Array.from(order));
  const ranked = Array.from(order, (row) => ({
    ...itemOf(row, scores, flags),
    reason: reasons.get(row) ?? null,
  }));
  return { anomalies, ranked };
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
