import { existsSync } from "node:fs";
import type { CommanderError } from "commander";
import { EspejoError } from "../errors.ts";
import { nearest } from "../nearest.ts";
import type { CommandRow } from "./command.ts";
import { generalOptions, isSwitch } from "./options.ts";

/** The words of a call with its command in front, where it is about one. */
interface Call {
  readonly full: readonly string[];
  /** Absent where help on all is asked for. */
  readonly command?: string;
}

/** A call by its words and the names of commands: a first word that is a file, or stdin, is inspected. */
export function withCommand(words: readonly string[], commands: readonly string[]): Call {
  const at = firstWord(words);
  const first = words[at];
  if (first === "help") return { full: [...words.slice(0, at + 1), ...asOne(words.slice(at + 1))] };
  if (first === undefined) return { full: words };
  if (commands.includes(first)) return { full: words, command: first };
  if (first === clusterWord) {
    const command = `${first} ${words[at + 1] ?? ""}`.trim();
    if (commands.includes(command))
      return { full: [...words.slice(0, at), ...asOne(words.slice(at))], command };
    const known = commands.filter((name) => name.startsWith(`${clusterWord} `));
    throw new EspejoError("command_unknown", {
      ...{ name: command, nearest: nearest(command, known, command.length) ?? known[0]! },
    });
  }
  // A file in an archive is named by its path in it.
  const place = first.replace(/(?<=\.zip)[/\\].*$/i, "");
  if (existsSync(place) || first === "-" || /[*?]/.test(first))
    return { full: [...words.slice(0, at), "inspect", ...words.slice(at)], command: "inspect" };
  // What has a dot or a slash was meant as a file.
  if (/[./\\]/.test(first)) throw new EspejoError("file_missing", { path: first });
  const closest = nearest(first, commands, farthest(first)) ?? "help";
  throw new EspejoError("command_unknown", { name: first, nearest: closest });
}

/** The first word of commands of two words. */
const clusterWord = "cluster";

/** A command of two words as the one that stands for it where a name has to be one. */
export const oneWord = (name: string): string => name.replace(`${clusterWord} `, `${clusterWord}-`);

/** The words as a person says them. */
export const shownWords = (name: string): string =>
  name.replace(`${clusterWord}-`, `${clusterWord} `);

const asOne = ([first, second, ...rest]: readonly string[]): readonly string[] => [
  ...(first === undefined
    ? []
    : first === clusterWord && second
      ? [`${first}-${second}`]
      : [first]),
  ...(first === clusterWord || second === undefined ? [] : [second]),
  ...rest,
];

/** A suggestion should share half of the letters. */
const farthest = (word: string): number => Math.max(2, word.length / 2);

/** Where the first word is that is neither a general option nor its value. */
function firstWord(words: readonly string[]): number {
  const valued = generalOptions
    .filter((row) => !isSwitch(row))
    .map(({ flags }) => flags.split(" ")[0]);
  let at = 0;
  while (words[at]?.startsWith("-") && words[at] !== "-") at += valued.includes(words[at]) ? 2 : 1;
  return at;
}

/** What commander has against a call, as an error of the catalogue; `flags` are those of its options. */
export function usageError(
  { code, message }: CommanderError,
  row: CommandRow | undefined,
  flags: readonly string[],
): EspejoError {
  const command = row?.name ?? "espejo";
  const quoted = /'([^']*)'/.exec(message)?.[1] ?? "";
  if (code === "commander.unknownOption") {
    const option = quoted.split("=")[0]!;
    const known = flags.flatMap((text) => text.match(/--?[a-z0-9-]+/gi) ?? []);
    const closest = nearest(option, known, farthest(option)) ?? "--help";
    return new EspejoError("option_unknown", { command, option, nearest: closest });
  }
  if (code === "commander.optionMissingArgument") {
    const option = /--[a-z0-9-]+/.exec(quoted)?.[0] ?? quoted;
    return new EspejoError("option_incomplete", { option, usage: quoted });
  }
  const argument = quoted.toUpperCase();
  return new EspejoError("argument_missing", { command, argument, usage: usageOf(row) });
}

/** A call of a command as it should be. */
export const usageOf = (row: CommandRow | undefined): string =>
  ["espejo", row?.name, row?.examples[0]].filter((word) => word).join(" ");
