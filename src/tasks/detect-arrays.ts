import type { Arrays } from "../data/arrays.ts";
import type { ArrayModel } from "./array-model.ts";
import { rankingOf } from "./ranking.ts";
import { compareThresholds, type RuleOutcome } from "./threshold-table.ts";
import { type TrainArraysOptions, type TrainedArrays, trainArrays } from "./train-arrays.ts";

/** An image or sequence by its rank: the most abnormal first. */
export interface RankedItem {
  readonly row: number;
  readonly score: number;
  readonly isAnomaly: boolean;
}

/** A trained detector of odd images or sequences. */
export interface ArrayDetector {
  readonly model: ArrayModel;
  readonly trained: TrainedArrays;
  /** What each rule for a threshold would flag. */
  readonly rules: readonly RuleOutcome[];
  /** The anomalies, or the `most` highest scores. */
  rank(
    arrays: Arrays,
    options?: { readonly most?: number },
  ): Promise<{ readonly anomalies: number; readonly ranked: readonly RankedItem[] }>;
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
  const trained = await trainArrays(arrays, { kind: "convolutional", ...options });
  const { model, held, split, labels, threshold } = trained;
  return {
    ...{ model, trained },
    rules: compareThresholds(held, split, labels, threshold.rule),
    rank: (given, rank) => rankArrays(model, given, rank),
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
  const scores = new Float32Array(arrays.rows);
  const flags = new Uint8Array(arrays.rows);
  let anomalies = 0;
  for await (const { start, rows, x } of model.batches(arrays)) {
    const { score, is_anomaly } = await model.run(["score", "is_anomaly"], x, rows);
    scores.set(score!.data as Float32Array, start);
    flags.set(is_anomaly!.data as Uint8Array, start);
    for (const flag of is_anomaly!.data as Uint8Array) anomalies += flag;
  }
  const order = rankingOf(scores).subarray(0, most ?? anomalies);
  const ranked = Array.from(order, (row) => ({
    ...{ row, score: scores[row]! },
    isAnomaly: flags[row] === 1,
  }));
  return { anomalies, ranked };
}
