import { loadEngine } from "#engine";
import type { Table } from "../../data/terms/table.ts";
import { EspejoError } from "../../errors.ts";
import type { KerasModel } from "../../keras/read.ts";
import { covarianceSum } from "../../metrics/covariance.ts";
import { mostPcaColumns, pcaOf } from "../../metrics/pca.ts";
import { parseThreshold, type Threshold } from "../../metrics/threshold.ts";
import { toModel, writeModel } from "../../onnx/index.ts";
import type { TrainingProfile } from "../../preparation/statistics.ts";
import { thresholdOf } from "../evaluate/judge.ts";
import { featuresOf, fitPreparation, request } from "../lesson/prepared.ts";
import { goldenRows } from "../model/golden.ts";
import { type Metadata, metadataEntries } from "../model/metadata.ts";
import { modelOptionsOf } from "../model/model-file.ts";
import { pcaToMetadata } from "../model/pca-metadata.ts";
import { TableModel } from "../model/table-model.ts";
import { noThreshold, thresholdRecord } from "../model/threshold-record.ts";
import { espejoVersion } from "../model/version.ts";
import { readLabels } from "../rows/labels.ts";
import { ruleFor } from "../rows/rows-per-period.ts";
import { parts } from "../rows/split.ts";
import { scoreSome } from "../score/scores.ts";
import {
  defaultSeed,
  type Ground,
  type ImportOptions,
  judges,
  type Network,
  noGround,
  recordOf,
  splitFor,
  trainOn,
  untrained,
  usualRule,
} from "./import-options.ts";
import { importedSignature } from "./imported-graph.ts";

/** An imported network in its model file. */
export interface ImportedTable {
  readonly model: TableModel;
  readonly network: Network;
  readonly threshold: Threshold;
  /** How many rows chose it. */
  readonly judges: number;
}

/** The part of a model file that comes from data. */
interface Columns extends Ground {
  readonly columns: Metadata["columns"];
  readonly source: Metadata["source"];
  readonly profile: TrainingProfile;
  readonly fill: readonly number[];
  readonly pca: Metadata["pca"];
}

/**
 * The model file of a network over [columns]. With a table the columns get its names, missing cells its medians,
 * and the threshold is chosen on its scores. Throws `keras_columns` where it has other columns.
 */
export async function importTable(
  keras: KerasModel,
  table: Table | null,
  path: string,
  options: ImportOptions,
): Promise<ImportedTable> {
  const columns = table ? await columnsOf(keras, table, path, options) : unnamed(keras);
  const network = await refined(keras, table, columns, options);
  const make = (threshold: Threshold, goldenScores: readonly number[]) =>
    modelOf(keras, network, columns, { threshold, goldenScores }, options);
  const draft = await make(noThreshold, []);
  const { numeric } = goldenRows(columns.profile, noCategories);
  const goldenScores = await draft.goldenScores({ numeric, categories: [] });
  const chosen = table
    ? await thresholdFor(draft, table, columns, options)
    : { threshold: noThreshold, judges: 0 };
  await draft.dispose();
  return { model: await make(chosen.threshold, goldenScores), network, ...chosen };
}

const noCategories = { numeric: [], categories: [], marks: [] };

/** Columns of a table, in its order. */
async function columnsOf(
  { model }: KerasModel,
  table: Table,
  path: string,
  options: ImportOptions,
): Promise<Columns> {
  const features = featuresOf(table);
  const [wanted] = model.inputShape as readonly [number];
  const { length: numbers } = features.numeric;
  const { length: categories } = features.categories;
  if (numbers !== wanted || categories > 0)
    throw new EspejoError("keras_columns", { path, wanted, data: table.path, numbers, categories });
  const label = table.columns.find(({ role }) => role === "label");
  const labels = label ? await readLabels(table, label.name, options.normal) : null;
  const split = splitFor(table.rows, labels, options.epochs ?? 0, options.seed ?? defaultSeed);
  const everyRow = { partOf: new Uint8Array(table.rows) };
  const { preparation, profile, fingerprint } = await fitPreparation(
    table,
    features,
    { ...split, ...everyRow },
    { scaling: "none" },
  );
  const fill = preparation.numeric.map((column) => column.fill);
  const covariance = wanted <= mostPcaColumns ? covarianceSum(wanted) : null;
  for await (const { numeric } of table.batches(request(features)))
    covariance?.add(
      Float32Array.from(numeric, (x, i) => (Number.isNaN(x) ? fill[i % wanted]! : x)),
    );
  return {
    ...{ split, labels, fingerprint, fill, profile },
    columns: table.columns.map(({ name, type, role, unit, input }) => ({
      ...{ name, type, role, unit, input },
    })),
    source: table.detected,
    pca: covariance && pcaToMetadata(pcaOf(covariance.result(), Math.min(model.latentDim, wanted))),
  };
}

/** Columns that no data gave names to. */
function unnamed({ model }: KerasModel): Columns {
  const [width] = model.inputShape as readonly [number];
  const each = <T>(make: (i: number) => T): readonly T[] =>
    Array.from({ length: width }, (_, i) => make(i));
  return {
    ...noGround,
    columns: each((i) => ({
      ...{ name: `column_${i + 1}`, type: "number", role: "feature", unit: null, input: "numeric" },
    })),
    source: {
      ...{ format: "npy", delimiter: ",", quote: '"', decimal: ".", thousands: "none" },
      ...{ encoding: "utf-8", dates: null, missing: [], header: true, skipped: [] },
    },
    profile: {
      rows: 0,
      numeric: each(() => ({ missing: 0, minimum: -3e38, maximum: 3e38, deciles: [-1, 0, 1] })),
      categories: [],
    },
    fill: each(() => 0),
    pca: null,
  };
}

/** The network, trained on over the rows of the table where epochs were asked for. */
async function refined(
  keras: KerasModel,
  table: Table | null,
  { split, fill }: Columns,
  options: ImportOptions,
): Promise<Network> {
  const network = untrained(keras);
  if (!table || !options.epochs) return network;
  const { train, validate } = split.counts;
  const cells = new Float32Array((train + validate) * fill.length);
  const judging: number[] = [];
  let rows = 0;
  for await (const { start, rows: count, numeric } of table.batches(request(featuresOf(table))))
    for (let i = 0; i < count; i++) {
      const part = split.partOf[start + i];
      if (part !== parts.train && part !== parts.validate) continue;
      if (part === parts.validate) judging.push(rows);
      for (let j = 0; j < fill.length; j++) {
        const value = numeric[i * fill.length + j]!;
        cells[rows * fill.length + j] = Number.isNaN(value) ? fill[j]! : value;
      }
      rows++;
    }
  return trainOn(network, cells, Uint32Array.from(judging), options);
}

async function thresholdFor(
  draft: TableModel,
  table: Table,
  { split, labels }: Columns,
  { threshold: rule = usualRule, epochs = 0 }: ImportOptions,
): Promise<{ readonly threshold: Threshold; readonly judges: number }> {
  const scores = await scoreSome(draft, table, null, (row) => judges(split, row, epochs));
  const wanted = await ruleFor(parseThreshold(rule), table);
  const threshold = thresholdOf(wanted, scores, split, labels);
  return { threshold, judges: scores.rows.length };
}

async function modelOf(
  keras: KerasModel,
  network: Network,
  columns: Columns,
  {
    threshold,
    goldenScores,
  }: { readonly threshold: Threshold; readonly goldenScores: readonly number[] },
  options: ImportOptions,
): Promise<TableModel> {
  const { model, parameters, loss } = network;
  const { fill, profile, pca, source } = columns;
  const { version: engine } = await loadEngine(options.engine);
  const metadata: Metadata = {
    schema: 1,
    kind: model.kind,
    architecture: model.architecture,
    latentDim: model.latentDim,
    columns: columns.columns,
    threshold: thresholdRecord(threshold),
    training: {
      ...recordOf(keras, network, columns, options),
      versions: { espejo: espejoVersion, engine },
    },
    ...{ source, profile, pca },
    golden: { ...goldenRows(profile, noCategories), scores: goldenScores },
  };
  const signature = importedSignature({
    ...{ model, parameters, loss, fill, threshold: threshold.threshold },
  });
  const bytes = writeModel(toModel(signature, { metadata: metadataEntries(metadata) }));
  return TableModel.from(bytes, "model", modelOptionsOf(options));
}
