import { join } from "node:path";
import { findColumn } from "../../data/find.ts";
import type { Note } from "../../data/notes.ts";
import { openTable } from "../../data/open.ts";
import type { Table } from "../../data/table.ts";
import { EspejoError } from "../../errors.ts";
import { removeTemporaries } from "../../files.ts";
import { parseThreshold } from "../../metrics/threshold.ts";
import { activations } from "../../nn/activations.ts";
import { train } from "../../tasks/train.ts";
import type { TrainOptions } from "../../tasks/train-options.ts";
import { type CommandRow, dataArgument, exitCodes } from "../command.ts";
import { type Context, toldNote } from "../context.ts";
import {
  engineOptions,
  engineSettingsOf,
  type OptionRow,
  type Options,
  openOptionsOf,
  readingOptions,
  roleOptions,
  some,
} from "../options.ts";
import { names, number, oneOf, sizes, whole } from "../parsers.ts";
import { progressOf } from "../progress.ts";
import { openRun, type Run } from "../run.ts";
import { shellText } from "../shell.ts";
import { sayTable, tableAnswer } from "../table-report.ts";
import { reportTraining, sayNetwork } from "../training-report.ts";

const defaultEpochs = 200;

const networkOptions: readonly OptionRow[] = [
  { flags: "--kind <name>", about: "option.kind", parse: oneOf("basic") },
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

const preparationOptions: readonly OptionRow[] = [
  {
    flags: "--scaling <name>",
    about: "option.scaling",
    parse: oneOf("standard", "minmax", "robust", "none"),
  },
  { flags: "--log <columns>", about: "option.log", parse: names },
];

const trainingOptions: readonly OptionRow[] = [
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

const resultOptions: readonly OptionRow[] = [
  {
    flags: "--threshold <rule>",
    about: "option.threshold",
    parse: (text) => {
      parseThreshold(text);
      return text;
    },
  },
  { flags: "--run <folder>", about: "option.run" },
  { flags: "--resume <folder>", about: "option.resume" },
];

const grouped = (group: NonNullable<OptionRow["group"]>, rows: readonly OptionRow[]): OptionRow[] =>
  rows.map((row) => ({ group, ...row }));

export const trainCommand: CommandRow = {
  name: "train",
  argument: { ...dataArgument, optional: true },
  about: "train.about",
  examples: [
    "data.csv -o model.onnx",
    "data.csv --label Class --normal 0 --threshold recall:0.8 -o model.onnx",
    "--resume runs/2026-01-31-120000-1",
  ],
  remark: "help.events",
  options: [
    { flags: "-o, --output <file>", about: "option.outputModel" },
    ...roleOptions,
    { flags: "--normal <value>", about: "option.normal", group: "help.roles" },
    ...grouped("help.network", networkOptions),
    ...grouped("help.training", trainingOptions),
    ...grouped("help.result", resultOptions),
    ...grouped("help.preparation", preparationOptions),
    ...readingOptions,
    ...engineOptions,
  ],
  async run(data, given, context) {
    const run = await openRun(data, given);
    const { options } = run;
    const stop = interruptions(context);
    const table = await openTable(run.data, openOptionsOf(options));
    try {
      if (context.json) context.event("table", tableAnswer(table, context));
      else sayTable(table, context);
      const trained = await train(table, {
        ...trainOptions(options, table),
        ...watch(run, options, stop, context),
      });
      await run.settled();
      const kept = join(run.folder, "model.onnx");
      const output = (options.output as string | undefined) ?? kept;
      await trained.model.save(kept);
      if (output !== kept) await trained.model.save(output);
      await reportTraining(trained, table, output, context);
      await trained.model.dispose();
      context.say(context.text("saved.line", { path: output }));
      if (stop.signal.aborted) {
        const command = shellText("espejo", "train", "--resume", run.folder);
        context.say(context.text("stopped.resume", { command }));
        return exitCodes.interrupted;
      }
      const next = shellText("espejo", "score", table.path, "-m", output);
      if (table.path !== "-") context.say(context.text("next.line", { command: next }));
      return exitCodes.ok;
    } finally {
      stop.forget();
      await table.dispose();
    }
  },
};

const renamed: Readonly<Record<string, string>> = { latent: "latentDim" };
const passed = [
  "normal",
  "hidden",
  "latent",
  "activation",
  "dropout",
  "noise",
  "l1",
  "l2",
  "scaling",
  "epochs",
  "batchSize",
  "learningRate",
  "optimizer",
  "clipNorm",
  "patience",
  "seed",
  "threshold",
];

function trainOptions(options: Options, table: Table): TrainOptions {
  const given = Object.entries(some(options, passed));
  const columns = table.columns.map(({ name }) => name);
  const log = (options.log as readonly string[] | undefined)?.map((name) => {
    const column = table.columns[findColumn(columns, name, table.path)]!;
    if (column.type === "number") return column.name;
    throw new EspejoError("column_not_number", { path: table.path, column: column.name });
  });
  return {
    ...Object.fromEntries(given.map(([name, value]) => [renamed[name] ?? name, value])),
    ...(log && { log }),
    ...engineSettingsOf(options),
  };
}

interface Interruptions {
  readonly signal: AbortSignal;
  /** From now on there is something to keep. */
  begin(): void;
  forget(): void;
}

/** Ctrl-C keeps the best model so far once the training has begun, and ends at once before that, or the second time. */
function interruptions(context: Context): Interruptions {
  const stop = new AbortController();
  let begun = false;
  const interrupt = (): void => {
    if (begun && !stop.signal.aborted) {
      context.say(context.text("stopped.asking"));
      stop.abort();
      return;
    }
    if (!begun) context.say(context.text("stopped.nothing"));
    removeTemporaries();
    process.exit(exitCodes.interrupted);
  };
  const signals = ["SIGINT", "SIGTERM"] as const;
  for (const signal of signals) process.on(signal, interrupt);
  return {
    signal: stop.signal,
    begin() {
      begun = true;
    },
    forget() {
      for (const signal of signals) process.removeListener(signal, interrupt);
    },
  };
}

/** What a run hears of its training: notes, the network, its progress; and what it keeps of it. */
function watch(run: Run, options: Options, stop: Interruptions, context: Context): TrainOptions {
  const epochs = (options.epochs as number | undefined) ?? defaultEpochs;
  const progress = progressOf(epochs, context);
  return {
    epochs,
    signal: stop.signal,
    checkpointPath: run.checkpointPath,
    ...(run.checkpoint && { resume: run.checkpoint }),
    onFingerprint: (value) => run.fingerprint(value),
    onNote(note: Note) {
      if (context.json) context.event("note", toldNote(note, context.words));
      else context.remark(note);
    },
    onProgress(state) {
      stop.begin();
      progress.onProgress(state);
    },
    onEpoch(epoch) {
      run.epoch(epoch);
      progress.onEpoch(epoch);
    },
    onModel(network, split) {
      sayNetwork(network, split, context);
      if (run.checkpoint)
        context.say(context.text("resumed.line", { epoch: run.checkpoint.epoch + 1 }));
    },
  };
}
