import { join } from "node:path";
import { findColumn } from "../../data/find.ts";
import type { Note } from "../../data/notes.ts";
import { openTable } from "../../data/open.ts";
import type { Table } from "../../data/table.ts";
import { EspejoError } from "../../errors.ts";
import { train } from "../../tasks/train.ts";
import type { TrainOptions } from "../../tasks/train-options.ts";
import { type CommandRow, dataArgument, exitCodes } from "../command.ts";
import { type Context, toldNote } from "../context.ts";
import { type Interruptions, interruptions } from "../interruptions.ts";
import { engineSettingsOf, type Options, openOptionsOf, some } from "../options.ts";
import { progressOf } from "../progress.ts";
import { openRun, type Run } from "../run.ts";
import { shellText } from "../shell.ts";
import { sayTable, tableAnswer } from "../table-report.ts";
import { trainOptionRows } from "../train-options.ts";
import { reportTraining, sayNetwork } from "../training-report.ts";

const defaultEpochs = 200;

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
  options: trainOptionRows,
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
