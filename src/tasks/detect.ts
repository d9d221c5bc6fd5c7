import { summary } from "../models/summary.ts";
import type { Evaluation } from "./evaluation.ts";
import { type DataSource, type JobOptions, withMatchingTable, withTable } from "./job.ts";
import type { Reason } from "./reasons.ts";
import { scoreRows } from "./score.ts";
import type { TableModel } from "./table-model.ts";
import { type TrainedTable, train } from "./train.ts";

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
  readonly threshold: number;
  /** On the test part, where a label was named. */
  readonly evaluation: Evaluation | null;
  /** The network, its losses, the threshold and the evaluation, as text. */
  summary(): string;
  score(data: DataSource): Promise<readonly ScoredRow[]>;
  save(path: string): Promise<void>;
  dispose(): Promise<void>;
}

/**
 * From data to a detector, by the lecture's four steps: train an autoencoder on the rows of the majority
 * class (or on all), measure reconstruction errors on rows that did not train, choose the threshold on
 * them, judge the test rows.
 */
export function detect(data: DataSource, options: JobOptions = {}): Promise<Detector> {
  return withTable(data, options, async (table) => detectorOf(await train(table, options)));
}

function detectorOf(trained: TrainedTable): Detector {
  const { model, threshold, evaluation } = trained;
  return {
    model,
    threshold: threshold.threshold,
    evaluation,
    summary: () => summaryOf(trained),
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
    save: (path) => model.save(path),
    dispose: () => model.dispose(),
  };
}

function summaryOf({ network, fitted, threshold, evaluation }: TrainedTable): string {
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
      `PCA, same code size: ROC AUC ${evaluation.pca.rocAuc.toFixed(3)}, average precision ${evaluation.pca.averagePrecision.toFixed(3)}`,
    );
  return lines.join("\n");
}
