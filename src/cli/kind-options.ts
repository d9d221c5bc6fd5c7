import { EspejoError } from "../errors.ts";
import { kinds, kindsOf } from "../models/kinds.ts";
import type { OptionRow } from "./options.ts";
import { number, oneOf, type Parse, sizes, whole } from "./parsers.ts";

/** A kind, or several joined by +. */
const kind: Parse = (text, option) => {
  try {
    kindsOf(text);
    return text;
  } catch (error) {
    const words = kinds.map(({ name }) => name);
    if (text.split("+").every((part) => words.includes(part.trim())))
      throw new EspejoError("network_options", { reason: (error as Error).message });
    throw new EspejoError("option_word", { option, words: words.join(", "), value: text });
  }
};

const corruptions: Readonly<Record<string, string>> = {
  gaussian: "gaussian",
  masking: "masking",
  "salt-and-pepper": "saltAndPepper",
  blots: "blots",
};

/** A kind of noise and how much: `gaussian:0.3`. */
const corruption: Parse = (text, option) => {
  const [name = "", amount] = text.split(":");
  const noise = corruptions[oneOf(...Object.keys(corruptions))(name, option) as string]!;
  return { noise, ...(amount !== undefined && { amount: number({ least: 0 })(amount, option) }) };
};

/** What kinds of autoencoder can be told. */
export const kindOptionRows: readonly OptionRow[] = [
  { flags: "--kind <name>", about: "option.kind", parse: kind },
  { flags: "--filters <sizes>", about: "option.filters", parse: sizes },
  { flags: "--kernel-size <n>", about: "option.kernelSize", parse: whole(1) },
  { flags: "--down <way>", about: "option.down", parse: oneOf("strided", "pooled") },
  { flags: "--up <way>", about: "option.up", parse: oneOf("transposed", "upsampled") },
  { flags: "--cell <name>", about: "option.cell", parse: oneOf("simple", "gru", "lstm") },
  { flags: "--units <sizes>", about: "option.units", parse: sizes },
  { flags: "--bidirectional", about: "option.bidirectional" },
  { flags: "--corruption <kind:amount>", about: "option.corruption", parse: corruption },
  { flags: "--clean <data>", about: "option.clean" },
  { flags: "--beta <x>", about: "option.beta", parse: number({ least: 0 }) },
  { flags: "--warm-up <steps>", about: "option.warmUp", parse: whole(0) },
  { flags: "--variance <x>", about: "option.variance", parse: number({ above: 0 }) },
  {
    flags: "--prior <name>",
    about: "option.prior",
    parse: oneOf("gaussian", "uniform", "mixture"),
  },
  { flags: "--penalty <name>", about: "option.penalty", parse: oneOf("kl", "l1") },
  { flags: "--strength <x>", about: "option.strength", parse: number({ least: 0 }) },
  { flags: "--rho <x>", about: "option.rho", parse: number({ above: 0, most: 1 }) },
  {
    flags: "--robust-loss <name>",
    about: "option.robustLoss",
    parse: oneOf("correntropy", "huber"),
  },
  { flags: "--sigma <x>", about: "option.sigma", parse: number({ above: 0 }) },
];
