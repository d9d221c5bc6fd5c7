import type { Evaluation } from "../evaluate/evaluation.ts";
import type { DataSource } from "../lesson/job.ts";
import type { TableModel } from "../model/table-model.ts";
import type { Reason } from "../score/reasons.ts";
import type { TrainedTable } from "../train/train.ts";
import type { Method, Verdict } from "../verdicts/verdict.ts";
import type { Beside } from "./beside.ts";
import type { Ranking, RankOptions } from "./rank.ts";
import type { RuleOutcome } from "./threshold-table.ts";

/** One scored row: a higher score is more abnormal. */
export interface ScoredRow {
  /** Counted from 0, in the order of the source. */
  readonly row: number;
  readonly score: number;
  readonly isAnomaly: boolean;
  /** The columns that contribute most; empty for rows that are no anomaly. */
  readonly reasons: readonly Reason[];
}

/** A trained detector of anomalies. Holds sessions of the engine until `dispose`. */
export interface Detector {
  /** The folder of its run; null where none was kept. */
  readonly run: string | null;
  readonly model: TableModel;
  readonly trained: TrainedTable;
  readonly threshold: number;
  /** On the test part, where a label was named. */
  readonly evaluation: Evaluation | null;
  /** The method that is kept; null where a kind was stated. */
  readonly method: Method | null;
  /** The other methods on the same rows. */
  readonly beside: readonly Beside[];
  /** What the detection comes to, in sentences (`verdictIn`). */
  readonly verdicts: readonly Verdict[];
  /** What each rule for a threshold would flag. */
  readonly rules: readonly RuleOutcome[];
  /** Whether `signal` ended a training before its time: what is kept is the best so far. */
  readonly interrupted: boolean;
  /** The network, its losses, the threshold and the evaluation, as text. */
  summary(): string;
  /** Scores of all rows, in source order. Throws `column_missing` where a feature is not there. */
  score(data: DataSource): Promise<readonly ScoredRow[]>;
  /** Rows of data with their reasons, the most abnormal first: the anomalies, or others; `ids` are columns handed through. */
  rank(
    data: DataSource,
    options?: RankOptions & { readonly ids?: readonly string[] },
  ): Promise<Ranking>;
  /** Writes the model file, whole or not at all. Throws `write_failed`. */
  save(path: string): Promise<void>;
  /** Frees the sessions of the engine, of the model file and of the network that was fitted. */
  dispose(): Promise<void>;
}
