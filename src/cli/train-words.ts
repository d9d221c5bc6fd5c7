import type { Invocation, InvocationOptions } from "../invocation/invocation.ts";
import { optionWords } from "../invocation/option-words.ts";
import type { TrainOptions } from "../tasks/lesson/train-options.ts";
import { alsoGiven } from "./calls.ts";
import { nameOf, type OptionRow, type Options } from "./options.ts";

/** Options of `train` that the command line calls otherwise. */
const shorter: Readonly<Record<string, string>> = { latentDim: "latent", denoising: "corruption" };

/** Options of `train` in the order in which they are written. */
const written = [
  ...["kind", "hidden", "latentDim", "activation", "filters", "units", "cell", "dropout", "l2"],
  ...["epochs", "batchSize", "learningRate", "seed", "denoising"],
] as const;

/** Options of `train` by what they are called on the command line. */
const settingsOf = (options: TrainOptions): InvocationOptions =>
  Object.fromEntries(
    written.flatMap((name) => {
      const value = options[name as keyof TrainOptions];
      const said = name === "denoising" ? options.denoising?.amount : value;
      return said === undefined ? [] : [[shorter[name] ?? name, value]];
    }),
  );

/** Options of `train` as words of the command line. */
export const settingWords = (options: TrainOptions): readonly string[] =>
  Object.entries(settingsOf(options)).flatMap(([name, value]) => optionWords(name, value));

/** A training on the data of another call, read alike, that makes what some options make. */
export function trainingCall(
  data: string,
  given: Options,
  rows: readonly OptionRow[],
  options: TrainOptions,
  output = "model.onnx",
): Invocation {
  const settings = settingsOf(options);
  const others = rows.filter((row) => !(nameOf(row) in settings));
  return {
    verb: "train",
    data,
    options: { ...alsoGiven(given, others), ...settings, output },
  };
}
