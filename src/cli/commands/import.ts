import { openArrays } from "../../data/arrays/open-arrays.ts";
import { openTable } from "../../data/tables/open.ts";
import type { Arrays, ArraysOptions } from "../../data/terms/arrays.ts";
import type { Table } from "../../data/terms/table.ts";
import { EspejoError } from "../../errors.ts";
import {
  type ImportedKeras,
  type ImportKerasOptions,
  importModel,
  readKerasFile,
} from "../../tasks/keras/import-keras.ts";
import { unseen } from "../../tasks/keras/imported-arrays.ts";
import { sayNext, scoring } from "../calls.ts";
import { type CommandRow, exitCodes } from "../command.ts";
import type { Context } from "../context.ts";
import { interruptions } from "../interruptions.ts";
import { kerasAnswer, kerasWords } from "../keras-words.ts";
import { using } from "../model-option.ts";
import {
  engineOptions,
  engineSettingsOf,
  inGroup,
  nameOf,
  normalOption,
  type Options,
  openOptionsOf,
  readingOptions,
  roleOptions,
  some,
} from "../options.ts";
import { number, shape, whole } from "../parsers.ts";
import { progressOf } from "../progress.ts";

const usualOutput = "model.onnx";

type KerasModel = ImportedKeras["keras"];

export const importCommand: CommandRow = {
  name: "import",
  argument: { name: "file", about: "argument.keras" },
  about: "import.about",
  examples: [
    "model.keras -o model.onnx",
    "model.keras --data normal.csv --threshold quantile:0.99 -o model.onnx",
    "digits.h5 --shape 28x28x1 --divide 255 --data images/ --epochs 5 -o digits.onnx",
  ],
  options: [
    { flags: "-o, --output <file>", about: "option.importOutput" },
    { flags: "--code <layer>", about: "option.code" },
    { flags: "--shape <sizes>", about: "option.shape", parse: shape },
    { flags: "--divide <x>", about: "option.divide", parse: number({ above: 0 }) },
    { flags: "--data <data>", about: "option.importData" },
    normalOption,
    { flags: "--threshold <rule>", about: "option.threshold" },
    { flags: "--epochs <n>", about: "option.importEpochs", parse: whole(0) },
    { flags: "--batch-size <n>", about: "option.importBatch", parse: whole(1) },
    { flags: "--learning-rate <x>", about: "option.learningRate", parse: number({ above: 0 }) },
    { flags: "--seed <n>", about: "option.seed", parse: whole(0) },
    ...inGroup("help.roles", roleOptions.slice(0, 4)),
    ...readingOptions,
    ...engineOptions,
  ],
  usualOutput,
  async run(path, options, context) {
    refuseWithoutData(options);
    const output = (options.output as string | undefined) ?? usualOutput;
    const { code, shape: inputShape } = options;
    const keras = await readKerasFile(path, {
      ...(code !== undefined && { code: code as string }),
      ...(inputShape !== undefined && { inputShape: inputShape as number[] }),
    });
    const divide = Number(options.divide ?? 1);
    if (!context.json) kerasWords(keras, path, divide, context).forEach(context.say);
    const imported = await withData(keras, path, options, context);
    const { model } = imported;
    await model.save(output);
    tell(imported, path, output, options, context);
    await model.dispose();
    return exitCodes.ok;
  },
};

/** Throws `option_data` for an option about data where none are named. */
function refuseWithoutData(options: Options): void {
  if (options.data !== undefined) return;
  const name = ["threshold", "normal", "epochs", "batchSize", "learningRate", "label"].find(
    (each) => options[each] !== undefined,
  );
  const row = importCommand.options.find((each) => nameOf(each) === name);
  if (row) throw new EspejoError("option_data", { option: row.flags.replace(/ <.*/, "") });
}

/** Imports with the data that the options name, or without. */
async function withData(
  keras: KerasModel,
  path: string,
  options: Options,
  context: Context,
): Promise<ImportedKeras> {
  const stop = interruptions(context);
  const progress = progressOf(context);
  const names = ["divide", "threshold", "normal", "epochs", "batchSize", "learningRate", "seed"];
  const settings: ImportKerasOptions = {
    ...some(options, names),
    ...engineSettingsOf(options),
    labelled: options.label !== undefined || options.normal !== undefined,
    signal: stop.signal,
    onProgress: progress.onProgress,
    onEpoch: progress.onEpoch,
  };
  try {
    if (typeof options.data !== "string") return await importModel(keras, path, null, settings);
    const { inputShape } = keras.model;
    const source = await openFor(inputShape, options.data, openOptionsOf(options));
    return await using(source, (data) => importModel(keras, path, data, settings), context);
  } finally {
    stop.forget();
  }
}

/** Data as a network takes them: images of its size, windows of a table of its length. */
async function openFor(
  shape: readonly number[],
  data: string,
  open: ArraysOptions,
): Promise<Table | Arrays> {
  if (shape.length === 1) return openTable(data, open);
  if (shape.length === 3) return openArrays(data, { ...open, like: unseen(shape) });
  const series = { ...open, content: open.content ?? ("sequences" as const) };
  const arrays = await openArrays(data, series);
  const { shape: found, stride } = arrays.detected;
  if (found[0] === shape[0] || stride === null || open.window !== undefined) return arrays;
  await arrays.dispose();
  return openArrays(data, { ...series, window: shape[0]! });
}

function tell(
  { keras, threshold, judges, network }: ImportedKeras,
  path: string,
  output: string,
  options: Options,
  context: Context,
): void {
  const { text } = context;
  const { data } = options;
  if (context.json) {
    context.answer({
      ...{ path, output, ...kerasAnswer(keras), epochs: network.history.length },
      threshold: data === undefined ? null : threshold,
    });
    return;
  }
  context.say(
    data === undefined
      ? text("import.noThreshold")
      : text("import.threshold", {
          ...{ threshold: threshold.threshold.toPrecision(4), rule: threshold.rule },
          rows: context.count(judges),
        }),
  );
  context.say(text("saved.line", { path: output }));
  sayNext(context, scoring(String(data ?? "DATA"), options, output));
}
