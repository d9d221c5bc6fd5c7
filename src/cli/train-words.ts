import type { TrainOptions } from "../tasks/lesson/train-options.ts";
import { type CallData, callText, flagOf } from "./calls.ts";

/** Options of `train` by what they are called on the command line, in the order in which they are written. */
const flags: readonly (readonly [keyof TrainOptions, string])[] = [
  ["kind", "--kind"],
  ["hidden", "--hidden"],
  ["latentDim", "--latent"],
  ["activation", "--activation"],
  ["filters", "--filters"],
  ["units", "--units"],
  ["cell", "--cell"],
  ["dropout", "--dropout"],
  ["l2", "--l2"],
  ["epochs", "--epochs"],
  ["batchSize", "--batch-size"],
  ["learningRate", "--learning-rate"],
  ["seed", "--seed"],
];

/** Options of `train` as words of the command line. */
export function settingWords(options: TrainOptions): readonly string[] {
  const words = flags.flatMap(([name, flag]) => {
    const value = options[name];
    if (value === undefined) return [];
    // no hidden layers at all is written as 0
    return [flag, Array.isArray(value) && value.length === 0 ? "0" : String(value)];
  });
  const { denoising } = options;
  if (denoising?.amount !== undefined)
    words.push("--corruption", `${denoising.noise ?? "gaussian"}:${denoising.amount}`);
  return words;
}

/** A call of `espejo train` on the data of another call, read alike, that makes what some options make. */
export function trainCall(
  { rows, ...on }: CallData,
  options: TrainOptions,
  output = "model.onnx",
): string {
  const words = settingWords(options);
  const own = new Set(words.filter((word) => word.startsWith("--")));
  const others = rows.filter((row) => !own.has(flagOf(row)));
  return callText("train", { ...on, rows: others }, ...words, "-o", output);
}
