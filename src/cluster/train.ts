import { readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { withCallbacks } from "../callbacks.ts";
import { note } from "../data/terms/notes.ts";
import type { OpenOptions, Table } from "../data/terms/table.ts";
import { EspejoError, phrases } from "../errors.ts";
import { temporaryFolder } from "../files.ts";
import type { Covariance } from "../metrics/covariance.ts";
import { mostPcaColumns } from "../metrics/pca.ts";
import { residualSum } from "../metrics/residual-spread.ts";
import {
  checkRows,
  needsLabels,
  parseThreshold,
  type Threshold,
  type ThresholdRule,
} from "../metrics/threshold.ts";
import { mixed } from "../nn/index.ts";
import { writeProgram } from "../onnx/index.ts";
import { checkArguments } from "../options.ts";
import { blocksOf, type Preparation, widthOf } from "../preparation/plan.ts";
import { sampleSize } from "../preparation/samples.ts";
import { preparationOf, profileOf, type TrainingProfile } from "../preparation/statistics.ts";
import { keptRows, learnFromKept } from "../tasks/ensemble/learn.ts";
import type { Evaluation } from "../tasks/evaluate/evaluation.ts";
import { evaluationOf, thresholdOf } from "../tasks/evaluate/judge.ts";
import { designOf } from "../tasks/lesson/design.ts";
import type { Learnt } from "../tasks/lesson/lesson.ts";
import { logColumns } from "../tasks/lesson/log-columns.ts";
import { type Features, featuresOf, preparer } from "../tasks/lesson/prepared.ts";
import { checkLabels, sayCollapse, sayJudges } from "../tasks/lesson/train-notes.ts";
import { checkTrainOptions, runOptions } from "../tasks/lesson/train-options.ts";
import type { TrainTableOptions } from "../tasks/lesson/train-table-options.ts";
import { preparationSignature, residualSignature } from "../tasks/model/table-graph.ts";
import type { TableModel } from "../tasks/model/table-model.ts";
import { type LabelCounts, type Labels, labelCounts } from "../tasks/rows/labels.ts";
import { hashBounds } from "../tasks/rows/row-hash.ts";
import { labelledShares, parts, type Split, unlabelledShares } from "../tasks/rows/split.ts";
import type { Scores } from "../tasks/score/scores.ts";
import { isMeasured } from "../tasks/scoring/measure-spread.ts";
import { tableScoring } from "../tasks/scoring/requested.ts";
import { usualRule } from "../tasks/train/begin-lesson.ts";
import { draftOf } from "../tasks/train/made-model.ts";
import { separationOf } from "../tasks/verdicts/separation.ts";
import type { Verdict } from "../tasks/verdicts/verdict.ts";
import { clusterArgument, clusterTrainShape } from "./arguments.ts";
import { base64, bytesFrom } from "./base64.ts";
import type { ClusterData } from "./cluster-data.ts";
import type { Connection } from "./connection.ts";
import { type CountedAnswer, countedRows } from "./counted-rows.ts";
import type { HashDeal } from "./hash-deal.ts";
import { heldOutScores } from "./held-scores.ts";
import { lookAt } from "./look.ts";
import { fitInRounds } from "./rounds.ts";

/** How a training is dealt to a cluster. */
export interface ClusterTrainOptions
  extends Omit<TrainTableOptions, "marks" | "clean" | "plateau" | "livePath" | "engine"> {
  /** Into how many parts the rows are dealt, each trained by one task; another number is another training. */
  readonly partitions?: number;
  /** Steps of each partition between two averages; by default one pass over its rows. */
  readonly localSteps?: number;
  /** How the data are read, and what their columns are for. */
  readonly read?: OpenOptions;
  /** Hears what the cluster has done, of how many rows, and in how many seconds. */
  readonly onPhase?: (phase: ClusterPhase, rows: number, seconds: number) => void;
  /** Hears of the data before they are learnt from: columns as a sample of the rows shows them. */
  readonly onTable?: (table: Table, rows: number) => void;
}

/** What a cluster does for a training, one after the other. */
export type ClusterPhase = "sample" | "read" | "count" | "prepare" | "rounds" | "scores";

/** What a training on a cluster came to. */
export interface TrainedOnCluster {
  readonly model: TableModel;
  readonly network: Learnt["network"];
  readonly fitted: Learnt["fitted"];
  readonly split: Pick<Split, "counts">;
  readonly labels: LabelCounts | null;
  readonly marks: null;
  readonly threshold: Threshold;
  /** On rows that test, where labels are known; of very many on a sample. */
  readonly evaluation: Evaluation | null;
  readonly verdicts: readonly Verdict[];
  readonly held: Pick<Scores, "pca">;
}

/** What partitions found when they read the rows. */
interface Survey {
  readonly rows: readonly number[];
  readonly labels: readonly (readonly [value: string, rows: number])[];
  /** Of each numeric column, cells that hold what it cannot. */
  readonly unread: readonly number[];
  readonly examples: readonly (string | null)[];
}

/** Rows of a partition, where nobody says how many there are, and of data that are not dealt at all. */
const usualRows = { partition: 250_000, whole: 20_000 };
const usualPartitions = 4;

/** The share of cells that may be no number in a column that seemed one. */
const fewUnread = 0.05;

/** About how many rows tell which columns are equal. */
const mostCompared = 2000;

/** Cells of residuals that spreads are measured on. */
const mostResiduals = 5_000_000;

/**
 * Trains a model on data that a cluster holds: workers read, count, train and score, and what is decided is decided here,
 * by the formulas of `train`. Throws as `train`, and `cluster_...`.
 */
export async function trainOnCluster(
  connection: Connection,
  data: ClusterData,
  options: ClusterTrainOptions = {},
): Promise<TrainedOnCluster> {
  checkArguments("trainOnCluster", {
    connection: [connection, clusterArgument.connection],
    data: [data, clusterArgument.data],
  });
  checkTrainOptions(options, "trainOnCluster", clusterTrainShape);
  refuseOthers(options);
  // what passes between the two
  const folder = temporaryFolder(join(tmpdir(), "espejo-cluster-"));
  try {
    return await withCallbacks(options, (watched) =>
      trainWatched(connection, data, watched, folder.path),
    );
  } finally {
    await folder.remove();
  }
}

async function trainWatched(
  connection: Connection,
  asked: ClusterData,
  options: ClusterTrainOptions,
  scratch: string,
): Promise<TrainedOnCluster> {
  const { seed = 42, onNote = () => {}, threshold: rule = usualRule, read = {} } = options;
  const wanted = ruleOnCluster(rule);
  const ended = phases(options);
  const looked = await lookAt(connection, asked, read, scratch);
  ended("sample", looked.rows);
  const { table, rows, data } = looked;
  try {
    options.onTable?.(table, rows);
    const log = logColumns(table, options.log ?? []);
    const features = featuresOf(table);
    const path = table.path;
    if (features.numeric.length + features.categories.length === 0)
      throw new EspejoError("no_features", { path });
    const label = table.columns.find(({ role }) => role === "label")?.name ?? null;
    const weight = table.columns.find(({ role }) => role === "weight")?.name ?? null;
    if (!label && needsLabels(wanted)) throw new EspejoError("threshold_labels", { rule });
    const partitions = options.partitions ?? partitionsFor(rows);
    const source = table.detected;
    const survey = await connection.ask<Survey>("read", {
      ...{ data, path, partitions, seed, label, weight, source, columns: table.columns },
    });
    const total = survey.rows.reduce((a, b) => a + b, 0);
    ended("read", total);
    sayUnread(table, features, survey, total, options);
    const labels =
      label === null ? null : labelCounts(path, label, new Map(survey.labels), options.normal);
    if (labels) checkLabels(path, labels, onNote);
    const deal = dealOf(total, labels);
    onNote(note("split_hash", {}));
    const most = Math.max(1, trainShare(deal) * total);
    const answer = await connection.ask<CountedAnswer>("statistics", {
      ...{ deal, to: join(scratch, "sample.f64") },
      log: features.numeric.map(({ name }) => log.includes(name)),
      share: sampleSize(features.numeric.length) / most,
      few: mostCompared / most,
    });
    const counted = await countedRows(answer, features.numeric, features.categories, {
      ...{ sample: join(scratch, "sample.f64"), seed },
    });
    if (counted.rows < 2)
      throw new EspejoError("too_few_rows", { path, rows: counted.rows, least: 2 });
    const preparation = preparationOf(features.numeric, features.categories, counted, {
      ...(options.scaling && { scaling: options.scaling }),
      log,
    });
    const profile = profileOf(features.numeric, counted);
    const counts = await partCounts(connection, deal);
    ended("count", total);
    sayJudges(counts, onNote);
    checkRows(wanted, labels ? counts.calibrate : Math.max(counts.validate, 1));
    await options.onFingerprint?.(`${answer.fingerprint}-${partitions}`);
    const given: Given = {
      ...{ connection, path, features, preparation, profile, counts, deal, labels, seed, scratch },
      ...{ partitions, weight, ended, gaps: answer.gaps.some((missing) => missing > 0) },
    };
    const learnt =
      options.kind === "ensemble"
        ? await learnEnsemble(given, options)
        : await learnNetwork(given, options);
    const draft = await draftOf(
      {
        ...{ columns: table.columns, detected: source, preparation, profile, counts, seed },
        ...{ fingerprint: answer.fingerprint, labels, marks: null, learnt },
        written: labels,
        units: { by: "hash", columns: [] },
        cluster: {
          by: `spark ${connection.versions.spark}`,
          ...{ partitions, localSteps: options.localSteps ?? null },
        },
      },
      options,
    );
    const held = await heldOutScores(connection, draft, { deal, counts, scratch });
    ended("scores", held.scores.rows.length);
    if (held.sampled) onNote(note("cluster_sampled", { rows: held.scores.rows.length }));
    const told = labels && { ...labels, classes: held.classes };
    const threshold = thresholdOf(wanted, held.scores, held.split, told);
    const model = await draft.finished(threshold, held.scores.model);
    await draft.model.dispose();
    const evaluation = told && evaluationOf(held.scores, held.split, told as Labels, threshold);
    return {
      ...{ model, network: learnt.network, fitted: learnt.fitted, split: { counts }, labels },
      ...{ marks: null, threshold, evaluation, held: held.scores },
      verdicts: [evaluation && separationOf(evaluation)].filter((each) => each !== null),
    };
  } finally {
    await table.dispose();
  }
}

/** Tells the phases of a training, each with the time since the one before. */
function phases({ onPhase }: ClusterTrainOptions) {
  let began = performance.now();
  return (phase: ClusterPhase, rows: number): void => {
    const now = performance.now();
    onPhase?.(phase, rows, (now - began) / 1000);
    began = now;
  };
}

/** All that is known before something is learnt. */
interface Given {
  readonly connection: Connection;
  readonly path: string;
  readonly features: Features;
  readonly preparation: Preparation;
  readonly profile: TrainingProfile;
  readonly counts: Split["counts"];
  readonly deal: HashDeal;
  readonly labels: LabelCounts | null;
  readonly seed: number;
  readonly scratch: string;
  readonly partitions: number;
  readonly weight: string | null;
  readonly ended: ReturnType<typeof phases>;
  /** Whether cells of features are missing anywhere. */
  readonly gaps: boolean;
}

/** Options of a training that a cluster has not, which a program may state all the same. */
const elsewhere = ["marks", "clean", "plateau", "livePath", "engine", "provider", "pca"];

/** Throws `cluster_option` for what would change nothing. */
function refuseOthers(options: ClusterTrainOptions): void {
  const given = options as Readonly<Record<string, unknown>>;
  const foreign =
    elsewhere.find((name) => given[name] !== undefined) ??
    (options.split !== undefined && options.split !== "hash" ? "split" : undefined);
  if (foreign !== undefined)
    throw new EspejoError("cluster_option", {
      ...{ option: foreign, reason: phrases.of_one_machine },
    });
}

/** Rules that need the calendar of all rows are not for a cluster. */
function ruleOnCluster(rule: string): ThresholdRule {
  const wanted = parseThreshold(rule);
  if (wanted.per !== undefined)
    throw new EspejoError("cluster_option", {
      option: `--threshold ${rule}`,
      reason: phrases.budget_of_rows,
    });
  return wanted;
}

const partitionsFor = (rows: number): number =>
  rows <= usualRows.whole ? 1 : Math.max(usualPartitions, Math.ceil(rows / usualRows.partition));

/** Says which cells of columns of numbers could not be read, and refuses columns with too many of them. */
function sayUnread(
  table: Table,
  { numeric }: Features,
  { unread, examples }: Survey,
  rows: number,
  { read = {}, onNote = () => {} }: ClusterTrainOptions,
): void {
  numeric.forEach(({ name, date }, j) => {
    const count = unread[j]!;
    if (count === 0) return;
    const told = { column: name, count, value: examples[j] ?? "", type: date ? "date" : "number" };
    if (read.strict || count > fewUnread * rows)
      throw new EspejoError("cluster_column", { path: table.path, rows, ...told });
    onNote(note("cluster_unread", { ...told, rows }));
  });
}

function dealOf(rows: number, labels: LabelCounts | null): HashDeal {
  const { shares, dealt } = labels
    ? labelledShares(labels.normals + labels.anomalies)
    : unlabelledShares(rows);
  return { bounds: hashBounds(shares), dealt, normal: labels?.normalValues ?? null };
}

/** The share of all rows that train, of which some may be anomalies that do not. */
const trainShare = ({ bounds, dealt }: HashDeal): number =>
  bounds[dealt.indexOf(parts.train)]! / 2 ** 32;

/** How many rows each part has. */
async function partCounts(connection: Connection, deal: HashDeal): Promise<Split["counts"]> {
  const { counts } = await connection.ask<{ counts: readonly number[] }>("parts", { deal });
  const [train, validate, calibrate, test, out] = counts as [
    number,
    number,
    number,
    number,
    number,
  ];
  return { train, validate, calibrate, test, out };
}

/** Trains a network in rounds. */
async function learnNetwork(given: Given, options: ClusterTrainOptions): Promise<Learnt> {
  const { connection, preparation, counts, seed, partitions, deal, gaps } = given;
  const { onNote = () => {}, localSteps = null } = options;
  const design = designOf(preparation, counts.train, options);
  const { network, outputSize, warnings, figures } = design;
  const length = { ...design.length, ...paceOf(design.length.batchSize, partitions, options) };
  for (const warning of warnings) onNote(note(warning, figures));
  options.onModel?.(network, { counts });
  const loss = mixed(blocksOf(preparation));
  const columns = given.features.numeric.length + given.features.categories.length;
  const prepared = await connection.ask<{
    readonly train: readonly number[];
    readonly validate: readonly number[];
    readonly covariance: { weight: number; mean: string; matrix: string } | null;
  }>("prepare", {
    front: base64(writeProgram(preparationSignature(preparation))),
    ...{ deal, runtime: connection.versions.runtime, masked: gaps, weight: given.weight },
    ...{ path: given.path, width: widthOf(preparation) },
    outputs: outputSize <= mostPcaColumns ? outputSize : 0,
  });
  given.ended("prepare", counts.train + counts.validate);
  const { signal, onEpoch, onProgress, checkpointPath, resume } = options;
  const fitted = await fitInRounds(
    connection,
    network,
    {
      ...{ train: prepared.train, validate: prepared.validate },
      shapes: {
        x: network.inputShape,
        ...(gaps && { mask: [columns] }),
        ...(given.weight !== null && { weight: [1] }),
      },
    },
    {
      ...runOptions({ ...options }),
      ...{ ...length, loss, seed, localSteps },
      ...(signal && { signal }),
      ...(onEpoch && { onEpoch }),
      ...(onProgress && { onProgress }),
      ...(checkpointPath !== undefined && { checkpointPath }),
      ...(resume && { resume }),
    },
  );
  given.ended("rounds", counts.train * (fitted.history.length - (resume?.epoch ?? 0)));
  sayCollapse(fitted, onNote);
  const { score = "squared" } = options;
  const spread = isMeasured(score)
    ? await measuredSpread(given, { network, fitted }, score === "mahalanobis")
    : null;
  return {
    ...{ network, fitted, covariance: covarianceFrom(prepared.covariance) },
    components: network.latentDim,
    scoring: tableScoring(blocksOf(preparation), { score, spread, model: network, loss, seed }),
    chosen: {
      ...{ epochs: length.epochs, batchSize: length.batchSize },
      ...(length.learningRate !== undefined && { learningRate: length.learningRate }),
    },
  };
}

/** Rows of a step of one partition at least, and what a learning rate is multiplied by at most. */
const limits = { batch: 32, rate: 8 };
/** The learning rate of one machine. */
const usualRate = 1e-3;

/**
 * Rows of a step and learning rate, where nobody states either. All partitions together go over about as many rows a step as
 * one machine would (`usual`), at least 32 each. Adam divides a gradient by its deviation, which of a batch that is k times
 * smaller is sqrt(k) times greater, and what that adds is averaged away between partitions: the rate makes up for it (Malladi et
 * al. 2022, the square root rule; docs/cluster.md has what was measured), and comes down where rounds no longer gain.
 */
function paceOf(
  usual: number,
  partitions: number,
  { batchSize, learningRate, optimizer = "adam" }: ClusterTrainOptions,
): { readonly batchSize: number; readonly learningRate?: number; readonly calmRate?: number } {
  const batch = batchSize ?? Math.max(limits.batch, Math.round(usual / partitions));
  const name = typeof optimizer === "string" ? optimizer : optimizer.name;
  if (learningRate !== undefined) return { batchSize: batch, learningRate };
  if (batchSize !== undefined || partitions === 1 || name === "sgd") return { batchSize: batch };
  const factor = partitions * Math.sqrt(batch / usual);
  const raised = Math.max(1, Math.min(limits.rate, factor));
  return { batchSize: batch, learningRate: usualRate * raised, calmRate: usualRate };
}

/** The spread of residuals on rows that judge, of very many on some of them. */
async function measuredSpread(
  { connection, preparation, counts, deal, scratch, features }: Given,
  { network, fitted }: Pick<Learnt, "network" | "fitted">,
  products: boolean,
) {
  const part = counts.validate > 0 ? parts.validate : parts.train;
  const rows = Math.max(1, part === parts.validate ? counts.validate : counts.train);
  const columns = features.numeric.length + features.categories.length;
  const to = join(scratch, "residuals.f32");
  const program = writeProgram(
    residualSignature({ preparation, model: network, parameters: fitted.parameters }),
  );
  const found = await connection.ask<{ rows: number; columns: number }>("residuals", {
    ...{ program: base64(program), deal, part, to, runtime: connection.versions.runtime },
    share: mostResiduals / columns / rows,
  });
  const cells = new Float32Array(new Uint8Array(await readFile(to)).buffer);
  const half = found.rows * found.columns;
  const sum = residualSum(found.columns, { products });
  sum.add(cells.subarray(0, half), cells.subarray(half));
  return sum.result();
}

/** Trains the ensemble, here, on the rows that it keeps: those of the least second hashes. */
async function learnEnsemble(given: Given, options: ClusterTrainOptions): Promise<Learnt> {
  const { connection, features, preparation, counts, deal, seed, labels, scratch } = given;
  const learning = labels ? [parts.train, parts.validate] : [parts.train];
  const available = counts.train + (labels ? counts.validate : 0);
  const to = join(scratch, "kept.f64");
  const { rows, texts } = await connection.ask<{ rows: number; texts: string[] }>("kept", {
    ...{ deal, parts: learning, most: keptRows, to, share: (2 * keptRows) / available },
  });
  const numeric = new Float64Array(new Uint8Array(await readFile(to)).buffer);
  const prepare = await preparer(features, preparation, { threads: 1 });
  try {
    const raw = { start: 0, rows, numeric, categories: texts, text: [] };
    const kept = { rows, sure: [], ...(await prepare.run(raw)) };
    const lesson = {
      ...{ features, preparation, seed, live: null, split: { counts } },
      normalOnly: labels !== null || (options.normalOnly ?? false),
    };
    return await learnFromKept(lesson, kept, options);
  } finally {
    await prepare.dispose();
  }
}

const covarianceFrom = (
  told: { readonly weight: number; readonly mean: string; readonly matrix: string } | null,
): Covariance | null =>
  told && {
    weight: told.weight,
    mean: new Float64Array(bytesFrom(told.mean).buffer),
    matrix: new Float64Array(bytesFrom(told.matrix).buffer),
  };
