import type { Arrays } from "../../data/terms/arrays.ts";
import type { Table } from "../../data/terms/table.ts";
import { influence, type LatentInfluence } from "../../tasks/reduce/influence.ts";
import { mostlyTime } from "../../tasks/reduce/mostly-time.ts";
import { withoutLabel } from "../../tasks/reduce/reduce.ts";
import type { ReductionStudy, StudyOptions } from "../../tasks/reduce/reduction.ts";
import { studyArrays, studyReduction } from "../../tasks/reduce/study.ts";
import { checkColor } from "../../tasks/report/gather.ts";
import { buildReport, type Report } from "../../tasks/report/report.ts";
import { namingColumns } from "../../tasks/rows/row-names.ts";
import { train } from "../../tasks/train/train.ts";
import { trainArrays } from "../../tasks/train/train-arrays.ts";
import type { Verdict } from "../../tasks/verdicts/verdict.ts";
import { type CommandRow, dataArgument, exitCodes } from "../command.ts";
import type { Context } from "../context.ts";
import { nameColumn, openStoppably, sayArrays } from "../data.ts";
import {
  engineOptions,
  inGroup,
  nameOf,
  type OptionRow,
  type Options,
  readingOptions,
  roleOptions,
} from "../options.ts";
import { checkEnding, outputOptions, writeOutput } from "../output.ts";
import { whole } from "../parsers.ts";
import { colorOf, drawMapFile, isPicture, type Mapped, writeMap } from "../reduce-map.ts";
import { influenceLines, stepLine, studyLines } from "../reduce-report.ts";
import { briefTold, reportCall, writeReport } from "../report-output.ts";
import { sayTable } from "../table-report.ts";
import { networkOptions, preparationOptions, trainingOptions } from "../train-options.ts";
import { logColumnsOf } from "../train-table.ts";
import { sayOnce, trainSettingsOf } from "../training.ts";
import { verdictLines, verdictsTold } from "../verdicts.ts";
import {
  arrayCodes,
  type CodeBatch,
  codeColumns,
  latentColumns,
  tableCodes,
  textColumns,
} from "./encode.ts";

const reduceOptions: readonly OptionRow[] = [
  { flags: "-o, --output <file>", about: "option.outputCodes" },
  ...outputOptions.filter((row) => nameOf(row) !== "output"),
  { flags: "--save <file>", about: "option.save" },
  { flags: "--map <file>", about: "option.map" },
  { flags: "--color <column>", about: "option.color" },
  { flags: "--report <file>", about: "option.report" },
  {
    flags: "--latent <size>",
    about: "option.latentAuto",
    parse: (text, option) => (text === "auto" ? text : whole(1)(text, option)),
  },
  {
    flags: "--sizes <list>",
    about: "option.sizes",
    parse: (text, option) => text.split(",").map((size) => whole(1)(size, option)),
  },
];

const notHere = ["latent", "clean"];

export const reduceCommand: CommandRow = {
  name: "reduce",
  argument: dataArgument,
  about: "reduce.about",
  examples: [
    "data.csv -o codes.csv --save model.onnx",
    "data.csv --label Class --latent 2 --map map.svg",
    "images/ --kind convolutional --latent 16 -o codes.csv",
  ],
  options: [
    ...reduceOptions,
    ...roleOptions,
    ...inGroup(
      "help.network",
      networkOptions.filter((row) => !notHere.includes(nameOf(row))),
    ),
    ...inGroup("help.training", trainingOptions),
    ...inGroup("help.preparation", preparationOptions),
    ...readingOptions,
    ...engineOptions,
  ],
  async run(data, options, context) {
    checkEnding(options);
    if (!isPicture(options.map)) checkEnding({ output: options.map }, "--map", "map");
    const { opened, stop, own } = await openStoppably(data, options, context);
    try {
      checkColor(opened, options.color as string | undefined);
      const reduced = opened.table
        ? await reduceTable(opened.table, options, own)
        : await reduceArrays(opened.arrays, options, own);
      await finish(reduced, options, own);
      return exitCodes.ok;
    } finally {
      stop.forget();
      await (opened.table ?? opened.arrays).dispose();
    }
  },
};

/** What a reduction gives to be written. */
interface Reduced extends Mapped {
  readonly content: "tables" | "images" | "sequences";
  readonly study: ReductionStudy;
  readonly influence: readonly LatentInfluence[] | null;
  readonly verdicts: readonly Verdict[];
}

/** What studying and training hear. */
function studySettings(options: Options, context: Context): StudyOptions {
  const { latent, sizes: ladder } = options;
  const { latentDim: _, ...settings } = trainSettingsOf(options);
  return {
    ...settings,
    latentDim: (latent as number | "auto" | undefined) ?? "auto",
    onNote: sayOnce(context),
    ...(ladder !== undefined && { sizes: ladder as readonly number[] }),
    onStep: (step) => {
      if (step.autoencoder !== null) context.say(stepLine(step, context));
    },
  };
}

async function reduceTable(table: Table, options: Options, context: Context): Promise<Reduced> {
  if (!context.json) sayTable(table, context);
  const log = logColumnsOf(table, options);
  const settings = { ...studySettings(options, context), ...(log && { log }) };
  const study = await studyReduction(table, settings);
  const { latentDim } = study.choice;
  context.say(context.text("reduce.training", { latent: latentDim }));
  const { model, fitted } = await train(withoutLabel(table), { ...settings, latentDim });
  await fitted.dispose();
  const time = await mostlyTime(model, table);
  const label = table.columns.find(({ role }) => role === "label")?.name;
  const names = [...namingColumns(table.columns), ...(label === undefined ? [] : [label])];
  return {
    ...{ model, content: "tables", study, names },
    reported: { table: withoutLabel(table), model },
    label,
    verdicts: time ? [time] : [],
    influence: await influence(
      model,
      table,
      settings.seed === undefined ? {} : { seed: settings.seed },
    ),
    classAt: label === undefined ? -1 : names.length - 1,
    codes: () => tableCodes(model, table, names),
  };
}

async function reduceArrays(arrays: Arrays, options: Options, context: Context): Promise<Reduced> {
  if (!context.json) sayArrays(arrays, context);
  const settings = studySettings(options, context);
  const study = await studyArrays(arrays, settings);
  const { latentDim } = study.choice;
  context.say(context.text("reduce.training", { latent: latentDim }));
  const { model, fitted } = await trainArrays(arrays, { ...settings, latentDim });
  await fitted.dispose();
  const { labels } = arrays;
  async function* codes(): AsyncGenerator<CodeBatch> {
    let start = 0;
    for await (const batch of arrayCodes(model, arrays)) {
      const classes = labels ? [labels.slice(start, start + batch.rows)] : [];
      yield { ...batch, text: [...batch.text, ...classes] };
      start += batch.rows;
    }
  }
  return {
    ...{ model, content: arrays.detected.content, study, influence: null, verdicts: [], codes },
    reported: { arrays, model },
    names: [nameColumn, ...(labels ? ["class"] : [])],
    classAt: labels ? 1 : -1,
  };
}

async function finish(reduced: Reduced, options: Options, context: Context): Promise<void> {
  const { model, study, names, codes, content, verdicts } = reduced;
  const { output, save, map, report } = options as Readonly<Record<string, string | undefined>>;
  try {
    const say = output === "-" ? context.say : context.out;
    if (!context.json) {
      for (const line of studyLines(study, content, context)) say(line);
      if (reduced.influence)
        for (const line of influenceLines(reduced.influence, context)) say(line);
      for (const line of verdictLines(verdicts, context)) say(line);
    }
    if (save !== undefined) {
      await model.save(save);
      context.say(context.text("saved.line", { path: save }));
    }
    const made = report === undefined ? null : await reportOn(reduced, options, context);
    if (made) await writeReport(made, report!, undefined, context, null);
    if (map !== undefined)
      if (isPicture(map)) await drawMapFile(map, reduced, options, made, context);
      else await writeMap(map, reduced, options, context);
    const answer = {
      study,
      influence: reduced.influence,
      ...verdictsTold(verdicts, context),
      ...(save !== undefined && { model: save }),
      ...(map !== undefined && { map }),
      ...(made && { report, ...briefTold(made) }),
    };
    if (output === undefined) {
      if (context.json) context.answer(answer);
      return;
    }
    const columns = [...textColumns(names), ...latentColumns(model.latentDim)];
    const batches = codeColumns(codes(), model.latentDim);
    await writeOutput(options, columns, batches, context, () => answer);
  } finally {
    await model.dispose();
  }
}

function reportOn(reduced: Reduced, options: Options, context: Context): Promise<Report> {
  const { language, words: noteWords } = context;
  const modelName = (options.save as string | undefined) ?? "model.onnx";
  const { reported } = reduced;
  const { path } = "table" in reported ? reported.table : reported.arrays;
  const given = { ...options, label: undefined, model: modelName };
  return buildReport(reported, {
    ...{ language, noteWords, modelName, verdicts: reduced.verdicts },
    ...{ about: "codes" as const, saved: options.save !== undefined },
    call: reportCall(path, options.report as string, given, context),
    ...colorOf(reduced, options),
  });
}
