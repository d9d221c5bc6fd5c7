import { namesText, shellText } from "../tasks/shell.ts";
import type { TrainOptions } from "../tasks/train-options.ts";
import { isSwitch, nameOf, type OptionRow, type Options } from "./options.ts";

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

/** The options of a call that were given, as the words that give them. */
function givenWords(options: Options, rows: readonly OptionRow[]): readonly string[] {
  return rows.flatMap((row) => {
    const value = options[nameOf(row)];
    const flag = /--[a-z0-9-]+/.exec(row.flags)![0];
    if (value === undefined) return [];
    if (isSwitch(row)) return flag.startsWith("--no-") === (value === false) ? [flag] : [];
    if (row.repeated) return (value as readonly string[]).flatMap((each) => [flag, each]);
    return [flag, Array.isArray(value) ? listText(flag, value) : textOf(value)];
  });
}

/** A size of images is one word with an x; other lists are names or sizes. */
const listText = (flag: string, value: readonly unknown[]): string =>
  flag === "--size" ? value.join("x") : namesText(value);

const textOf = (value: unknown): string =>
  typeof value === "object" && value !== null
    ? namesText(Object.entries(value).map(([name, type]) => `${name}=${type}`))
    : String(value);

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
  data: string,
  options: TrainOptions,
  given: Options,
  rows: readonly OptionRow[],
  output = "model.onnx",
): string {
  const words = settingWords(options);
  const own = new Set(words.filter((word) => word.startsWith("--")));
  const others = rows.filter(({ flags: text }) => !own.has(/--[a-z0-9-]+/.exec(text)![0]));
  const before = givenWords(given, others);
  return shellText("espejo", "train", data, ...before, ...words, "-o", output);
}
