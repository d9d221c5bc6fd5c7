import type { ColumnPlan, Detected } from "../../data/terms/table.ts";
import { type Bins, binsOf } from "../../metrics/bins.ts";
import { type Pca, pcaOf } from "../../metrics/pca.ts";
import type { Threshold } from "../../metrics/threshold.ts";
import { toModel, writeModel } from "../../onnx/index.ts";
import type { Preparation } from "../../preparation/plan.ts";
import type { TrainingProfile } from "../../preparation/statistics.ts";
import type { Learnt } from "../lesson/lesson.ts";
import { runRecord } from "../lesson/train-options.ts";
import type { TrainTableOptions } from "../lesson/train-table-options.ts";
import { goldenRows } from "../model/golden.ts";
import { historyRecord } from "../model/history.ts";
import { type Metadata, metadataEntries } from "../model/metadata.ts";
import { modelOptionsOf } from "../model/model-file.ts";
import { pcaToMetadata } from "../model/pca-metadata.ts";
import { tableSignature } from "../model/table-graph.ts";
import { TableModel } from "../model/table-model.ts";
import { thresholdRecord } from "../model/threshold-record.ts";
import { espejoVersion } from "../model/version.ts";
import { type Labels, labelRecord } from "../rows/labels.ts";
import type { MarkedRows } from "../rows/marks.ts";
import type { Split } from "../rows/split.ts";
import type { SplitUnits } from "../rows/split-units.ts";
import { usualRule } from "./begin-lesson.ts";

/** All that a model file of a table is made of, whoever counted and trained. */
export interface Ingredients {
  readonly columns: readonly ColumnPlan[];
  readonly detected: Detected;
  readonly preparation: Preparation;
  readonly profile: TrainingProfile;
  /** Of the values of the features. */
  readonly fingerprint: string;
  readonly counts: Split["counts"];
  readonly seed: number;
  /** As the label column says them; null without one. */
  readonly written: Pick<Labels, "column"> | null;
  readonly labels: Pick<Labels, "column" | "normalValues" | "byMarks"> | null;
  readonly marks: MarkedRows | null;
  readonly units: Pick<SplitUnits, "by" | "columns"> | null;
  readonly learnt: Learnt;
  /** Where the training was on a cluster, how it was dealt to it. */
  readonly cluster?: Metadata["training"]["cluster"];
}

/** A model without the threshold that its scores will choose, and the file that it then is. */
export interface Draft {
  /** Gives the scores that choose a threshold; holds sessions of the engine until `dispose`. */
  readonly model: TableModel;
  /** Of the columns that are rebuilt; null where PCA would cost too much, and where the model is that PCA. */
  readonly pca: Pca | null;
  /** The same with a threshold, which is a constant of the file; `held` are scores of rows that did not train. */
  finished(threshold: Threshold, held: Float32Array): Promise<TableModel>;
}

/** Makes the model file of what was learnt, first without a threshold. */
export async function draftOf(
  ingredients: Ingredients,
  options: TrainTableOptions,
): Promise<Draft> {
  const { preparation, profile, learnt } = ingredients;
  const { network, fitted, scoring, covariance, components } = learnt;
  const pca = covariance && pcaOf(covariance, components);
  const golden = goldenRows(profile, preparation);
  const modelWith = (
    threshold: Threshold,
    scores: readonly number[],
    heldScores?: Bins,
  ): Promise<TableModel> => {
    const parts = {
      ...{ preparation, model: network, parameters: fitted.parameters, scoring },
      threshold: threshold.threshold,
    };
    const metadata: Metadata = {
      ...metadataOf(ingredients, options, threshold),
      pca: pca && pcaToMetadata(pca),
      golden: { ...golden, scores },
      ...(heldScores && { scores: heldScores }),
    };
    const bytes = writeModel(
      toModel(tableSignature(parts), { metadata: metadataEntries(metadata) }),
    );
    return TableModel.from(bytes, "model", modelOptionsOf(options));
  };
  const { threshold: rule = usualRule } = options;
  const model = await modelWith({ threshold: Number.MAX_VALUE, rule, parameters: {} }, []);
  return {
    ...{ model, pca },
    finished: async (threshold, held) =>
      modelWith(threshold, await model.goldenScores(golden), binsOf(held)),
  };
}

/** What the file says of itself before its scores are known. */
function metadataOf(
  {
    columns,
    detected,
    profile,
    fingerprint,
    counts,
    seed,
    written,
    labels,
    marks,
    units,
    learnt,
    cluster,
  }: Ingredients,
  options: TrainTableOptions,
  threshold: Threshold,
): Omit<Metadata, "pca" | "golden"> {
  const { network, fitted, chosen } = learnt;
  const best = fitted.history[fitted.bestEpoch - 1];
  return {
    schema: 1,
    kind: network.kind,
    architecture: network.architecture,
    columns: columns.map(planOf),
    threshold: thresholdRecord(threshold),
    training: {
      fingerprint,
      rows: counts,
      seed,
      label: labelRecord(labels),
      ...(marks && { marks }),
      options: inOrder({
        ...runRecord(options),
        ...(options.normalOnly && written === null && { normalOnly: true }),
        ...(options.private && { private: true }),
        ...chosen,
        threshold: options.threshold ?? usualRule,
        ...(units && { split: { by: units.by, columns: units.columns } }),
      }),
      epochs: fitted.history.length,
      bestEpoch: fitted.bestEpoch,
      loss: best?.loss ?? 0,
      validationLoss: best?.validationLoss ?? null,
      history: historyRecord(fitted.history),
      versions: { espejo: espejoVersion, engine: fitted.engineVersion },
      ...(cluster && { cluster }),
    },
    source: detected,
    profile,
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
