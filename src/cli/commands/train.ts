import { join } from "node:path";
import { shellOf } from "../../invocation/shell.ts";
import { buildReport } from "../../tasks/report/report.ts";
import { sayNext, scoring } from "../calls.ts";
import { type CommandRow, dataArgument, exitCodes } from "../command.ts";
import type { Context } from "../context.ts";
import { openStoppably } from "../data.ts";
import type { Interruptions } from "../interruptions.ts";
import type { Options } from "../options.ts";
import { reportCall, writeReport } from "../report-output.ts";
import { openRun } from "../run.ts";
import { trainOnArrays } from "../train-arrays.ts";
import { trainOptionRows } from "../train-options.ts";
import { trainOnTable } from "../train-table.ts";
import { sayNote, type Trained, watch } from "../training.ts";
import { beyondScores } from "../verdicts.ts";

export const trainCommand: CommandRow = {
  name: "train",
  argument: { ...dataArgument, optional: true },
  about: "train.about",
  examples: [
    "data.csv -o model.onnx",
    "data.csv --label Class --normal 0 --threshold recall:0.8 -o model.onnx",
    "images/ --kind convolutional+denoising --size 64x64 -o model.onnx",
    "sensors.csv --kind recurrent --time timestamp --window 50 -o model.onnx",
    "--resume runs/2026-01-31-120000-1",
  ],
  remark: "help.events",
  options: trainOptionRows,
  async run(data, given, context) {
    const run = await openRun(data, given, sayNote(context));
    const { options } = run;
    const { opened, stop, own } = await openStoppably(run.data, options, context);
    try {
      const hear = watch(run, stop, own);
      const trained = opened.table
        ? await trainOnTable(opened.table, options, hear, context)
        : await trainOnArrays(opened.arrays, options, hear, own);
      await run.settled();
      return await finish(trained, run.folder, options, stop, context);
    } finally {
      stop.forget();
      await (opened.table ?? opened.arrays).dispose();
    }
  },
};

/** Saves the model, tells what came of it, and what to do next. */
async function finish(
  { model, path, report, reported, split, verdicts }: Trained,
  folder: string | null,
  options: Options,
  stop: Interruptions,
  context: Context,
): Promise<number> {
  const kept = folder === null ? null : join(folder, "model.onnx");
  const output = (options.output as string | undefined) ?? kept!;
  for (const path of new Set([kept ?? output, output])) await model.save(path);
  await report(output);
  if (typeof options.report === "string") {
    const { language, words: noteWords } = context;
    const call = reportCall(path, options.report, { ...options, model: output }, context);
    const made = await buildReport(reported, {
      ...{ language, noteWords, split, call, modelName: output },
      verdicts: beyondScores(verdicts),
    });
    await writeReport(made, options.report, undefined, context, "report");
  }
  await model.dispose();
  context.say(context.text("saved.line", { path: output }));
  if (stop.signal.aborted) {
    if (folder !== null) {
      const command = shellOf({ verb: "train", data: null, options: { resume: folder } });
      context.say(context.text("stopped.resume", { command }));
    }
    return stop.code(exitCodes.ok);
  }
  sayNext(context, scoring(path, options, output));
  return exitCodes.ok;
}
