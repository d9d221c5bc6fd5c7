import { randomUUID } from "node:crypto";
import type { Writable } from "node:stream";
import { rowsOfTables } from "../charts/texts/columns.ts";
import { adviceOf } from "../data/columns/choices.ts";
import { noteIn } from "../data/terms/note-language.ts";
import type { Note } from "../data/terms/notes.ts";
import { errorText } from "../error-text.ts";
import { type EspejoError, fillText } from "../errors.ts";
import { aboutItems, countText, type Items, type Language, percentText } from "../language.ts";
import { choiceText } from "./choice-text.ts";
import { catalogues } from "./language.ts";
import type { TextKey } from "./texts/en.ts";

/** The version of every JSON answer. */
export const schemaVersion = 1;

export type Style = "bold" | "dim" | "red" | "yellow";

/** A stream to print on, and what it has of a terminal. */
export type Output = Writable & { readonly isTTY?: boolean; readonly columns?: number };

/** What a command line prints on, and the variables that it looks at: a process, or what stands for one. */
export interface Surroundings {
  readonly stdout: Output;
  readonly stderr: Output;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** Where a command prints, and in which language: results to standard output, everything else to standard error. */
export interface Context {
  readonly language: Language;
  readonly json: boolean;
  /** A terminal that draws, and wants it. */
  readonly lively: boolean;
  /** Standard output itself, for rows as they come. */
  readonly stdout: Output;
  /** A line of results. */
  out(text: string): void;
  /** An answer as JSON. */
  answer(value: object): void;
  /** One of several answers as a line of JSON. */
  event(name: string, value: object): void;
  /** A line for people: silent with --json. */
  say(text: string): void;
  /** Something that a person should know. */
  remark(note: Note): void;
  /** Says an error: a line, or JSON with --json. */
  fail(error: EspejoError | Error, exitCode: number): void;
  /** Replaces the last line of a lively terminal. */
  status(text: string): void;
  text(key: TextKey, parameters?: Readonly<Record<string, string | number>>): string;
  /** What rows are called in texts. */
  readonly items: Items;
  /** The same, calling them otherwise. */
  about(items: Items): Context;
  /** A note, with what it takes to correct it where every command says so. */
  words(note: Note): string;
  count(n: number): string;
  /** A share as a person reads it: "0.17 %". */
  percent(share: number): string;
  /** For standard output. */
  paint(style: Style, text: string): string;
}

/** A context that prints on the streams of its surroundings. */
export function contextOf(
  { stdout, stderr, env }: Surroundings,
  language: Language,
  json: boolean,
): Context {
  const texts = catalogues[language];
  const lively = stderr.isTTY === true && !json && env.TERM !== "dumb" && env.CI === undefined;
  const paintOut = painter(stdout, env);
  const paintErr = painter(stderr, env);
  const textOf =
    (items: Items): Context["text"] =>
    (key, parameters = {}) => {
      const told = rowsOfTables.has(key) ? texts[key] : aboutItems(texts[key], items, language);
      return fillText(told, parameters);
    };
  const text = textOf("rows");
  const words = (note: Note): string => {
    const [told, advice] = [noteIn(note, language), adviceOf(note)];
    return advice ? text("note.say", { note: told, option: choiceText(advice) }) : told;
  };
  let drawn = false;
  const write = (stream: Output, line: string): void => {
    if (drawn) stderr.write("\r\u001b[2K");
    drawn = false;
    stream.write(printable(line).replaceAll(colourMark, "\u001b"));
  };
  const out = (line: string): void => write(stdout, `${line}\n`);
  const err = (line: string): void => write(stderr, `${line}\n`);
  const context: Context = {
    language,
    json,
    lively,
    stdout,
    out,
    answer: (value) => out(JSON.stringify({ schemaVersion, ...value })),
    event: (event, value) => out(JSON.stringify({ schemaVersion, event, ...value })),
    say: (line) => json || err(line),
    remark: (note) =>
      err(
        json
          ? JSON.stringify({ schemaVersion, event: "note", ...toldNote(note, words) })
          : `${paintErr("yellow", text("note"))}: ${oneLine(words(note))}`,
      ),
    fail(error, exitCode) {
      const known = "code" in error && "parameters" in error ? (error as EspejoError) : null;
      const message = known
        ? errorText(known, language)
        : text("unexpected", { message: error.message });
      const told = known && { code: known.code, parameters: known.parameters };
      err(
        json
          ? JSON.stringify({ schemaVersion, event: "error", ...told, message, exitCode })
          : `${paintErr("red", text("error"))}: ${oneLine(message)}`,
      );
    },
    status(line) {
      if (!lively) return;
      write(stderr, line.slice(0, (stderr.columns ?? 80) - 1));
      drawn = true;
    },
    text,
    words,
    count: (n) => countText(n, language),
    percent: percentText,
    paint: paintOut,
    items: "rows",
    about: (items) => ({ ...context, items, text: textOf(items) }),
  };
  return context;
}

/** A note for machines. */
export const toldNote = (note: Note, words: (note: Note) => string): object => ({
  ...note,
  message: words(note),
});

const codes: Readonly<Record<Style, readonly [number, number]>> = {
  bold: [1, 22],
  dim: [2, 22],
  red: [31, 39],
  yellow: [33, 39],
};

/** Begins a colour until a line is written: names from outside cannot know it, so theirs are not let through. */
const colourMark = `<${randomUUID()}>`;

/**
 * A text whose control characters, those that turn the direction of writing included, stand as `\u001b`: names and
 * values from files could rewrite a screen. JSON stays the same JSON. Ends of lines and tabs stay.
 */
const printable = (text: string): string =>
  text.replace(
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
    /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );

/** A message is one line, whatever names are in it. */
const oneLine = (text: string): string => text.replaceAll("\n", "\\n");

/** Colours where a stream shows them; NO_COLOR and FORCE_COLOR have the last word. */
function painter(
  stream: Output,
  { NO_COLOR, FORCE_COLOR, TERM }: Surroundings["env"],
): (style: Style, text: string) => string {
  const plain = Boolean(NO_COLOR) || /^(0|false)$/.test(FORCE_COLOR ?? "");
  const shows = FORCE_COLOR !== undefined || (stream.isTTY === true && TERM !== "dumb");
  if (plain || !shows) return (_, text) => text;
  return (style, text) =>
    `${colourMark}[${codes[style][0]}m${text}${colourMark}[${codes[style][1]}m`;
}
