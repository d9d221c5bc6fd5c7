import type { Invocation } from "./invocation.ts";
import { optionWords } from "./option-words.ts";

/** Whose shell reads a text. */
export type Shell = "posix" | "windows";

/** The shell of this machine. */
const here: Shell = globalThis.process?.platform === "win32" ? "windows" : "posix";

/** A call as a person types it into a shell. */
export const shellOf = ({ verb, data, options }: Invocation, shell: Shell = here): string =>
  shellText(
    [
      ...["espejo", ...verb.split(" ")],
      ...(data === null ? [] : [plainly(data)]),
      ...Object.entries(options).flatMap(([name, value]) => optionWords(name, value)),
    ],
    shell,
  );

/** An option as a person types it into a shell: `--dates mdy`. */
export const optionIn = (name: string, value: unknown, shell: Shell = here): string =>
  shellText(optionWords(name, value), shell);

/** What begins with a dash is no option where it is said to be in this folder. */
const plainly = (data: string): string => (/^-./.test(data) ? `./${data}` : data);

/** Words as a person types them into a shell. */
export const shellText = (words: readonly string[], shell: Shell = here): string =>
  words.map(shell === "windows" ? quotedForWindows : quoted).join(" ");

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const control = /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;

/** Single quotes keep everything; what could not be seen or copied is written by its number. */
function quoted(word: string): string {
  if (/^[\p{L}\p{N}_.,:/@%+-][\p{L}\p{N}_.,:/@%+=-]*$/u.test(word)) return word;
  if (word.search(control) >= 0)
    return `$'${word.replace(/[\\']/g, "\\$&").replace(control, escaped)}'`;
  if (!word.includes("'")) return `'${word}'`;
  // a "!" may recall former commands, whatever stands before it
  if (word.includes("!")) return `'${word.replaceAll("'", "'\\''")}'`;
  return `"${word.replace(/["$`\\]/g, "\\$&")}"`;
}

const escaped = (character: string): string => {
  const code = character.charCodeAt(0);
  const known = { 9: "\\t", 10: "\\n", 13: "\\r" }[code];
  if (known !== undefined) return known;
  return code < 128
    ? `\\x${code.toString(16).padStart(2, "0")}`
    : `\\u${code.toString(16).padStart(4, "0")}`;
};

/** Double quotes, which cmd and PowerShell know alike; a comma alone makes two words of one in PowerShell. */
function quotedForWindows(word: string): string {
  if (/^[\p{L}\p{N}_.:/\\+-][\p{L}\p{N}_.:/\\+=-]*$/u.test(word)) return word;
  // backslashes stand for themselves, but for those before a quote
  const inner = word.replace(/(\\*)"/g, '$1$1\\"').replace(/\\+$/, "$&$&");
  return `"${inner}"`;
}
