import { kinds } from "../models/kinds.ts";
import type { OptionGroup, TrainingOption } from "../studio/api/training.ts";
import type { CommandWords } from "../studio/options.ts";
import type { CommandRow } from "./command.ts";
import { ofKinds, refuseIdleTraining } from "./idle-training.ts";
import { catalogues } from "./language.ts";
import { engineOptions, isSwitch, nameOf, type OptionRow } from "./options.ts";
import type { TextKey } from "./texts/en.ts";
import { preparationOptions, trainOptionRows } from "./train-options.ts";
import { logColumnsOf } from "./train-table.ts";
import { trainSettingsOf } from "./training.ts";

/** Options of a training that a page states otherwise (columns, how data are read, where results go), or cannot. */
const left = new Set([
  ...["output", "report", "run", "resume", "live", "dryRun", "save", "format", "excel", "top"],
  ...["errorMaps", "perStamp", "failOnAnomalies", "modelVersion", "clean", "provider", "engine"],
  ...["label", "features", "ignore", "id", "weight", "time", "group"],
]);
/** Kinds of network that tables have not. */
const strangers = new Set(
  kinds.filter(({ data }) => !data.includes("tables")).map(({ name }) => name),
);

/** Options of a command that a training on a table has, with the heading of each. */
async function rowsOf(verb: "train" | "detect"): Promise<readonly OptionRow[]> {
  const { options } = await commandOf(verb);
  const groups = new Set([...trainOptionRows, ...preparationOptions, ...engineOptions].map(nameOf));
  return options.filter((row) => {
    const name = nameOf(row);
    const owners = ofKinds[name];
    const known = groups.has(name) || ["keep", "alone"].includes(name);
    const reads = row.group === "help.reading" || row.hidden === true;
    return known && !reads && !left.has(name) && !owners?.every((each) => strangers.has(each));
  });
}

/** A command with all that it works with, loaded when it is asked for. */
const commandOf = async (verb: "train" | "detect"): Promise<CommandRow> =>
  verb === "train"
    ? (await import("./commands/train.ts")).trainCommand
    : (await import("./commands/detect.ts")).detectCommand;

/** The options of `espejo train` and `espejo detect`, for who offers them in a window. */
export const commandWords: CommandWords = {
  async groups(verb, language) {
    const texts = catalogues[language];
    const groups = new Map<string, TrainingOption[]>();
    for (const row of await rowsOf(verb)) {
      const heading = texts[row.group ?? "help.result"].replace(/:$/, "");
      groups.set(heading, [...(groups.get(heading) ?? []), told(row, texts)]);
    }
    return [...groups].map(([name, options]): OptionGroup => ({ name, options }));
  },
  kinds: (language) =>
    kinds
      .filter(({ data }) => data.includes("tables"))
      .map(({ name, formula, source, role }) => ({
        ...{ name, formula, source, role },
        about: catalogues[language][`kind.${name}` as TextKey],
      })),
  async parse(verb, texts) {
    const rows = await rowsOf(verb);
    const options: Record<string, unknown> = {};
    for (const [name, text] of Object.entries(texts)) {
      const row = rows.find((each) => nameOf(each) === name);
      // what a command has no option for is no choice of a person
      if (!row || text === false || text === "") continue;
      options[name] = parsed(row, text);
    }
    return options;
  },
  async settings(verb, table, options) {
    if (verb === "detect") {
      const { refuseIdleDetection } = await import("./commands/detect.ts");
      refuseIdleDetection({ table }, options);
    } else refuseIdleTraining({ table }, options);
    const log = logColumnsOf(table, options);
    const settings = { ...trainSettingsOf(options), ...(log && { log }) };
    if (verb === "train") return settings;
    const method = options.keep ?? (options.kind === undefined ? "ensemble" : undefined);
    return {
      ...settings,
      ...(typeof method === "string" && method !== "pca" && { kind: method }),
    };
  },
};

const told = (row: OptionRow, texts: Readonly<Record<TextKey, string>>): TrainingOption => ({
  name: nameOf(row),
  flag: flagOf(row),
  value: isSwitch(row) ? null : (/[<[](.*)[>\]]/.exec(row.flags)?.[1] ?? ""),
  about: texts[row.about],
  kinds: ofKinds[nameOf(row)]?.filter((name) => !strangers.has(name)) ?? null,
  choices: (row.parse as { readonly words?: readonly string[] } | undefined)?.words ?? [],
  repeated: row.repeated === true,
});

const flagOf = ({ flags }: OptionRow): string => /--[a-z0-9-]+/.exec(flags)![0];

/** A value as if it had come as a flag. */
function parsed(row: OptionRow, text: string | true | readonly string[]): unknown {
  if (isSwitch(row)) return true;
  const { parse = (value: string) => value } = row;
  return [text]
    .flat()
    .reduce((before: unknown, each) => parse(String(each), flagOf(row), before), undefined);
}
