import type { ArraysOptions } from "../data/terms/arrays.ts";
import type { EngineChoice } from "../engine/engine.ts";
import { examplesByColumn } from "../invocation/library-options.ts";
import { readingNames, roleNames } from "../invocation/reading-names.ts";
import {
  channels,
  collect,
  imageSize,
  mark,
  names,
  numberExamples,
  oneOf,
  type Parse,
  range,
  size,
  types,
  whole,
  zone,
} from "./parsers.ts";
import type { TextKey } from "./texts/en.ts";

/** All that is known about an option, in one row. */
export interface OptionRow {
  /** As in help: `-o, --output <file>`; without a value it is a switch. */
  readonly flags: string;
  readonly about: TextKey;
  readonly parse?: Parse;
  /** The heading of help that it stands under. */
  readonly group?: TextKey;
  /** May be given several times. */
  readonly repeated?: boolean;
  /** Works, and is not listed. */
  readonly hidden?: boolean;
}

/** The options of a call, by their names in camel case, parsed. */
export type Options = Readonly<Record<string, unknown>>;

/** `--batch-size <n>` is called batchSize; `--no-header` is a way to say header. */
export function nameOf({ flags }: OptionRow): string {
  const long = /--(?:no-)?([a-z0-9-]+)/.exec(flags)![1]!;
  return long.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
}

/** Whether an option takes no value. */
export const isSwitch = ({ flags }: OptionRow): boolean => !/[<[]/.test(flags);

/** Whether an option may be said with a value or without. */
export const isOptional = ({ flags }: OptionRow): boolean => flags.includes("[");

/** Options under a heading of help, but for those that have one of their own. */
export const inGroup = (group: TextKey, rows: readonly OptionRow[]): readonly OptionRow[] =>
  rows.map((row) => ({ group, ...row }));

export const generalOptions: readonly OptionRow[] = inGroup("help.general", [
  { flags: "--json", about: "option.json" },
  { flags: "--lang <code>", about: "option.lang", parse: oneOf("en", "es") },
]);

/** Which values of the label are normal. */
export const normalOption: OptionRow = {
  flags: "--normal <value>",
  about: "option.normal",
  parse: collect,
  repeated: true,
};

/** What a person says of rows. */
export const marksOption: OptionRow = { flags: "--marks <file>", about: "option.marks" };

/** What columns are for; a model knows it from its training. */
export const roleOptions: readonly OptionRow[] = inGroup("help.roles", [
  { flags: "--label <column>", about: "option.label" },
  { flags: "--features <list>", about: "option.features", parse: names },
  { flags: "--ignore <list>", about: "option.ignore", parse: names },
  { flags: "--id <list>", about: "option.id", parse: names },
  { flags: "--weight <column>", about: "option.weight" },
  { flags: "--time <column>", about: "option.time" },
  { flags: "--group <column>", about: "option.group" },
]);

/** Options of reading, the same for every command that takes DATA. */
export const readingOptions: readonly OptionRow[] = inGroup("help.reading", [
  {
    flags: "--delimiter <mark>",
    about: "option.delimiter",
    parse: mark({ tab: "\t", "\\t": "\t", whitespace: "whitespace" }),
  },
  { flags: "--decimal <mark>", about: "option.decimal", parse: oneOf(".", ",") },
  {
    flags: "--thousands <mark>",
    about: "option.thousands",
    parse: (text, option) =>
      oneOf(".", ",", "'", " ", "none")(text === "space" ? " " : text, option),
  },
  {
    flags: "--encoding <name>",
    about: "option.encoding",
    parse: oneOf("utf-8", "latin-1", "utf-16"),
  },
  { flags: "--dates <order>", about: "option.dates", parse: oneOf("dmy", "mdy", "ymd") },
  { flags: "--number <example>", about: "option.number", parse: numberExamples, repeated: true },
  { flags: "--zone <name>", about: "option.zone", parse: zone },
  { flags: "--missing <mark>", about: "option.missing", parse: collect, repeated: true },
  { flags: "--not-missing <mark>", about: "option.notMissing", parse: collect, repeated: true },
  { flags: "--types <list>", about: "option.types", parse: types },
  { flags: "--header", about: "option.header" },
  { flags: "--no-header", about: "option.noHeader" },
  { flags: "--no-footer", about: "option.noFooter" },
  { flags: "--strict", about: "option.strict" },
  { flags: "--sheet <name>", about: "option.sheet" },
  { flags: "--query <sql>", about: "option.query" },
  { flags: "--array <name>", about: "option.array" },
  { flags: "--label-array <name>", about: "option.labelArray" },
  { flags: "--labels <file>", about: "option.labels" },
  {
    flags: "--content <kind>",
    about: "option.content",
    parse: oneOf("rows", "images", "sequences"),
  },
  { flags: "--size <size>", about: "option.size", parse: imageSize },
  { flags: "--fit <way>", about: "option.fit", parse: oneOf("cover", "contain", "fill") },
  { flags: "--channels <n>", about: "option.channels", parse: channels },
  { flags: "--range <low,high>", about: "option.range", parse: range },
  { flags: "--pages <which>", about: "option.pages", parse: oneOf("all", "first") },
  { flags: "--skip-broken", about: "option.skipBroken" },
  { flags: "--window <steps>", about: "option.window", parse: whole(1) },
  { flags: "--stride <steps>", about: "option.stride", parse: whole(1) },
  { flags: "--memory-limit <size>", about: "option.memoryLimit", parse: size },
  { flags: "--temp-directory <folder>", about: "option.tempDirectory" },
]);

export const engineOptions: readonly OptionRow[] = inGroup("help.engine", [
  { flags: "--engine <name>", about: "option.engine", parse: oneOf("auto", "native", "wasm") },
  { flags: "--threads <n>", about: "option.threads", parse: whole(1) },
  { flags: "--provider <name>", about: "option.provider" },
]);

/** What the engine takes. */
export interface EngineSettings {
  readonly engine?: EngineChoice;
  readonly threads?: number;
  readonly provider?: string;
}

const openNames = [...readingNames, ...roleNames];

/** The options of opening a table or arrays among those of a command. */
export function openOptionsOf(options: Options): ArraysOptions {
  const { number, ...given } = some(options, openNames);
  if (number === undefined) return given;
  return { ...given, numbers: examplesByColumn(number as readonly string[]) };
}

/** The options of the engine among those of a command. */
export const engineSettingsOf = (options: Options): EngineSettings =>
  some(options, engineOptions.map(nameOf));

/** The given ones among some options. */
export function some(options: Options, wanted: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(
    wanted.filter((name) => options[name] !== undefined).map((name) => [name, options[name]]),
  );
}
