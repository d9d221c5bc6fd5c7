import { parseThreshold } from "../metrics/threshold.ts";
import { activations } from "../nn/activations.ts";
import { splitNames } from "../tasks/rows/split-units.ts";
import { scoreNames } from "../tasks/scoring/score-names.ts";
import { kindOptionRows } from "./kind-options.ts";
import {
  engineOptions,
  inGroup,
  normalOption,
  type OptionRow,
  readingOptions,
  roleOptions,
} from "./options.ts";
import { names, number, oneOf, sizes, whole } from "./parsers.ts";
import { runOptions } from "./run.ts";

export const networkOptions: readonly OptionRow[] = [
  ...kindOptionRows,
  { flags: "--hidden <sizes>", about: "option.hidden", parse: sizes },
  { flags: "--latent <n>", about: "option.latent", parse: whole(1) },
  {
    flags: "--activation <name>",
    about: "option.activation",
    parse: oneOf(...Object.keys(activations)),
  },
  { flags: "--dropout <share>", about: "option.dropout", parse: number({ least: 0, most: 0.99 }) },
  { flags: "--noise <deviation>", about: "option.noise", parse: number({ least: 0 }) },
  { flags: "--l1 <weight>", about: "option.l1", parse: number({ least: 0 }) },
  { flags: "--l2 <weight>", about: "option.l2", parse: number({ least: 0 }) },
];

export const preparationOptions: readonly OptionRow[] = [
  {
    flags: "--scaling <name>",
    about: "option.scaling",
    parse: oneOf("standard", "minmax", "robust", "none"),
  },
  { flags: "--log <columns>", about: "option.log", parse: names },
];

export const trainingOptions: readonly OptionRow[] = [
  { flags: "--split <way>", about: "option.split", parse: oneOf(...splitNames) },
  { flags: "--epochs <n>", about: "option.epochs", parse: whole(1) },
  { flags: "--batch-size <n>", about: "option.batchSize", parse: whole(1) },
  { flags: "--learning-rate <x>", about: "option.learningRate", parse: number({ above: 0 }) },
  {
    flags: "--optimizer <name>",
    about: "option.optimizer",
    parse: oneOf("adam", "adamw", "sgd", "rmsprop"),
  },
  { flags: "--clip-norm <x>", about: "option.clipNorm", parse: number({ above: 0 }) },
  { flags: "--patience <n>", about: "option.patience", parse: whole(0) },
  { flags: "--seed <n>", about: "option.seed", parse: whole(0) },
];

export const privateOption: OptionRow = { flags: "--private", about: "option.private" };

export const thresholdOption: OptionRow = {
  flags: "--threshold <rule>",
  about: "option.threshold",
  parse: (text) => {
    parseThreshold(text);
    return text;
  },
};

export const scoreOption: OptionRow = {
  flags: "--score <name>",
  about: "option.score",
  parse: oneOf(...scoreNames),
};

const resultOptions: readonly OptionRow[] = [
  thresholdOption,
  scoreOption,
  { flags: "--report <file>", about: "option.report" },
  { flags: "--dry-run", about: "option.dryRun" },
  { flags: "--model-version <n>", about: "option.modelVersion", parse: whole(1) },
  ...runOptions,
];

/** The options of a training. */
export const trainOptionRows: readonly OptionRow[] = [
  { flags: "-o, --output <file>", about: "option.outputModel" },
  ...roleOptions,
  ...inGroup("help.roles", [normalOption]),
  { flags: "--normal-only", about: "option.cleanRows", group: "help.roles" },
  ...inGroup("help.network", [...networkOptions, privateOption]),
  ...inGroup("help.training", trainingOptions),
  ...inGroup("help.result", resultOptions),
  ...inGroup("help.preparation", preparationOptions),
  ...readingOptions,
  ...engineOptions,
];
