import type { Arrays } from "../../data/terms/arrays.ts";
import { itemsOf } from "../../data/terms/items.ts";
import type { Table } from "../../data/terms/table.ts";
import { tellingOf } from "../../error-items.ts";
import { EspejoError } from "../../errors.ts";
import { parseThreshold, type Threshold, type ThresholdRule } from "../../metrics/threshold.ts";
import { checkArguments, checkOptions } from "../../options.ts";
import { range } from "../../random.ts";
import { z } from "../../schema.ts";
import { type Evaluation, evaluateScores } from "../evaluate/evaluation.ts";
import { checkThreshold, looksAt, thresholdOf } from "../evaluate/judge.ts";
import { stampThresholdOf } from "../evaluate/stamp-threshold.ts";
import { argument, modelShape } from "../model/arguments.ts";
import { inPrecision } from "../model/array-feeds.ts";
import { ArrayModel } from "../model/array-model.ts";
import type { AnyMetadata } from "../model/metadata.ts";
import { type ModelOptions, modelOptionsOf } from "../model/model-file.ts";
import { TableModel } from "../model/table-model.ts";
import { statedThreshold } from "../model/threshold-record.ts";
import { type KeptLabels, keptArrayLabels, keptLabels } from "../report/kept-labels.ts";
import { takeFingerprint } from "../rows/fingerprint.ts";
import { type Normal, normalPart } from "../rows/labels.ts";
import { classesOfMarks, type GivenMarks, type MarkedRows, marksPart } from "../rows/marks.ts";
import { pick, placesOf } from "../rows/pick.ts";
import { marksOf } from "../rows/read-marks.ts";
import { ruleFor } from "../rows/rows-per-period.ts";
import { parts, type Split } from "../rows/split.ts";
import type { Scores } from "../score/scores.ts";
import {
  type MarkedOutcome,
  type MarkedThreshold,
  markedScores,
  markedThreshold,
} from "./marked-threshold.ts";
import { replaceThreshold } from "./replace-threshold.ts";

/** Which threshold a model gets, what it is chosen by, and the engine that computes. */
export interface RethresholdOptions extends ModelOptions {
  /** A number, or a rule such as `recall:0.8` that chooses one. */
  readonly threshold: number | string;
  /** The column with the class; by default that of the training, where the data have it. */
  readonly label?: string;
  /** The value of the label that is normal, or several; by default that of the training. */
  readonly normal?: Normal;
  /** Rows that a person marked, which choose the threshold: a file, or rows one by one. Of tables alone. */
  readonly marks?: GivenMarks;
}

/** What came of another threshold. */
export interface Rethresholded<M> {
  /** The model with the new threshold. Holds sessions of the engine until `dispose`. */
  readonly model: M;
  readonly before: AnyMetadata["threshold"];
  readonly threshold: Threshold;
  /** For the time stamps of windows; null where there are none, or the threshold was stated. */
  readonly stampThreshold: Threshold | null;
  /** Whether the data are those that trained: then only rows that did not train choose and are judged. */
  readonly trained: boolean;
  /** Rows that chose the threshold. */
  readonly chosenOn: number;
  /** Rows that are judged, and how many of them the two thresholds flag. */
  readonly judged: number;
  readonly flagged: { readonly before: number; readonly after: number };
  /** Where marked rows chose it: what it comes to among them. */
  readonly marks: MarkedOutcome | null;
  /** By labels, where rows of both classes are judged; else null. */
  readonly evaluation: Evaluation | null;
}

const rethresholdOptions: z.ZodMiniObject = z.object({
  ...modelShape,
  threshold: z.union([z.number(), z.string()]),
  label: z.exactOptional(z.string()),
  normal: z.exactOptional(normalPart),
});
const tableOptions: z.ZodMiniObject = z.object({
  ...rethresholdOptions.shape,
  marks: z.exactOptional(marksPart),
});

/**
 * Gives a model of a table another threshold, a stated number or one that a rule chooses on rows: of the data
 * that trained those that calibrate, of other data all (with labels as `train` does: rules about normal rows see
 * these alone). Throws `threshold_trained` for the rows that trained without the labels that tell which did not,
 * and what rules throw that lack rows or labels.
 */
export async function rethreshold(
  model: TableModel,
  table: Table,
  options: RethresholdOptions,
): Promise<Rethresholded<TableModel>> {
  checkArguments("rethreshold", {
    model: [model, argument.tableModel],
    table: [table, argument.table],
  });
  checkOptions("rethreshold", tableOptions, options);
  const { metadata, path } = model;
  const { marks } = options;
  const marked = marks === undefined ? null : await marksOf(marks, table);
  const labels = await keptLabels(table, metadata.training, options);
  const scores = new Float32Array(table.rows);
  const fingerprint = takeFingerprint();
  for await (const batch of model.batches(table)) {
    fingerprint.addRows(batch);
    scores.set((await model.run(["score"], batch)).score!.data as Float32Array, batch.start);
  }
  const wanted = wantedOf(options);
  const byMarks = marked && choosesByMarks(options.threshold, scores, table, marked);
  const { chosen, ...told } = chooseOn(
    { path: table.path, scores, fingerprint: fingerprint.result() },
    labels,
    metadata,
    byMarks?.threshold.threshold ??
      (typeof wanted === "number" ? wanted : await ruleFor(wanted, table)),
  );
  const threshold = byMarks?.threshold ?? chosen;
  const bytes = replaceThreshold(model.bytes, path, { rows: threshold });
  return {
    ...told,
    ...(byMarks && { chosenOn: byMarks.marks.rows }),
    model: await TableModel.from(bytes, path, modelOptionsOf(options)),
    threshold,
    ...{ stampThreshold: null, marks: byMarks?.marks ?? null },
  };
}

/** Throws `threshold_marks_rule` for a stated number, which no mark chooses, and what `markedThreshold` does. */
function choosesByMarks(
  wanted: number | string,
  scores: Float32Array,
  { path, rows }: Table,
  marked: MarkedRows,
): MarkedThreshold {
  if (typeof wanted === "number")
    throw new EspejoError("threshold_marks_rule", { rule: String(wanted) });
  return markedThreshold(wanted, markedScores(path, scores, classesOfMarks(marked, rows)));
}

/** As `rethreshold`, for images and sequences; windows of a table get a threshold for their time stamps, too. */
export async function rethresholdArrays(
  model: ArrayModel,
  arrays: Arrays,
  options: RethresholdOptions,
): Promise<Rethresholded<ArrayModel>> {
  checkArguments("rethresholdArrays", {
    model: [model, argument.arrayModel],
    arrays: [arrays, argument.arrays],
  });
  checkOptions("rethresholdArrays", rethresholdOptions, options);
  return tellingOf(itemsOf(arrays.detected), () => chooseForArrays(model, arrays, options));
}

async function chooseForArrays(
  model: ArrayModel,
  arrays: Arrays,
  options: RethresholdOptions,
): Promise<Rethresholded<ArrayModel>> {
  const { metadata, path } = model;
  const labels = keptArrayLabels(arrays, metadata.training, options);
  const scores = new Float32Array(arrays.rows);
  const fingerprint = takeFingerprint();
  for await (const batch of model.batches(arrays)) {
    fingerprint.addArrays(inPrecision(model.precision, batch.x));
    const { score } = await model.run(["score"], batch.x, batch.rows, batch.start);
    scores.set(score!.data as Float32Array, batch.start);
  }
  const wanted = wantedOf(options);
  const { chosen, split, ...told } = chooseOn(
    { path: arrays.path, scores, fingerprint: fingerprint.result() },
    labels,
    metadata,
    wanted,
  );
  const { threshold } = options;
  const stampThreshold =
    typeof threshold === "string" && metadata.stampThreshold
      ? await stampThresholdOf(parseThreshold(threshold), model, arrays, split, labels.own)
      : null;
  const bytes = replaceThreshold(model.bytes, path, { rows: chosen, stamps: stampThreshold });
  const changed = await ArrayModel.from(bytes, path, modelOptionsOf(options));
  return { ...told, model: changed, threshold: chosen, stampThreshold, marks: null };
}

/** The bytes of a model file with a threshold that is stated, without a look at data. */
export function withThreshold(model: TableModel | ArrayModel, threshold: number): Uint8Array {
  checkArguments("withThreshold", {
    model: [model, argument.model],
    threshold: [threshold, z.number()],
  });
  return replaceThreshold(model.bytes, model.path, { rows: statedThreshold(threshold) });
}

/** Scores of all rows of some data. */
interface Scored {
  readonly path: string;
  readonly scores: Float32Array;
  readonly fingerprint: string;
}

function chooseOn(
  { path, scores, fingerprint }: Scored,
  { own: written, split: likely, marked }: KeptLabels,
  { training, threshold: before }: AnyMetadata,
  wanted: ThresholdRule | number,
) {
  const trained = fingerprint === training.fingerprint;
  if (trained && !likely)
    throw new EspejoError("threshold_trained", { path, label: training.label?.column ?? "class" });
  const own = trained ? marked : written;
  const rows = range(scores.length);
  const known = (row: number): boolean => own?.classes[row] !== 2;
  const places = (part: "calibrate" | "test"): Uint32Array => {
    if (!trained) return placesOf(rows, known);
    const wantedPart = likely!.counts.test > 0 ? parts[part] : parts.validate;
    return placesOf(rows, (row) => likely!.partOf[row] === wantedPart && known(row));
  };
  const looks = typeof wanted === "object" ? looksAt(wanted, own) : () => true;
  const [calibrates, judges] = [places("calibrate").filter(looks), places("test")];
  const split = splitOf(scores.length, calibrates, own !== null);
  const chosen = choose(wanted, { rows: calibrates, model: pick(scores, calibrates) }, split, own);
  const judged = pick(scores, judges);
  const above = (limit: number): number =>
    judged.reduce((count, score) => count + Number(score > limit), 0);
  return {
    ...{ chosen, split, before, trained },
    ...{ chosenOn: calibrates.length, judged: judges.length },
    flagged: { before: above(before.value), after: above(chosen.threshold) },
    evaluation: own && evaluationOn(judged, pick(own.classes, judges), chosen.threshold),
  };
}

/** The number or the rule that was asked for. */
const wantedOf = ({ threshold }: RethresholdOptions): ThresholdRule | number =>
  typeof threshold === "string" ? parseThreshold(threshold) : threshold;

function choose(
  wanted: ThresholdRule | number,
  scores: Omit<Scores, "pca">,
  split: Split,
  own: KeptLabels["marked"],
): Threshold {
  if (typeof wanted === "number") return statedThreshold(wanted);
  checkThreshold(wanted, split, own);
  return thresholdOf(wanted, { ...scores, pca: null }, split, own);
}

/** The rows that calibrate as the part that does in training: with labels one of its own. */
function splitOf(rows: number, calibrates: Uint32Array, labelled: boolean): Split {
  const partOf = new Uint8Array(rows).fill(parts.out);
  for (const row of calibrates) partOf[row] = labelled ? parts.calibrate : parts.validate;
  const none = { train: 0, validate: 0, calibrate: 0, test: 0, out: rows - calibrates.length };
  return { partOf, counts: { ...none, [labelled ? "calibrate" : "validate"]: calibrates.length } };
}

function evaluationOn(
  scores: Float32Array,
  classes: Uint8Array,
  threshold: number,
): Evaluation | null {
  const anomalies = classes.reduce((count, each) => count + each, 0);
  if (anomalies === 0 || anomalies === classes.length) return null;
  return evaluateScores(scores, null, classes, threshold);
}
