import type { Arrays } from "../../data/terms/arrays.ts";
import type { Evaluation } from "../evaluate/evaluation.ts";
import type { ArrayModel } from "../model/array-model.ts";
import type { ArrayReason } from "../score/array-reasons.ts";
import type { TrainedArrays } from "../train/train-arrays.ts";
import type { Verdict } from "../verdicts/verdict.ts";
import type { RankOptions } from "./rank.ts";
import type { RuleOutcome } from "./threshold-table.ts";

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

/** Images or sequences by their scores, the most abnormal first. */
export interface ArrayRanking {
  readonly rows: number;
  readonly anomalies: number;
  /** The anomalies, or the highest scores that were wanted. */
  readonly ranked: readonly RankedItem[];
  /** Scores of all of them, in source order, and 1 for each that is an anomaly. */
  readonly scores: Float32Array;
  readonly flags: Uint8Array;
  /** What a budget of alerts comes to, in sentences (`verdictIn`). */
  readonly verdicts: readonly Verdict[];
}

/** A trained detector of odd images or sequences. Holds sessions of the engine until `dispose`. */
export interface ArrayDetector {
  /** The folder of its run; null where none was kept. */
  readonly run: string | null;
  readonly model: ArrayModel;
  readonly trained: TrainedArrays;
  /** Scores above it are anomalies. */
  readonly threshold: number;
  /** On the test part, where classes were used. */
  readonly evaluation: Evaluation | null;
  /** What each rule for a threshold would flag. */
  readonly rules: readonly RuleOutcome[];
  /** What the training comes to, in sentences (`verdictIn`). */
  readonly verdicts: readonly Verdict[];
  /** Whether `signal` ended the training before its time: what is kept is the best so far. */
  readonly interrupted: boolean;
  /** The network, its losses, the threshold and the evaluation, as text. */
  summary(): string;
  /**
   * Scores of all rows, in source order: images [height, width, channels] in 0..255, or sequences [time, features] in
   * the units of the source. Throws `arrays_shape` where their sizes are not those of the model: open new data with
   * `like: detector.model.metadata.source`, which brings them to it.
   */
  score(arrays: Arrays): Promise<readonly ScoredItem[]>;
  /** The most abnormal ones with their reasons: the anomalies, or others. Throws `arrays_shape` as `score` does. */
  rank(arrays: Arrays, options?: RankOptions): Promise<ArrayRanking>;
  /** Writes the model file, whole or not at all; `ArrayModel.read` reads it. Throws `write_failed`. */
  save(path: string): Promise<void>;
  /** Frees the sessions of the engine, of the model file and of the network that was fitted. */
  dispose(): Promise<void>;
}
