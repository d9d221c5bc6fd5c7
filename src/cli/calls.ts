import { namesText } from "../data/terms/names-text.ts";
import { shellText } from "../tasks/report/shell.ts";
import type { Context } from "./context.ts";
import { isSwitch, nameOf, type OptionRow, type Options } from "./options.ts";

/** Data as another call had them. */
export interface CallData {
  /** As a person named them, without the password of a database: the path of what was opened. */
  readonly data: string;
  /** The options of that call, and those among them that the new call has too: how data are read, above all. */
  readonly given: Options;
  readonly rows: readonly OptionRow[];
}

/** A call on the same data as another, read alike, as words for a shell. */
export function callText(
  command: string,
  { data, given, rows }: CallData,
  ...words: readonly string[]
): string {
  return shellText("espejo", command, data, ...givenWords(given, rows), ...words);
}

/** Says which call may come next; none where the data came from standard input. */
export function sayNext(
  context: Context,
  command: string,
  on: CallData,
  ...words: readonly string[]
): void {
  if (on.data === "-") return;
  context.say(context.text("next.line", { command: callText(command, on, ...words) }));
}

/** The long flag of an option. */
export const flagOf = ({ flags }: OptionRow): string => /--[a-z0-9-]+/.exec(flags)![0];

/** The options of a call that were given, as the words that give them. */
function givenWords(options: Options, rows: readonly OptionRow[]): readonly string[] {
  return rows.flatMap((row) => {
    const value = options[nameOf(row)];
    const flag = flagOf(row);
    if (value === undefined) return [];
    if (isSwitch(row)) return flag.startsWith("--no-") === (value === false) ? [flag] : [];
    if (row.repeated) return (value as readonly string[]).flatMap((each) => [flag, each]);
    return [flag, Array.isArray(value) ? listText(flag, value) : textOf(value)];
  });
}

/** A size of images is one word with an x; other lists are names or sizes. */
const listText = (flag: string, value: readonly unknown[]): string =>
  flag === "--size" ? value.join("x") : namesText(value);

function textOf(value: unknown): string {
  if (typeof value === "object" && value !== null)
    return namesText(Object.entries(value).map(([name, type]) => `${name}=${type}`));
  return value === "\t" ? "tab" : String(value);
}
