import type { Arrays } from "../../data/terms/arrays.ts";
import type { OutputColumn } from "../../data/terms/output.ts";
import type { Table } from "../../data/terms/table.ts";
import type { CompareOptions, Comparison } from "../../tasks/compare/compare.ts";
import { compare, compareArrays } from "../../tasks/compare/compare.ts";
import { sayNext } from "../calls.ts";
import { type CommandRow, dataArgument, exitCodes } from "../command.ts";
import { comparisonLines, contenderName, runLine } from "../compare-report.ts";
import type { Context } from "../context.ts";
import { openStoppably, sayArrays } from "../data.ts";
import {
  engineOptions,
  inGroup,
  nameOf,
  normalOption,
  type OptionRow,
  type Options,
  readingOptions,
  roleOptions,
} from "../options.ts";
import { checkEnding, outputOptions, writeOutput } from "../output.ts";
import { seconds, whole } from "../parsers.ts";
import { sayTable } from "../table-report.ts";
import { preparationOptions, trainingOptions } from "../train-options.ts";
import { logColumnsOf } from "../train-table.ts";
import { trainingCall } from "../train-words.ts";
import { sayOnce, trainSettingsOf } from "../training.ts";
import { verdictsOf, verdictsTold } from "../verdicts.ts";

const compareOptions: readonly OptionRow[] = [
  { flags: "--budget <time>", about: "option.budget", parse: seconds },
  { flags: "--seeds <n>", about: "option.seeds", parse: whole(1) },
  { flags: "-o, --output <file>", about: "option.outputRuns" },
  ...outputOptions.filter((row) => nameOf(row) !== "output"),
];

/** Options of commands that train many networks: which rows, how they are read and prepared, what a run is told. */
export const manyTrainingsOptions: readonly OptionRow[] = [
  ...roleOptions,
  ...inGroup("help.roles", [normalOption]),
  ...inGroup("help.network", [{ flags: "--latent <n>", about: "option.latent", parse: whole(1) }]),
  ...inGroup("help.training", trainingOptions),
  ...inGroup("help.preparation", preparationOptions),
  ...readingOptions,
  ...engineOptions,
];

export const compareCommand: CommandRow = {
  name: "compare",
  argument: dataArgument,
  about: "compare.about",
  examples: [
    "data.csv --label Class",
    "data.csv --budget 120 --seeds 5 -o comparison.csv",
    "images/ --normal good --budget 300",
  ],
  options: [...compareOptions, ...manyTrainingsOptions],
  async run(data, options, context) {
    checkEnding(options);
    const { opened, stop, own } = await openStoppably(data, options, context);
    try {
      stop.begin();
      const told = { ...settingsOf(options, own), signal: stop.signal };
      const comparison = opened.table
        ? await compareTable(opened.table, told, options, own)
        : await compareOfArrays(opened.arrays, told, options, own);
      await tell(comparison, (opened.table ?? opened.arrays).path, options, own);
      return stop.code(exitCodes.ok);
    } finally {
      stop.forget();
      await (opened.table ?? opened.arrays).dispose();
    }
  },
};

function settingsOf(options: Options, context: Context): CompareOptions {
  const { budget, seeds } = options as { budget?: number; seeds?: number };
  return {
    ...trainSettingsOf(options),
    ...(budget !== undefined && { budget }),
    ...(seeds !== undefined && { seeds }),
    onNote: sayOnce(context),
    onRun: (contender, run) => context.say(runLine(contender, run, context)),
  };
}

function compareTable(
  table: Table,
  told: CompareOptions,
  options: Options,
  context: Context,
): Promise<Comparison> {
  if (!context.json) sayTable(table, context);
  const log = logColumnsOf(table, options);
  return compare(table, { ...told, ...(log && { log }) });
}

function compareOfArrays(
  arrays: Arrays,
  told: CompareOptions,
  options: Options,
  context: Context,
): Promise<Comparison> {
  if (!context.json) sayArrays(arrays, context);
  const labelled = options.label !== undefined || options.normal !== undefined;
  return compareArrays(arrays, { ...told, labelled });
}

async function tell(
  comparison: Comparison,
  data: string,
  options: Options,
  context: Context,
): Promise<void> {
  const toStdout = options.output === "-";
  const say = toStdout ? context.say : context.out;
  const verdicts = verdictsTold(verdictsOf(comparison.best, context), context);
  if (!context.json) for (const line of comparisonLines(comparison, context)) say(line);
  if (options.output !== undefined) {
    const rows = comparison.contenders.flatMap(({ name, role, latentDim, runs }) =>
      runs.map((run) => [
        ...[contenderName(name, context), role, latentDim, run.seed, run.rocAuc],
        ...[run.averagePrecision, run.error, run.epochs, run.seconds, run.cut],
      ]),
    );
    const columns = runColumns.map((_, j) => rows.map((row) => row[j]!));
    await writeOutput(options, runColumns, [{ rows: rows.length, columns }], context, () => ({
      comparison,
      ...verdicts,
    }));
  } else if (context.json) context.answer({ ...comparison, ...verdicts });
  const winner = comparison.contenders.find(({ name }) => name === comparison.duel?.autoencoder);
  if (winner?.options)
    sayNext(context, trainingCall(data, options, manyTrainingsOptions, winner.options));
}

const runColumns: readonly OutputColumn[] = [
  { name: "method", type: "text" },
  { name: "role", type: "text" },
  { name: "latent", type: "integer" },
  { name: "seed", type: "integer" },
  { name: "roc_auc", type: "double" },
  { name: "average_precision", type: "double" },
  { name: "error", type: "double" },
  { name: "epochs", type: "integer" },
  { name: "seconds", type: "double" },
  { name: "cut", type: "text" },
];
