import { withCallbacks } from "../../callbacks.ts";
import type { Table } from "../../data/terms/table.ts";
import type { Threshold } from "../../metrics/threshold.ts";
import type { Model } from "../../nn/index.ts";
import { checkArguments } from "../../options.ts";
import type { Fitted } from "../../training/fitted.ts";
import { learnEnsemble } from "../ensemble/learn.ts";
import type { Evaluation } from "../evaluate/evaluation.ts";
import { evaluationOf, isHeldOut, thresholdOf } from "../evaluate/judge.ts";
import { checkTrainOptions, marksShape } from "../lesson/train-options.ts";
import type { TrainTableOptions } from "../lesson/train-table-options.ts";
import { argument } from "../model/arguments.ts";
import type { TableModel } from "../model/table-model.ts";
import { trainingFingerprint } from "../rows/fingerprint.ts";
import type { Labels } from "../rows/labels.ts";
import type { MarkedRows } from "../rows/marks.ts";
import type { Split } from "../rows/split.ts";
import { type Scores, scoreSome } from "../score/scores.ts";
import { separationOf } from "../verdicts/separation.ts";
import type { Verdict } from "../verdicts/verdict.ts";
import { beginLesson } from "./begin-lesson.ts";
import { dependenceAmong } from "./dependence.ts";
import { learnNetwork } from "./learn-network.ts";
import { learnPca } from "./learn-pca.ts";
import { draftOf } from "./made-model.ts";
import { newerThresholdAmong } from "./newer-threshold.ts";

/** A trained model of a table with the story of its training. */
export interface TrainedTable {
  readonly model: TableModel;
  readonly network: Model;
  readonly fitted: Fitted;
  readonly split: Split;
  readonly labels: Labels | null;
  /** Rows that a person marked; null where none were given. */
  readonly marks: MarkedRows | null;
  readonly threshold: Threshold;
  /** On the test part, where labels are known. */
  readonly evaluation: Evaluation | null;
  /** What it comes to, in sentences (`verdictIn`). */
  readonly verdicts: readonly Verdict[];
  /** Scores of the rows that did not train. */
  readonly held: Scores;
}

/** What learns. */
function wayFor({ kind, pca }: TrainTableOptions) {
  if (pca) return learnPca;
  return kind === "ensemble" ? learnEnsemble : learnNetwork;
}

/**
 * Trains an autoencoder on the feature columns of a table. With a label column only normal rows train,
 * 20 % of the rows calibrate the threshold and 20 % test; without, nine of ten rows train. Throws
 * EspejoError for data that cannot be learnt from.
 */
export async function train(table: Table, options: TrainTableOptions = {}): Promise<TrainedTable> {
  checkArguments("train", { table: [table, argument.table] });
  checkTrainOptions(options, "train", marksShape);
  return withCallbacks(options, (watched) => trainWatched(table, watched));
}

async function trainWatched(table: Table, options: TrainTableOptions): Promise<TrainedTable> {
  const begun = await beginLesson(table, options);
  const { lesson, written, labels, marks, units, profile, fingerprint, wanted } = begun;
  const { split, preparation, seed } = lesson;
  await options.onFingerprint?.(trainingFingerprint(fingerprint, split, labels));
  const learn = wayFor(options);
  const learnt = await learn(lesson, options);
  const { network, fitted } = learnt;
  const { columns, detected } = table;
  const draft = await draftOf(
    {
      ...{ columns, detected, preparation, profile, fingerprint, counts: split.counts, seed },
      ...{ written, labels, marks, units, learnt },
    },
    options,
  );
  const { model, pca } = draft;
  // the threshold is a constant of the file, chosen with the scores of the same file without one
  const scores = await scoreSome(model, table, pca, (row) => isHeldOut(split, row));
  const threshold = thresholdOf(wanted, scores, split, labels);
  const newer = await newerThresholdAmong(
    { ...threshold, held: scores, split, units, labels },
    (keep) => scoreSome(model, table, null, keep),
  );
  const finished = await draft.finished(threshold, scores.model);
  await model.dispose();
  const evaluation = labels && evaluationOf(scores, split, labels, threshold);
  const verdicts = [
    evaluation && separationOf(evaluation),
    // of rows that were dealt by time or key nothing else is expected
    units ? null : await dependenceAmong(table, scores, labels),
    newer,
  ].filter((each) => each !== null);
  return {
    model: finished,
    network,
    fitted,
    split,
    ...{ labels, marks },
    threshold,
    ...{ evaluation, verdicts },
    held: scores,
  };
}
