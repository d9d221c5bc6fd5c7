import { loadEngine } from "#engine";
import type { Arrays, ArraysDetected } from "../../data/terms/arrays.ts";
import { EspejoError } from "../../errors.ts";
import { cellsOf } from "../../graph/index.ts";
import type { KerasModel } from "../../keras/read.ts";
import { parseThreshold, type Threshold } from "../../metrics/threshold.ts";
import { fillingGaps } from "../../nn/index.ts";
import { toModel, writeModel } from "../../onnx/index.ts";
import { thresholdOf } from "../evaluate/judge.ts";
import { inPrecision, schemaOf } from "../model/array-feeds.ts";
import { arraySignature } from "../model/array-graph.ts";
import { ArrayModel } from "../model/array-model.ts";
import { type ArrayMetadata, type ArrayScale, metadataEntries } from "../model/metadata.ts";
import { modelOptionsOf } from "../model/model-file.ts";
import { noThreshold, thresholdRecord } from "../model/threshold-record.ts";
import { espejoVersion } from "../model/version.ts";
import { takeFingerprint } from "../rows/fingerprint.ts";
import { labelsOf } from "../rows/labels.ts";
import { parts } from "../rows/split.ts";
import { scoreArrays } from "../score/array-scores.ts";
import { arrayScoring } from "../scoring/requested.ts";
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

/** What Keras took. */
const precision = "float32";

/** An imported network in its model file. */
export interface ImportedArrays {
  readonly model: ArrayModel;
  readonly network: Network;
  readonly threshold: Threshold;
  /** How many rows chose it. */
  readonly judges: number;
}

/**
 * The model file of a network over images [height, width, channels] or sequences [time, features], whose cells are
 * divided by `divide` first. With data the threshold is chosen on their scores. Throws `keras_arrays` where they
 * have other sizes.
 */
export async function importArrays(
  keras: KerasModel,
  arrays: Arrays | null,
  path: string,
  options: ImportOptions & { readonly labelled?: boolean },
): Promise<ImportedArrays> {
  const { inputShape } = keras.model;
  if (arrays && String(arrays.detected.shape) !== String(inputShape))
    throw new EspejoError("keras_arrays", {
      ...{ path, wanted: inputShape.join("x"), data: arrays.path },
      content: arrays.detected.shape.join("x"),
    });
  const features = inputShape.at(-1)!;
  const scale: ArrayScale = {
    mean: new Array<number>(features).fill(0),
    deviation: new Array<number>(features).fill(options.divide ?? 1),
  };
  const ground = arrays ? await groundOf(arrays, options) : noGround;
  const network = await refined(keras, arrays, ground, options);
  const source = arrays?.detected ?? unseen(inputShape);
  const make = (threshold: Threshold, golden: ArrayMetadata["golden"]) =>
    modelOf(keras, network, { ground, scale, source, threshold, golden }, options);
  const draft = await make(noThreshold, { deviations: [], scores: [] });
  const golden = await draft.goldenScores();
  const chosen = arrays
    ? await thresholdFor(draft, arrays, ground, options)
    : { threshold: noThreshold, judges: 0 };
  await draft.dispose();
  return { model: await make(chosen.threshold, golden), network, ...chosen };
}

/** How rows of a shape are read where no data said it. */
export const unseen = (shape: readonly number[]): ArraysDetected => ({
  content: shape.length === 3 ? "images" : "sequences",
  format: "npy",
  shape,
  fit: shape.length === 3 ? "cover" : null,
  ...{ features: null, time: null, group: null, stride: null },
});

async function groundOf(
  arrays: Arrays,
  { labelled = false, normal, epochs = 0, seed = defaultSeed }: Parameters<typeof importArrays>[3],
): Promise<Ground> {
  const { path, rows } = arrays;
  if (labelled && !arrays.labels) throw new EspejoError("labels_absent", { path });
  const labels = labelled ? labelsOf(path, "class", arrays.labels!, normal) : null;
  const fingerprint = takeFingerprint();
  for await (const batch of arrays.batches({ size: 256 }))
    fingerprint.addArrays(inPrecision(precision, batch.x));
  return { split: splitFor(rows, labels, epochs, seed), labels, fingerprint: fingerprint.result() };
}

/** The network, trained on over the rows where epochs were asked for. */
async function refined(
  keras: KerasModel,
  arrays: Arrays | null,
  { split }: Ground,
  options: ImportOptions,
): Promise<Network> {
  const network = untrained(keras);
  if (!arrays || !options.epochs) return network;
  const width = cellsOf(keras.model.inputShape);
  const { train, validate } = split.counts;
  const cells = new Float32Array((train + validate) * width);
  const judging: number[] = [];
  const { divide = 1 } = options;
  let rows = 0;
  for await (const { start, rows: count, x } of arrays.batches({ size: 256 }))
    for (let i = 0; i < count; i++) {
      const part = split.partOf[start + i];
      if (part !== parts.train && part !== parts.validate) continue;
      if (part === parts.validate) judging.push(rows);
      const row = x.subarray(i * width, (i + 1) * width);
      cells.set(divide === 1 ? row : row.map((cell) => cell / divide), rows * width);
      rows++;
    }
  return trainOn(network, cells, Uint32Array.from(judging), options);
}

async function thresholdFor(
  draft: ArrayModel,
  arrays: Arrays,
  { split, labels }: Ground,
  { threshold: rule = usualRule, epochs = 0 }: ImportOptions,
): Promise<{ readonly threshold: Threshold; readonly judges: number }> {
  const scores = await scoreArrays(draft, arrays, null, (row) => judges(split, row, epochs));
  const threshold = thresholdOf(parseThreshold(rule), scores, split, labels);
  return { threshold, judges: scores.rows.length };
}

interface Contents {
  readonly ground: Ground;
  readonly scale: ArrayScale;
  readonly source: ArraysDetected;
  readonly threshold: Threshold;
  readonly golden: ArrayMetadata["golden"];
}

async function modelOf(
  keras: KerasModel,
  network: Network,
  { ground, scale, source, threshold, golden }: Contents,
  options: ImportOptions,
): Promise<ArrayModel> {
  const { model, parameters, loss } = network;
  const { version: engine } = await loadEngine(options.engine);
  const metadata: ArrayMetadata = {
    ...schemaOf(source, precision),
    kind: model.kind,
    architecture: model.architecture,
    latentDim: model.latentDim,
    threshold: thresholdRecord(threshold),
    training: {
      ...recordOf(keras, network, ground, options),
      versions: { espejo: espejoVersion, engine },
    },
    ...{ source, scale, pca: null, golden },
  };
  const { seed = defaultSeed } = options;
  const filling = fillingGaps(model);
  const scoring = arrayScoring({ score: "squared", spread: null, model: filling, loss, seed });
  const signature = arraySignature({
    ...{ scale, precision, model: filling, parameters, scoring, threshold: threshold.threshold },
  });
  const bytes = writeModel(toModel(signature, { metadata: metadataEntries(metadata) }));
  return ArrayModel.from(bytes, "model", modelOptionsOf(options));
}
