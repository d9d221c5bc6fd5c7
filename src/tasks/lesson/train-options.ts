import type { Note } from "../../data/terms/notes.ts";
import { arraysShape } from "../../data/terms/open-options.ts";
import { type AutoencoderOptions, autoencoderOptions } from "../../models/autoencoder.ts";
import { type ConvolutionalOptions, convolutionalOptions } from "../../models/convolutional.ts";
import { type KindOptions, kindSchemas } from "../../models/kinds.ts";
import { type RecurrentOptions, recurrentOptions } from "../../models/recurrent.ts";
import type { Model } from "../../nn/index.ts";
import { checkOptions, optionParts } from "../../options.ts";
import type { Scaling } from "../../preparation/plan.ts";
import { z } from "../../schema.ts";
import type { FitOptions } from "../../training/fit.ts";
import { runShape } from "../../training/fit-options.ts";
import { type Normal, normalPart } from "../rows/labels.ts";
import { type GivenMarks, marksPart } from "../rows/marks.ts";
import type { Split } from "../rows/split.ts";
import { type SplitName, splitNames } from "../rows/split-units.ts";
import type { ScoreName } from "../scoring/score-names.ts";

/** Options of the run that change what is learnt, and belong in the file. */
const learningNames = [
  "learningRate",
  "optimizer",
  "schedule",
  "plateau",
  "clipNorm",
  "patience",
] as const;
/** Options of the run that are handed on as they come. */
const runNames = [
  ...learningNames,
  "threads",
  "engine",
  "provider",
  "signal",
  "onEpoch",
  "onProgress",
  "checkpointPath",
  "resume",
] as const;
/** Options of the network that are handed on as they come, each to the networks that have it. */
const networkNames = [
  "hidden",
  "latentDim",
  "decoderHidden",
  "activation",
  "decoderActivation",
  "latentActivation",
  "initial",
  "dropout",
  "noise",
  "batchNormalization",
  "l1",
  "l2",
  "filters",
  "kernelSize",
  "down",
  "up",
  "units",
  "cell",
  "bidirectional",
] as const;

type RunName = (typeof runNames)[number] | "epochs" | "batchSize" | "seed";
type NetworkName = (typeof networkNames)[number];
type EveryNetwork = AutoencoderOptions & ConvolutionalOptions & RecurrentOptions;

/** Options of training: those of the kind, of the network, of the preparation and of the run. */
export interface TrainOptions
  extends Pick<FitOptions, RunName>,
    Partial<Pick<EveryNetwork, NetworkName>>,
    KindOptions {
  /** A kind of autoencoder, or several joined as in "convolutional+denoising"; "basic" by default. */
  readonly kind?: string;
  /** The value of the label that is normal, or several; by default the commonest. */
  readonly normal?: Normal;
  /**
   * What a person who looked at rows of the table says of them: a file with the columns `mark` and `row`, or rows one by one.
   * Confirmed anomalies never train, and choose and judge; false alarms are normal. A mark overrules a label.
   */
  readonly marks?: GivenMarks;
  /** How the threshold is chosen on rows that did not train: `quantile:0.99`, `contamination:0.05`, ... */
  readonly threshold?: string;
  /** How the model file scores; by default `squared`, the error of the loss. The ensemble has a score of its own. */
  readonly score?: ScoreName;
  /**
   * How the rows of a table, or windows of series, are dealt to training and judging: each at random, by their time (the
   * newest judge), all of a key together, or, of tables, by a hash of their values; by default by time in panels and series, or where a time is stated, windows
   * of series without one by key. No window lies in two parts.
   */
  readonly split?: SplitName;
  readonly scaling?: Scaling;
  /** Which of the models of one name this is, from 1: `espejo serve` gives it to its clients. */
  readonly modelVersion?: number;
  /** Bytes of prepared rows that are held in memory; more go to a temporary file. */
  readonly mostInMemory?: number;
  /** Columns to take the logarithm of. */
  readonly log?: readonly string[];
  /**
   * A file that is replaced, whole, at most four times a second by what the network makes of a few rows while it learns: their
   * reconstructions and a map of their codes. Tables only; nothing that is learnt changes by it.
   */
  readonly livePath?: string;
  /** Hears what should be said aloud, as it comes up. */
  readonly onNote?: (note: Note) => void;
  /** Hears a fingerprint of the values, what each row is used for and its label, before they train; a rejection stops everything. */
  readonly onFingerprint?: (fingerprint: string) => Promise<void>;
  /** Hears of the network before it trains. */
  readonly onModel?: (model: Model, split: Pick<Split, "counts">) => void;
}

/** What the network is told. */
export const networkOptions = (options: TrainOptions): Partial<EveryNetwork> =>
  some(options, networkNames);
/** What the run is told. */
export const runOptions = (options: TrainOptions): Partial<FitOptions> => some(options, runNames);
/** What the model file records of the run and the preparation. */
export const runRecord = (options: TrainOptions): Record<string, unknown> =>
  some(options, [...learningNames, "scaling", "log", "score", "modelVersion"]);

/** The given keys of an object, as far as they are there. */
function some<T extends object, K extends keyof T>(
  from: T,
  keys: readonly K[],
): Partial<Pick<T, K>> {
  return Object.fromEntries(
    keys.filter((key) => from[key] !== undefined).map((key) => [key, from[key]]),
  ) as Partial<Pick<T, K>>;
}

const { listener, atLeast } = optionParts;
const optional = z.exactOptional;
const anything = (names: readonly string[]) =>
  Object.fromEntries(names.map((name) => [name, optional(z.any())]));

/** Options of jobs around a training, which share one object with it. */
const jobShape = {
  beside: optional(z.boolean()),
  keep: optional(optionParts.oneOf(["ensemble", "basic", "pca"])),
  sizes: optional(optionParts.sizes.check(z.minLength(1))),
  classes: optional(z.nullable(z.array(z.string()))),
  onStep: optional(listener),
  budget: optional(optionParts.positive),
  trials: optional(optionParts.whole(1)),
  onTrial: optional(listener),
  seeds: optional(optionParts.whole(1)),
  onRun: optional(listener),
};

const networkShape = Object.fromEntries(
  networkNames.map((name) => {
    const has = [autoencoderOptions, convolutionalOptions, recurrentOptions];
    return [name, has.find(({ shape }) => name in shape)!.shape[name]!];
  }),
);

/** `TrainOptions` with those of tables, images and sequences, as they come from a caller. */
const trainOptions: z.ZodMiniObject = z.object({
  // a job hands on what opens its data
  ...arraysShape,
  ...jobShape,
  ...anything(["clean"]),
  // values may come from settings, of which each network takes what it has
  ...networkShape,
  // looked at one by one
  ...anything(Object.keys(kindSchemas)),
  kind: optional(z.string()),
  ...runShape,
  // a study may choose it
  latentDim: optional(z.union([optionParts.whole(1), z.literal("auto")])),
  normal: optional(normalPart),
  threshold: optional(z.string()),
  score: optional(z.string()),
  split: optional(z.enum(splitNames)),
  scaling: optional(z.enum(["standard", "minmax", "robust", "none"])),
  mostInMemory: optional(atLeast(0)),
  log: optional(z.array(z.string())),
  livePath: optional(z.string()),
  onNote: optional(listener),
  onFingerprint: optional(listener),
  onModel: optional(listener),
  normalOnly: optional(z.boolean()),
  modelVersion: optional(optionParts.whole(1)),
  private: optional(z.boolean()),
  pca: optional(z.boolean()),
  labelled: optional(z.boolean()),
});

/** Of calls that learn from rows of a table which a person marked. */
export const marksShape: z.ZodMiniObject["shape"] = { marks: optional(marksPart) };

/**
 * Throws `argument_unknown` and `argument_value` for options of training that cannot be meant; `more` are those that the
 * call has beside them.
 */
export function checkTrainOptions(
  options: TrainOptions,
  call = "train",
  more: z.ZodMiniObject["shape"] = {},
): void {
  checkOptions(call, z.object({ ...trainOptions.shape, ...more }), options);
  for (const [kind, schema] of Object.entries(kindSchemas)) {
    const own = options[kind as keyof KindOptions];
    if (own !== undefined) checkOptions(`${call}: ${kind}`, schema, own);
  }
}
