import { commandOptions } from "../../invocation/command-options.ts";
import type { Invocation } from "../../invocation/invocation.ts";
import { optionWords } from "../../invocation/option-words.ts";
import type { ReadingOptions, Source } from "../api/sources.ts";

/** The search for anomalies in a source, as the command line is called for it. */
export function detectionOf(source: Source, options: ReadingOptions = {}): Invocation {
  const words = commandOptions({ ...source.options, ...options, beside: true });
  // options that the command line has no word for are none that a page offers
  return { verb: "detect", data: source.path, options: words ?? { ...source.options, ...options } };
}

/** The words of a call, after the name of the program. */
export const wordsOf = ({ verb, data, options }: Invocation): readonly string[] => [
  verb,
  ...(data === null ? [] : [data]),
  ...Object.entries(options).flatMap(([name, value]) => optionWords(name, value)),
];
