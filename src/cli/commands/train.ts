import { join } from "node:path";
import { openTable } from "../../data/open.ts";
import type { Table } from "../../data/table.ts";
import { reasonText } from "../../tasks/reasons.ts";
import { type Worst, worstRows } from "../../tasks/score.ts";
import { parts } from "../../tasks/split.ts";
import { type TrainedTable, train } from "../../tasks/train.ts";
import type { TrainOptions } from "../../tasks/train-options.ts";
import type { CommandRow } from "../command.ts";
import { exitCodes, schemaVersion } from "../command.ts";
import type { Context } from "../context.ts";
import { evaluationLines } from "../evaluation-report.ts";
import {
  addEngineOptions,
  addReadOptions,
  engineOptions,
  names,
  number,
  oneOf,
  readOptions,
  sizes,
  whole,
} from "../options.ts";
import { progressOf } from "../progress.ts";
import { openRun, type Run } from "../run.ts";
import { count, sayTable } from "../table-report.ts";

const defaultEpochs = 200;

export const trainCommand: CommandRow = {
  name: "train",
  arguments: "[data]",
  about: "train.about",
  options(add) {
    add("-o, --output <file>", "option.output");
    add("--kind <name>", "option.kind", oneOf("basic"));
    add("--label <column>", "option.label");
    add("--normal <value>", "option.normal");
    add("--features <list>", "option.features", names);
    add("--ignore <list>", "option.ignore", names);
    add("--hidden <sizes>", "option.hidden", sizes);
    add("--latent <n>", "option.latent", whole(1));
    add("--activation <name>", "option.activation");
    add("--dropout <share>", "option.dropout", number(0, 0.99));
    add("--noise <deviation>", "option.noise", number(0));
    add("--l1 <weight>", "option.l1", number(0));
    add("--l2 <weight>", "option.l2", number(0));
    add("--scaling <name>", "option.scaling", oneOf("standard", "minmax", "robust", "none"));
    add("--log <columns>", "option.log", names);
    add("--epochs <n>", "option.epochs", whole(1));
    add("--batch-size <n>", "option.batchSize", whole(1));
    add("--learning-rate <x>", "option.learningRate", number(0));
    add("--optimizer <name>", "option.optimizer", oneOf("adam", "adamw", "sgd", "rmsprop"));
    add("--clip-norm <x>", "option.clipNorm", number(0));
    add("--patience <n>", "option.patience", whole(0));
    add("--seed <n>", "option.seed", whole(0));
    add("--threshold <rule>", "option.threshold");
    add("--run <folder>", "option.run");
    add("--resume <folder>", "option.resume");
    addReadOptions(add);
    addEngineOptions(add);
  },
  async run(data, options, context) {
    const run = await openRun(data, options);
    const table = await openTable(run.data, readOptions(run.options));
    const stop = new AbortController();
    const interrupt = (): void => stop.abort();
    process.once("SIGINT", interrupt);
    try {
      if (!context.json) sayTable(table, context);
      const given = trainOptions(run.options);
      const trained = await train(table, {
        ...given,
        ...watch(run, given, context),
        signal: stop.signal,
      });
      await run.settled();
      const kept = join(run.folder, "model.onnx");
      const output = (run.options.output as string | undefined) ?? kept;
      await trained.model.save(kept);
      if (output !== kept) await trained.model.save(output);
      await report(trained, table, output, context);
      await trained.model.dispose();
      return stop.signal.aborted ? exitCodes.interrupted : exitCodes.ok;
    } finally {
      process.removeListener("SIGINT", interrupt);
      await table.dispose();
    }
  },
};

const renamed = { latent: "latentDim" } as const;
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
  "log",
  "epochs",
  "batchSize",
  "learningRate",
  "optimizer",
  "clipNorm",
  "patience",
  "seed",
  "threshold",
];

function trainOptions(options: Readonly<Record<string, unknown>>): TrainOptions {
  const given = passed
    .filter((name) => options[name] !== undefined)
    .map((name) => [renamed[name as keyof typeof renamed] ?? name, options[name]]);
  return { ...Object.fromEntries(given), ...engineOptions(options) };
}

/** What a run hears of its training: notes, the network, its progress; and what it keeps of it. */
function watch(run: Run, options: TrainOptions, context: Context): TrainOptions {
  const { epochs = defaultEpochs } = options;
  const progress = progressOf(epochs, context);
  return {
    epochs,
    checkpointPath: run.checkpointPath,
    ...(run.checkpoint && { resume: run.checkpoint }),
    onFingerprint: (value) => run.fingerprint(value),
    onNote: (note) => context.say(`${context.text("warning")}: ${context.note(note)}`),
    onProgress: progress.onProgress,
    onEpoch(epoch) {
      run.epoch(epoch);
      progress.onEpoch(epoch);
    },
    onModel(model, split) {
      if (context.json) return;
      const { input, activation = "" } = model.architecture as {
        input: number;
        activation?: string;
      };
      const sizes = [input, ...model.layers.map(({ output }) => output.at(-1)!)];
      const parameters = model.layers.reduce((total, line) => total + line.parameters, 0);
      context.say(
        context.text("network.line", {
          sizes: sizes.join("-"),
          activation,
          parameters: count(parameters),
          width: input,
        }),
      );
      const labelled = split.counts.test > 0;
      const counts = Object.entries(split.counts).map(([part, rows]) => [part, count(rows)]);
      context.say(
        context.text(labelled ? "split.labelled" : "split.unlabelled", Object.fromEntries(counts)),
      );
      if (run.checkpoint)
        context.say(context.text("resumed.line", { epoch: run.checkpoint.epoch + 1 }));
    },
  };
}

async function report(
  trained: TrainedTable,
  table: Table,
  output: string,
  context: Context,
): Promise<void> {
  const { fitted, threshold, evaluation, held, split, model } = trained;
  const best = fitted.history[fitted.bestEpoch - 1];
  if (context.json) {
    context.out(
      JSON.stringify({
        schemaVersion,
        event: "done",
        model: output,
        epochs: fitted.history.length,
        bestEpoch: fitted.bestEpoch,
        stopped: fitted.stopped,
        loss: best?.loss,
        validationLoss: best?.validationLoss,
        threshold,
        evaluation,
      }),
    );
    return;
  }
  context.say(
    context.text(`stopped.${fitted.stopped}`, {
      best: fitted.bestEpoch,
      loss: (best?.validationLoss ?? best?.loss ?? Number.NaN).toPrecision(4),
      patience: (model.metadata.training.options.patience as number) ?? 5,
    }),
  );
  context.out(
    context.text("threshold.line", {
      threshold: Number(threshold.threshold.toPrecision(4)),
      rule: threshold.rule,
    }),
  );
  if (evaluation) for (const line of evaluationLines(evaluation, context)) context.out(line);
  const shown = evaluation ? parts.test : parts.validate;
  const worst = await worstRows(model, table, held, (row) => split.partOf[row] === shown);
  context.out(context.text("worst.head"));
  for (const each of worst) context.out(worstLine(each, trained, context));
  context.say(context.text("saved.line", { path: output }));
  context.say(context.text("next.train", { command: `espejo score ${table.path} -m ${output}` }));
}

function worstLine(
  { row, score, reasons }: Worst,
  { labels }: TrainedTable,
  context: Context,
): string {
  const mark = labels
    ? context.text(labels.classes[row] === 1 ? "worst.anomaly" : "worst.normal")
    : "";
  return context.text("worst.row", {
    row: row + 1,
    score: score.toPrecision(4),
    mark,
    reasons: reasons.map(reasonText).join("; "),
  });
}
