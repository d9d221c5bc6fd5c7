import { loadEngine } from "#engine";
import { withCallbacks } from "../../callbacks.ts";
import { cleanInOrder } from "../../data/images/image-pairs.ts";
import type { Arrays, Cells } from "../../data/terms/arrays.ts";
import { itemsOf } from "../../data/terms/items.ts";
import { type Note, note, noteAbout } from "../../data/terms/notes.ts";
import { tellingOf } from "../../error-items.ts";
import { EspejoError } from "../../errors.ts";
import { cellsOf } from "../../graph/index.ts";
import { type Bins, binsOf } from "../../metrics/bins.ts";
import { type CovarianceSum, covarianceSum } from "../../metrics/covariance.ts";
import { pcaOf } from "../../metrics/pca.ts";
import { needsLabels, parseThreshold, type Threshold } from "../../metrics/threshold.ts";
import { parameterCount, sizeWarnings } from "../../models/summary.ts";
import { fillingGaps, type Loss, losses, type Model } from "../../nn/index.ts";
import { toModel, writeModel, writeProgram } from "../../onnx/index.ts";
import { checkArguments } from "../../options.ts";
import type { Fitted } from "../../training/fitted.ts";
import type { Evaluation } from "../evaluate/evaluation.ts";
import { checkThreshold, evaluationOf, isHeldOut, thresholdOf } from "../evaluate/judge.ts";
import { stampThresholdOf } from "../evaluate/stamp-threshold.ts";
import { gatherScale } from "../lesson/array-scale.ts";
import { splitArrays } from "../lesson/deal.ts";
import { networkFor } from "../lesson/network.ts";
import { fileStore, memoryStore, type PreparedStore } from "../lesson/prepared-store.ts";
import { runLength } from "../lesson/sizes.ts";
import { checkLabels, sayCollapse } from "../lesson/train-notes.ts";
import {
  checkTrainOptions,
  runOptions,
  runRecord,
  type TrainOptions,
} from "../lesson/train-options.ts";
import { argument } from "../model/arguments.ts";
import { arrayFeeds, precisionFor, schemaOf } from "../model/array-feeds.ts";
import { arrayPreparation, arrayResidualSignature, arraySignature } from "../model/array-graph.ts";
import { ArrayModel } from "../model/array-model.ts";
import { historyRecord } from "../model/history.ts";
import { type ArrayMetadata, type ArrayScale, metadataEntries } from "../model/metadata.ts";
import { modelOptionsOf } from "../model/model-file.ts";
import { pcaToMetadata } from "../model/pca-metadata.ts";
import { thresholdRecord } from "../model/threshold-record.ts";
import { espejoVersion } from "../model/version.ts";
import { trainingFingerprint } from "../rows/fingerprint.ts";
import { type Labels, labelRecord, labelsOf, type Normal } from "../rows/labels.ts";
import { rowsAt } from "../rows/pick.ts";
import { parts, type Split } from "../rows/split.ts";
import { scoreArrays } from "../score/array-scores.ts";
import type { Scores } from "../score/scores.ts";
import { isMeasured, measureSpread, type RawBatch } from "../scoring/measure-spread.ts";
import { arrayScoring } from "../scoring/requested.ts";
import { checkScore } from "../scoring/score-names.ts";
import { separationOf } from "../verdicts/separation.ts";
import type { Verdict } from "../verdicts/verdict.ts";
import { dependenceOfWindows } from "./dependence.ts";
import { newerThresholdAmong } from "./newer-threshold.ts";

/** Options of training on images or sequences. */
export interface TrainArraysOptions extends TrainOptions {
  /** Whether the classes of the rows are used: only normal rows train. */
  readonly labelled?: boolean;
  /**
   * What the rows should become: clean rows beside noisy ones, in the same order; of two folders of images those of the
   * same name, whatever their endings.
   */
  readonly clean?: Arrays;
}

/** A trained model of images or sequences with the story of its training. */
export interface TrainedArrays {
  readonly model: ArrayModel;
  readonly network: Model;
  readonly fitted: Fitted;
  readonly split: Split;
  readonly labels: Labels | null;
  readonly threshold: Threshold;
  /** Of the time stamps, where rows are windows of a table. */
  readonly stampThreshold: Threshold | null;
  /** On the test part, where classes are used. */
  readonly evaluation: Evaluation | null;
  /** What it comes to, in sentences (`verdictIn`). */
  readonly verdicts: readonly Verdict[];
  /** Scores of the rows that did not train. */
  readonly held: Scores;
}

const fewestRows = 2;
/** Rows with more cells are not compared with PCA, whose cost is cubic in them. */
const mostPcaCells = 512;
/** Bytes of prepared rows that are held in memory; more go to a temporary file. */
const usuallyInMemory = 256 * 2 ** 20;

/**
 * Trains an autoencoder on images or sequences. With classes only normal rows train, 20 % of the rows
 * calibrate the threshold and 20 % test; without, nine of ten rows train. Throws EspejoError for data that
 * cannot be learnt from.
 */
export async function trainArrays(
  arrays: Arrays,
  options: TrainArraysOptions = {},
): Promise<TrainedArrays> {
  checkArguments("trainArrays", { arrays: [arrays, argument.arrays] });
  checkTrainOptions(options);
  return withCallbacks(options, (watched) =>
    tellingOf(itemsOf(arrays.detected), () => trainWatched(arrays, watched)),
  );
}

async function trainWatched(arrays: Arrays, options: TrainArraysOptions): Promise<TrainedArrays> {
  const { seed = 42, threshold: rule = "quantile:0.99" } = options;
  const { path, detected } = arrays;
  const onNote = (told: Note) => options.onNote?.(noteAbout(told, itemsOf(detected)));
  const { content, shape } = detected;
  const cells = cellsOf(shape);
  if (options.score) checkScore(options.score, options.kind ?? "basic", cells);
  const wanted = parseThreshold(rule);
  if (wanted.per) throw new EspejoError("threshold_time", { path: arrays.path, per: wanted.per });
  if (!options.labelled && needsLabels(wanted)) throw new EspejoError("threshold_labels", { rule });
  const labels = options.labelled ? classesOf(arrays, options.normal) : null;
  if (labels) checkLabels(path, labels, onNote);
  const { split, units } = splitArrays(arrays, labels, options);
  checkThreshold(wanted, split, labels);
  if (split.counts.train < fewestRows)
    throw new EspejoError("too_few_rows", { path, rows: split.counts.train, least: fewestRows });
  const clean = options.clean && cleanFor(arrays, options.clean);

  const { scale, missing, fingerprint, notes } = await gatherScale(arrays, split);
  for (const noticed of notes) onNote(noticed);
  await options.onFingerprint?.(trainingFingerprint(fingerprint, split, labels));
  const network = networkFor({ content, shape, masked: missing > 0 }, options);
  for (const warning of sizeWarnings(network, split.counts.train))
    onNote(
      note(warning, {
        ...{ latent: network.latentDim, width: cells, parameters: parameterCount(network) },
        cells: split.counts.train * cells,
      }),
    );
  options.onModel?.(network, split);
  const loss = lossFor(content, network);
  const length = runLength(split.counts.train, content, options);
  const { epochs, batchSize } = length;
  const prepared = await prepareArrays(arrays, split, scale, {
    ...options,
    ...(clean && { clean }),
  });
  let fitted: Fitted;
  try {
    const run = { ...runOptions(options), ...length, loss, seed };
    fitted = await prepared.fit(network, run);
  } finally {
    await prepared.dispose();
  }
  sayCollapse(fitted, onNote);
  // later data may have gaps where these had none
  const filling = fillingGaps(network);
  const precision = precisionFor(content);
  const trained = { scale, precision, model: filling, parameters: fitted.parameters };
  const { score = "squared", engine } = options;
  const spread = !isMeasured(score)
    ? null
    : await measureSpread(arrayResidualSignature(trained), rawBatches(arrays), split, {
        ...{ products: score === "mahalanobis", engine },
      });
  const scoring = arrayScoring({ score, spread, model: filling, loss, seed });

  const pca = prepared.covariance && pcaOf(prepared.covariance.result(), network.latentDim);
  const best = fitted.history[fitted.bestEpoch - 1];
  const modelWith = (
    threshold: Threshold,
    golden: ArrayMetadata["golden"],
    stamps: Threshold | null = null,
    heldScores?: Bins,
  ): Promise<ArrayModel> => {
    const metadata: ArrayMetadata = {
      ...schemaOf(detected),
      kind: network.kind,
      architecture: network.architecture,
      latentDim: network.latentDim,
      threshold: thresholdRecord(threshold),
      ...(stamps && { stampThreshold: thresholdRecord(stamps) }),
      training: {
        fingerprint,
        rows: split.counts,
        seed,
        label: labelRecord(labels),
        options: {
          ...{ ...runRecord(options), epochs, batchSize, threshold: rule },
          ...(units && { split: { by: units.by, columns: units.columns } }),
        },
        epochs: fitted.history.length,
        bestEpoch: fitted.bestEpoch,
        loss: best?.loss ?? 0,
        validationLoss: best?.validationLoss ?? null,
        history: historyRecord(fitted.history),
        versions: { espejo: espejoVersion, engine: fitted.engineVersion },
      },
      source: detected,
      scale,
      pca: pca && pcaToMetadata(pca),
      golden,
      ...(heldScores && { scores: heldScores }),
    };
    const signature = arraySignature({
      ...{ ...trained, scoring, threshold: threshold.threshold },
    });
    const bytes = writeModel(toModel(signature, { metadata: metadataEntries(metadata) }));
    return ArrayModel.from(bytes, "model", modelOptionsOf(options));
  };
  // the threshold is a constant of the file, chosen with the scores of the same file without one
  const none = { deviations: [], scores: [] };
  const draft = await modelWith({ threshold: 3e38, rule, parameters: {} }, none);
  const scores = await scoreArrays(draft, arrays, pca, (row) => isHeldOut(split, row));
  const golden = await draft.goldenScores();
  const stampThreshold = await stampThresholdOf(wanted, draft, arrays, split, labels);
  const threshold = thresholdOf(wanted, scores, split, labels);
  const newer = await newerThresholdAmong(
    { ...threshold, held: scores, split, units, labels, items: itemsOf(detected) },
    (keep) => scoreArrays(draft, arrays, null, keep),
  );
  await draft.dispose();
  const evaluation = labels && evaluationOf(scores, split, labels, threshold);
  const verdicts = [
    evaluation && separationOf(evaluation, itemsOf(detected)),
    // of windows that were dealt by time or key nothing else is expected
    units ? null : dependenceOfWindows(arrays, scores, labels),
    newer,
  ].filter((each) => each !== null);
  return {
    model: await modelWith(threshold, golden, stampThreshold, binsOf(scores.model)),
    ...{ network, fitted, split, labels, threshold, stampThreshold },
    evaluation,
    verdicts,
    held: scores,
  };
}

/** Cross-entropy for images in [0, 1]; squares for standardised sequences, and where residuals are robust. */
export function lossFor(content: "images" | "sequences", { kind }: Model): Loss {
  const squares = content === "sequences" || kind.split("+").includes("robust");
  return squares ? losses.mse! : losses.binaryCrossentropy!;
}

function classesOf({ path, labels, labelColumn }: Arrays, normal: Normal | undefined): Labels {
  if (!labels) throw new EspejoError("labels_absent", { path });
  return labelsOf(path, labelColumn ?? "class", labels, normal);
}

function cleanFor(noisy: Arrays, given: Arrays): Arrays {
  const clean = cleanInOrder(noisy, given);
  const [shape, wanted] = [clean, noisy].map(({ detected }) => detected.shape.join(" x "));
  if (shape !== wanted)
    throw new EspejoError("arrays_shape", { path: clean.path, shape: shape!, wanted: wanted! });
  return clean;
}

/** Runs the preparation over the rows that train or judge, once, in source order. */
async function prepareArrays(
  arrays: Arrays,
  { partOf, counts }: Split,
  scale: ArrayScale,
  { engine: choice, clean, mostInMemory = usuallyInMemory }: TrainArraysOptions,
) {
  const { shape, content } = arrays.detected;
  const width = cellsOf(shape);
  const precision = precisionFor(content);
  const program = await (await loadEngine(choice)).load(
    writeProgram(arrayPreparation(shape, { scale, precision })),
    { threads: 1 },
  );
  const prepare = async (x: Cells, rows: number): Promise<Float32Array> => {
    const feeds = arrayFeeds(precision, x, rows, shape);
    return (await program.run(feeds)).prepared!.data as Float32Array;
  };
  const extras = clean ? { target: width } : {};
  const bytes = (counts.train + counts.validate) * width * 4 * (clean ? 2 : 1);
  const store: PreparedStore =
    bytes <= mostInMemory ? memoryStore(counts, width, extras) : await fileStore(width, extras);
  const covariance: CovarianceSum | null = width <= mostPcaCells ? covarianceSum(width) : null;
  const targets = clean?.batches({ size: 256 })[Symbol.asyncIterator]();
  try {
    for await (const { start, rows, x } of arrays.batches({ size: 256 })) {
      const cells = await prepare(x, rows);
      const wanted = targets && (await prepare((await targets.next()).value.x, rows));
      for (const part of [parts.train, parts.validate]) {
        const chosen: number[] = [];
        for (let i = 0; i < rows; i++) if (partOf[start + i] === part) chosen.push(i);
        const own = rowsAt(cells, width, chosen);
        if (part === parts.train && covariance) covariance.add(own.map(zeroForNaN));
        const target = wanted && { target: rowsAt(wanted, width, chosen) };
        await store.add({ x: own, ...target }, part === parts.validate);
      }
    }
    return { covariance, ...(await store.close()) };
  } catch (error) {
    await store.discard();
    throw error;
  } finally {
    await program.dispose();
    await targets?.return?.();
  }
}

/** The rows as the graph takes them. */
async function* rawBatches(arrays: Arrays): AsyncGenerator<RawBatch> {
  const { shape, content } = arrays.detected;
  for await (const { start, rows, x } of arrays.batches({ size: 256 }))
    yield { start, rows, feeds: arrayFeeds(precisionFor(content), x, rows, shape) };
}

const zeroForNaN = (value: number): number => (Number.isNaN(value) ? 0 : value);
