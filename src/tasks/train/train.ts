import { withCallbacks } from "../../callbacks.ts";
import type { ColumnPlan, Table } from "../../data/terms/table.ts";
import { type Bins, binsOf } from "../../metrics/bins.ts";
import { pcaOf } from "../../metrics/pca.ts";
import type { Threshold } from "../../metrics/threshold.ts";
import type { Model } from "../../nn/index.ts";
import { toModel, writeModel } from "../../onnx/index.ts";
import { checkArguments } from "../../options.ts";
import type { Fitted } from "../../training/fitted.ts";
import { learnEnsemble } from "../ensemble/learn.ts";
import type { Evaluation } from "../evaluate/evaluation.ts";
import { evaluationOf, isHeldOut, thresholdOf } from "../evaluate/judge.ts";
import { checkTrainOptions, runRecord } from "../lesson/train-options.ts";
import type { TrainTableOptions } from "../lesson/train-table-options.ts";
import { argument } from "../model/arguments.ts";
import { goldenRows } from "../model/golden.ts";
import { historyRecord } from "../model/history.ts";
import { type Metadata, metadataEntries } from "../model/metadata.ts";
import { modelOptionsOf } from "../model/model-file.ts";
import { pcaToMetadata } from "../model/pca-metadata.ts";
import { tableSignature } from "../model/table-graph.ts";
import { TableModel } from "../model/table-model.ts";
import { thresholdRecord } from "../model/threshold-record.ts";
import { espejoVersion } from "../model/version.ts";
import { trainingFingerprint } from "../rows/fingerprint.ts";
import { type Labels, labelRecord } from "../rows/labels.ts";
import type { Split } from "../rows/split.ts";
import { type Scores, scoreSome } from "../score/scores.ts";
import { separationOf } from "../verdicts/separation.ts";
import type { Verdict } from "../verdicts/verdict.ts";
import { beginLesson, usualRule } from "./begin-lesson.ts";
import { dependenceAmong } from "./dependence.ts";
import { learnNetwork } from "./learn-network.ts";
import { learnPca } from "./learn-pca.ts";
import { newerThresholdAmong } from "./newer-threshold.ts";

/** A trained model of a table with the story of its training. */
export interface TrainedTable {
  readonly model: TableModel;
  readonly network: Model;
  readonly fitted: Fitted;
  readonly split: Split;
  readonly labels: Labels | null;
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
  checkTrainOptions(options);
  return withCallbacks(options, (watched) => trainWatched(table, watched));
}

async function trainWatched(table: Table, options: TrainTableOptions): Promise<TrainedTable> {
  const { threshold: rule = usualRule } = options;
  const begun = await beginLesson(table, options);
  const { lesson, labels, units, profile, fingerprint, wanted } = begun;
  const { split, preparation, seed } = lesson;
  await options.onFingerprint?.(trainingFingerprint(fingerprint, split, labels));
  const learn = wayFor(options);
  const { network, fitted, scoring, covariance, components, chosen } = await learn(lesson, options);
  const pca = covariance && pcaOf(covariance, components);
  const metadataOf = (
    threshold: Threshold,
    goldenScores: readonly number[],
    heldScores?: Bins,
  ): Metadata => ({
    schema: 1,
    kind: network.kind,
    architecture: network.architecture,
    columns: table.columns.map(planOf),
    threshold: thresholdRecord(threshold),
    training: {
      fingerprint,
      rows: split.counts,
      seed,
      label: labels && labelRecord(labels),
      options: inOrder({
        ...runRecord(options),
        ...(options.normalOnly && labels === null && { normalOnly: true }),
        ...(options.private && { private: true }),
        ...chosen,
        threshold: rule,
        ...(units && { split: { by: units.by, columns: units.columns } }),
      }),
      epochs: fitted.history.length,
      bestEpoch: fitted.bestEpoch,
      loss: fitted.history[fitted.bestEpoch - 1]?.loss ?? 0,
      validationLoss: fitted.history[fitted.bestEpoch - 1]?.validationLoss ?? null,
      history: historyRecord(fitted.history),
      versions: { espejo: espejoVersion, engine: fitted.engineVersion },
    },
    source: table.detected,
    profile,
    pca: pca && pcaToMetadata(pca),
    golden: { ...goldenRows(profile, preparation), scores: goldenScores },
    ...(heldScores && { scores: heldScores }),
  });
  const modelWith = (
    threshold: Threshold,
    goldenScores: readonly number[],
    heldScores?: Bins,
  ): Promise<TableModel> => {
    const parameters = fitted.parameters;
    const parts = {
      ...{ preparation, model: network, parameters, scoring },
      threshold: threshold.threshold,
    };
    const metadata = metadataEntries(metadataOf(threshold, goldenScores, heldScores));
    const bytes = writeModel(toModel(tableSignature(parts), { metadata }));
    return TableModel.from(bytes, "model", modelOptionsOf(options));
  };
  // the threshold is a constant of the file, chosen with the scores of the same file without one
  const draft = await modelWith({ threshold: Number.MAX_VALUE, rule, parameters: {} }, []);
  const scores = await scoreSome(draft, table, pca, (row) => isHeldOut(split, row));
  const goldenScores = await draft.goldenScores(goldenRows(profile, preparation));
  const threshold = thresholdOf(wanted, scores, split, labels);
  const newer = await newerThresholdAmong(
    { ...threshold, held: scores, split, units, labels },
    (keep) => scoreSome(draft, table, null, keep),
  );
  await draft.dispose();
  const evaluation = labels && evaluationOf(scores, split, labels, threshold);
  const verdicts = [
    evaluation && separationOf(evaluation),
    // of rows that were dealt by time or key nothing else is expected
    units ? null : await dependenceAmong(table, scores, labels),
    newer,
  ].filter((each) => each !== null);
  return {
    model: await modelWith(threshold, goldenScores, binsOf(scores.model)),
    network,
    fitted,
    split,
    labels,
    threshold,
    ...{ evaluation, verdicts },
    held: scores,
  };
}

const planOf = ({ name, type, role, unit, input }: ColumnPlan): ColumnPlan => ({
  name,
  type,
  role,
  unit,
  input,
});

/** A record whose keys have one order, whether a setting was stated or chosen: the same settings are the same bytes. */
const inOrder = <T extends object>(record: T): T =>
  Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1))) as T;
