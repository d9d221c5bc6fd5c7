import { shellOf } from "../../invocation/shell.ts";
import { trainingSummary } from "../../tasks/runs/run-summary.ts";
import type { TrainedTable } from "../../tasks/train/train.ts";
import type { TrainedArrays } from "../../tasks/train/train-arrays.ts";
import type { SearchOptions } from "../../tasks/tune/search.ts";
import { type Tuned, tune, tuneArrays } from "../../tasks/tune/tune.ts";
import { type CommandRow, dataArgument, exitCodes } from "../command.ts";
import type { Context } from "../context.ts";
import { openStoppably, sayArrays } from "../data.ts";
import type { Interruptions } from "../interruptions.ts";
import { kindOptionRows } from "../kind-options.ts";
import { inGroup, nameOf, type OptionRow, type Options } from "../options.ts";
import { seconds, whole } from "../parsers.ts";
import { sayTable } from "../table-report.ts";
import { logColumnsOf } from "../train-table.ts";
import { trainingCall } from "../train-words.ts";
import { trainSettingsOf } from "../training.ts";
import { reportOutcome } from "../training-report.ts";
import { searchLines, trialLine } from "../tune-report.ts";
import { verdictsTold } from "../verdicts.ts";
import { manyTrainingsOptions } from "./compare.ts";

const kindOption = kindOptionRows.filter((row) => nameOf(row) === "kind");
/** What the winner is trained with, beside what was found. */
const heldOptions: readonly OptionRow[] = [
  ...inGroup("help.network", kindOption),
  ...manyTrainingsOptions,
];

const usualOutput = "model.onnx";

export const tuneCommand: CommandRow = {
  name: "tune",
  argument: dataArgument,
  about: "tune.about",
  examples: [
    "data.csv --label Class -o model.onnx",
    "data.csv --latent 4 --budget 120 -o model.onnx",
    "images/ --kind convolutional --budget 600 -o model.onnx",
  ],
  options: [
    { flags: "-o, --output <file>", about: "option.outputTuned" },
    { flags: "--budget <time>", about: "option.budget", parse: seconds },
    { flags: "--trials <n>", about: "option.trials", parse: whole(1) },
    ...heldOptions,
  ],
  usualOutput,
  async run(data, options, context) {
    const { opened, stop, own } = await openStoppably(data, options, context);
    try {
      const told = settingsOf(options, stop, own);
      if (opened.table) {
        if (!own.json) sayTable(opened.table, own);
        const log = logColumnsOf(opened.table, options);
        const tuned = await tune(opened.table, { ...told, ...(log && { log }) });
        return await finish(tuned, opened.table.path, options, stop, own);
      }
      if (!own.json) sayArrays(opened.arrays, own);
      const labelled = options.label !== undefined || options.normal !== undefined;
      return await finish(
        await tuneArrays(opened.arrays, { ...told, labelled }),
        ...([opened.arrays.path, options, stop, own] as const),
      );
    } finally {
      stop.forget();
      await (opened.table ?? opened.arrays).dispose();
    }
  },
};

function settingsOf(options: Options, stop: Interruptions, context: Context): SearchOptions {
  const { budget, trials } = options as { budget?: number; trials?: number };
  return {
    ...trainSettingsOf(options),
    ...(budget !== undefined && { budget }),
    ...(trials !== undefined && { trials }),
    signal: stop.signal,
    onNote: (note) => context.remark(note),
    onTrial(candidate) {
      // from here on there is something to keep
      stop.begin();
      context.say(trialLine(candidate, context));
    },
  };
}

/** Tells what was found, saves the winner, and says how to make it again. */
async function finish(
  { search, options: found, trained }: Tuned<TrainedTable | TrainedArrays>,
  data: string,
  options: Options,
  stop: Interruptions,
  context: Context,
): Promise<number> {
  const output = (options.output as string | undefined) ?? usualOutput;
  const { model, fitted, threshold, evaluation, verdicts } = trained;
  try {
    await model.save(output);
    const { epochs } = found;
    const settings = { ...search.winner.options, epochs: epochs! };
    const command = shellOf(trainingCall(data, options, heldOptions, settings, output));
    if (context.json) {
      context.answer({
        ...{ search, command, model: output, threshold, evaluation },
        ...verdictsTold(verdicts, context),
      });
    } else {
      for (const line of searchLines(search, context)) context.out(line);
      reportOutcome(trainingSummary(trained), output, context);
      context.say(context.text("saved.line", { path: output }));
      if (data !== "-") context.out(context.text("tune.repeat", { command }));
    }
    return search.interrupted ? stop.code(exitCodes.ok) : exitCodes.ok;
  } finally {
    await fitted.dispose();
    await model.dispose();
  }
}
