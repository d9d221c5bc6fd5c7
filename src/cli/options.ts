import { type Command, InvalidArgumentError, Option } from "commander";
import type { OpenOptions } from "../data/table.ts";
import type { EngineChoice } from "../engine/engine.ts";
import type { Context } from "./context.ts";
import type { TextKey } from "./texts/en.ts";

/** Adds an option whose help text is in the catalogue of texts. */
export type AddOption = (flags: string, text: TextKey, parse?: Parse, fallback?: unknown) => void;
type Parse = (value: string, before: unknown) => unknown;

export const adder =
  (command: Command, context: Context): AddOption =>
  (flags, text, parse, fallback) => {
    const option = new Option(flags, context.text(text));
    if (parse) option.argParser(parse as never);
    if (fallback !== undefined) option.default(fallback);
    command.addOption(option);
  };

/** A number within bounds. */
export const number =
  (least = Number.NEGATIVE_INFINITY, most = Number.POSITIVE_INFINITY): Parse =>
  (text) => {
    const value = Number(text);
    if (text.trim() === "" || !(value >= least && value <= most))
      throw new InvalidArgumentError(`a number from ${least} to ${most} is expected.`);
    return value;
  };

/** A whole number of at least `least`. */
export const whole =
  (least = 0): Parse =>
  (text) => {
    const value = Number(text);
    if (text.trim() === "" || !Number.isSafeInteger(value) || value < least)
      throw new InvalidArgumentError(`a whole number of at least ${least} is expected.`);
    return value;
  };

/** One of some words. */
export const oneOf =
  (...words: readonly string[]): Parse =>
  (text) => {
    if (!words.includes(text))
      throw new InvalidArgumentError(`one of ${words.join(", ")} is expected.`);
    return text;
  };

/** Names separated by commas. */
export const names: Parse = (text) =>
  text
    .split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "");

/** Sizes separated by commas; 0 for none. */
export const sizes: Parse = (text) => {
  if (text.trim() === "0" || text.trim() === "") return [];
  return (names(text, undefined) as string[]).map((size) => whole(1)(size, undefined));
};

const collect: Parse = (text, before) => [...((before as string[] | undefined) ?? []), text];

const types: Parse = (text) =>
  Object.fromEntries(
    (names(text, undefined) as string[]).map((pair) => {
      const at = pair.lastIndexOf("=");
      const type = pair.slice(at + 1);
      if (at < 1 || !["number", "category", "date", "text", "boolean"].includes(type))
        throw new InvalidArgumentError("name=number|category|date|text|boolean,... is expected.");
      return [pair.slice(0, at), type];
    }),
  );

/** Options of reading, the same for every command that takes DATA. */
export function addReadOptions(add: AddOption): void {
  add("--delimiter <mark>", "option.delimiter");
  add("--decimal <mark>", "option.decimal", oneOf(".", ","));
  add("--thousands <mark>", "option.thousands");
  add("--encoding <name>", "option.encoding", oneOf("utf-8", "latin-1", "utf-16"));
  add("--dates <order>", "option.dates", oneOf("dmy", "mdy", "ymd"));
  add("--missing <mark>", "option.missing", collect);
  add("--types <list>", "option.types", types);
  add("--header", "option.header");
  add("--no-header", "option.noHeader");
  add("--memory-limit <size>", "option.memoryLimit");
}

/** Options of the engine. */
export function addEngineOptions(add: AddOption): void {
  add("--engine <name>", "option.engine", oneOf("auto", "native", "wasm"));
  add("--threads <n>", "option.threads", whole(1));
  add("--provider <name>", "option.provider");
}

export interface EngineOptions {
  readonly engine?: EngineChoice;
  readonly threads?: number;
  readonly provider?: string;
}

const readNames = [
  "delimiter",
  "decimal",
  "thousands",
  "encoding",
  "dates",
  "missing",
  "types",
  "header",
  "memoryLimit",
  "label",
  "features",
  "ignore",
] as const;

/** The options of reading among those of a command. */
export function readOptions(options: Readonly<Record<string, unknown>>): OpenOptions {
  const entries = readNames
    .filter((name) => options[name] !== undefined)
    .map((name) => [name, options[name]]);
  const read = Object.fromEntries(entries) as { thousands?: string };
  if (read.thousands === "space") read.thousands = " ";
  return read as OpenOptions;
}

/** The options of the engine among those of a command. */
export function engineOptions(options: Readonly<Record<string, unknown>>): EngineOptions {
  return Object.fromEntries(
    ["engine", "threads", "provider"]
      .filter((n) => options[n] !== undefined)
      .map((n) => [n, options[n]]),
  );
}
