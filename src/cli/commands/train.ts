import { join } from "node:path";
import { buildReport } from "../../tasks/report/report.ts";
import { inRun, type Run } from "../../tasks/runs/run.ts";
import { runFiles } from "../../tasks/runs/run-folder.ts";
import { sayNext, sayResumable, scoring } from "../calls.ts";
import { type CommandRow, dataArgument, exitCodes } from "../command.ts";
import type { Context } from "../context.ts";
import { openStoppably } from "../data.ts";
import type { Interruptions } from "../interruptions.ts";
import type { Options } from "../options.ts";
import { reportCall, writeReport } from "../report-output.ts";
import { beginTraining, begunBy, needData, type Opened, resumed } from "../run.ts";
import { trainOnArrays } from "../train-arrays.ts";
import { sayDesign } from "../train-design.ts";
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
    if ((await begunBy(given.resume)) === "detect") return goOnDetecting(data, given, context);
    if (given.dryRun === true) return describe(data, given, context);
    const again = await resumed(data, given, ["train"]);
    if (!again) needData(data, trainCommand);
    const begun = again ?? (await beginTraining("train", data, given, sayNote(context)));
    return inRun(begun.run, () => trainIn(begun, context));
  },
};

/** Says what a training would train. */
async function describe(data: string, options: Options, context: Context): Promise<number> {
  needData(data, trainCommand);
  const { opened, stop, own } = await openStoppably(data, options, context);
  try {
    await sayDesign(opened, options, own);
    return exitCodes.ok;
  } finally {
    stop.forget();
    await (opened.table ?? opened.arrays).dispose();
  }
}

/** Trains in the run that is open, where one is kept. */
async function trainIn({ run, ...told }: Opened, context: Context): Promise<number> {
  const { opened, stop, own } = await openStoppably(told.data, told.options, context);
  try {
    const hear = await watch(run, stop, own);
    const trained = opened.table
      ? await trainOnTable(opened.table, told.options, hear, context)
      : await trainOnArrays(opened.arrays, told.options, hear, own);
    return await finish(trained, run, told.options, stop, context);
  } finally {
    stop.forget();
    await (opened.table ?? opened.arrays).dispose();
  }
}

/** Goes on with a run that a detection began, as that: -o names a model here, and the file of the ranked rows there. */
async function goOnDetecting(data: string, given: Options, context: Context): Promise<number> {
  const { detectCommand } = await import("./detect.ts");
  const { output, ...others } = given;
  context.say(context.text("resumed.detect", { path: String(given.resume) }));
  const options = { ...others, ...(output !== undefined && { save: output }) };
  return detectCommand.run(data, options, context, []);
}

/** Saves the model, tells what came of it, and what to do next. */
async function finish(
  { model, path, report, reported, split, summary }: Trained,
  run: Run | null,
  options: Options,
  stop: Interruptions,
  context: Context,
): Promise<number> {
  const kept = run && join(run.folder, runFiles.model);
  const output = (options.output as string | undefined) ?? kept!;
  await run?.conclude({ model, summary });
  if (output !== kept) await model.save(output);
  await report(output);
  if (typeof options.report === "string") {
    const { language, words: noteWords } = context;
    const call = reportCall(path, options.report, { ...options, model: output }, context);
    const made = await buildReport(reported, {
      ...{ language, noteWords, split, call, modelName: output },
      verdicts: beyondScores(summary.verdicts),
    });
    await writeReport(made, options.report, undefined, context, "report");
  }
  await model.dispose();
  context.say(context.text("saved.line", { path: output }));
  if (stop.signal.aborted) {
    if (run) sayResumable("train", run.folder, context);
    return stop.code(exitCodes.ok);
  }
  sayNext(context, scoring(path, options, output));
  return exitCodes.ok;
}
