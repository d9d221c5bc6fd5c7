import type { Table } from "../../data/terms/table.ts";
import { EspejoError } from "../../errors.ts";
import { summary } from "../../models/summary.ts";
import type { Evaluation } from "../evaluate/evaluation.ts";
import { type DataSource, type JobOptions, withMatchingTable, withTable } from "../lesson/job.ts";
import { checkTrainOptions } from "../lesson/train-options.ts";
import type { TableModel } from "../model/table-model.ts";
import type { Reason } from "../score/reasons.ts";
import { scoreRows } from "../score/score.ts";
import { type TrainedTable, train } from "../train/train.ts";
import { type Method, type Verdict, verdict } from "../verdicts/verdict.ts";
import { type Beside, besideKind, besideOf } from "./beside.ts";
import { chooseMethod } from "./choice.ts";
import { fairTable } from "./fair-table.ts";
import { type Candidate, disposeTrained, methods, trainMethod, trainOthers } from "./methods.ts";
import { type Ranking, rankTable } from "./rank.ts";
import { compareThresholds, type RuleOutcome } from "./threshold-table.ts";

/** Options of a detection: those of reading and training, and what is measured beside. */
export interface DetectOptions extends JobOptions {
  /** The rows that train are all normal, as they are where a label is named. */
  readonly normalOnly?: boolean;
  /** No rows of the data in the model file. */
  readonly private?: boolean;
  /**
   * Whether the ensemble, the plain autoencoder and PCA are compared; with a label, and where neither `kind` nor `keep`
   * states one, the best on the rows that calibrate is kept.
   */
  readonly beside?: boolean;
  /** Which of them is the detector, whatever the others do. */
  readonly keep?: Method;
}

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
  /** The network, its losses, the threshold and the evaluation, as text. */
  summary(): string;
  /** Scores of all rows, in source order. Throws `column_missing` where a feature is not there. */
  score(data: DataSource): Promise<readonly ScoredRow[]>;
  /** The anomalies of data with their reasons, or the `most` highest scores; `ids` are columns handed through. */
  rank(
    data: DataSource,
    options?: { readonly most?: number; readonly ids?: readonly string[] },
  ): Promise<Ranking>;
  /** Writes the model file, whole or not at all. Throws `write_failed`. */
  save(path: string): Promise<void>;
  /** Frees the sessions of the engine, of the model file and of the network that was fitted. */
  dispose(): Promise<void>;
}

/**
 * From data to a detector, by the lecture's four steps: train on the rows of the majority class (or on all),
 * measure errors on rows that did not train, choose the threshold on them, judge the test rows. Without
 * `kind` it is the ensemble, or with `beside` and a label what is better than it (docs/detection.md). Throws `keep_kind`
 * for `keep` beside a `kind`.
 */
export async function detect(data: DataSource, options: DetectOptions = {}): Promise<Detector> {
  checkTrainOptions(options, "detect");
  const { kind, keep } = options;
  if (kind !== undefined && keep !== undefined) throw new EspejoError("keep_kind", { kind, keep });
  return withTable(data, options, async (given) => {
    const table = fairTable(given, options.onNote);
    if (kind === undefined) return detectorOf(await bestFor(table, options));
    const trained = await train(table, options);
    const beside = options.beside ? await besideKind(trained, table, options) : [];
    return detectorOf({ trained, beside, method: null, why: null });
  });
}

/** A detector and how it came to be. */
interface Found {
  readonly trained: TrainedTable;
  readonly beside: readonly Beside[];
  readonly method: Method | null;
  readonly why: Verdict | null;
}

/** The stated method or the usual one, or with a label the best. */
async function bestFor(table: Table, options: DetectOptions): Promise<Found> {
  const { keep, beside: compares } = options;
  const first = await trainMethod(keep ?? methods[0]!, table, options);
  const others = compares
    ? await trainOthers(
        methods.filter((each) => each !== first.method),
        first.trained,
        table,
        options,
      )
    : [];
  const chooses = keep === undefined && first.trained.labels !== null && others.length > 0;
  const { kept, why } = chooses
    ? chooseMethod([first, ...others], options.seed ?? 42)
    : { kept: first, why: keep ? verdict("kept_stated", { method: keep }) : null };
  const rest: readonly Candidate[] = [first, ...others].filter((each) => each !== kept);
  const beside = besideOf(kept.trained, rest);
  for (const { trained } of rest) await disposeTrained(trained);
  return { trained: kept.trained, beside, method: kept.method, why };
}

function detectorOf({ trained, beside, method, why }: Found): Detector {
  const { model, threshold, evaluation, held, split, labels } = trained;
  return {
    ...{ model, trained, evaluation, method, beside },
    verdicts: [...trained.verdicts, ...(why ? [why] : [])],
    threshold: threshold.threshold,
    rules: compareThresholds(held, split, labels, threshold),
    summary: () => trainedSummary(trained),
    score: (data) =>
      withMatchingTable(data, model, async (table) => {
        const rows: ScoredRow[] = [];
        for await (const batch of scoreRows(model, table))
          for (let i = 0; i < batch.rows; i++)
            rows.push({
              row: batch.start + i,
              score: batch.score[i]!,
              isAnomaly: batch.isAnomaly[i] === 1,
              reasons: batch.reasons[i] ?? [],
            });
        return rows;
      }),
    rank: (data, options) =>
      withMatchingTable(data, model, (table) => rankTable(model, table, options)),
    save: (path) => model.save(path),
    dispose: () => disposeTrained(trained),
  };
}

/** The network, its losses, the threshold and the evaluation, as text. */
export function trainedSummary({
  network,
  fitted,
  threshold,
  evaluation,
}: Pick<TrainedTable, "network" | "fitted" | "threshold" | "evaluation">): string {
  const best = fitted.history[fitted.bestEpoch - 1];
  const lines = [
    summary(network),
    `best epoch ${fitted.bestEpoch} of ${fitted.history.length}: loss ${best?.loss.toPrecision(4)}, validation loss ${best?.validationLoss?.toPrecision(4) ?? "-"}`,
    `threshold ${threshold.threshold.toPrecision(4)} (${threshold.rule})`,
  ];
  if (evaluation)
    lines.push(
      `ROC AUC ${evaluation.rocAuc.toFixed(3)}, average precision ${evaluation.averagePrecision.toFixed(3)} (base rate ${evaluation.baseRate.toFixed(4)})`,
    );
  if (evaluation?.pca)
    lines.push(
      `PCA: ROC AUC ${evaluation.pca.rocAuc.toFixed(3)}, average precision ${evaluation.pca.averagePrecision.toFixed(3)}`,
    );
  return lines.join("\n");
}
