import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { EspejoError, phrases } from "../errors.ts";
import { optionText } from "../invocation/option-words.ts";
import { nearest } from "../nearest.ts";
import type { CommandRow } from "./command.ts";
import { isOptional, isSwitch, nameOf, type OptionRow } from "./options.ts";
import { switchOf } from "./parsers.ts";

/** The file of settings: option names in camel case, for all commands or inside the name of one. */
export const settingsFile = "espejo.config.json";

/** What stands in the environment and in the nearest file of settings. */
export interface Settings {
  /** What an option of a command is set to there, parsed; undefined where nothing is said. */
  valueOf(option: OptionRow, command?: string): unknown;
}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Reads the settings that hold in a folder; those of the environment win. Throws `config_unreadable`, and
 * `config_unknown` for a name that no option has.
 */
export async function readSettings(
  folder: string,
  environment: Environment,
  loadCommands: () => Promise<readonly CommandRow[]>,
  general: readonly OptionRow[],
): Promise<Settings> {
  const path = nearestFile(folder);
  const config = path === null ? {} : parseFile(path);
  const commands = path === null ? [] : await loadCommands();
  if (path !== null) checkNames(path, config, commands, general);
  return {
    valueOf(option, command) {
      const name = nameOf(option);
      const variable = `ESPEJO_${name.replace(/[A-Z]/g, "_$&").toUpperCase()}`;
      const text = environment[variable];
      if (text !== undefined) return parsed(option, text, variable);
      const section = command === undefined ? undefined : (config[command] as Config | undefined);
      // what stands under the name of a command is for that command, whatever options are called
      const isSection = commands.some((row) => row.name === name) && isObject(config[name]);
      const value = section?.[name] ?? (isSection ? undefined : config[name]);
      return value === undefined || value === null
        ? undefined
        : parsed(option, value, `"${name}" in ${path}`);
    },
  };
}

type Config = Readonly<Record<string, unknown>>;

function nearestFile(folder: string): string | null {
  const path = join(folder, settingsFile);
  if (existsSync(path)) return path;
  const parent = dirname(folder);
  return parent === folder ? null : nearestFile(parent);
}

function parseFile(path: string): Config {
  let reason: string;
  try {
    const value: unknown = JSON.parse(readFileSync(path, "utf8").replace(/^\ufeff/, ""));
    if (isObject(value)) return value;
    reason = phrases.no_object;
  } catch (error) {
    reason = (error as Error).message;
  }
  throw new EspejoError("config_unreadable", { path, reason });
}

const isObject = (value: unknown): value is Config =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function checkNames(
  path: string,
  config: Config,
  commands: readonly CommandRow[],
  general: readonly OptionRow[],
): void {
  const refuse = (name: string, known: readonly string[]): never => {
    const closest = nearest(name.slice(name.indexOf(".") + 1), known) ?? "";
    throw new EspejoError("config_unknown", { path, name, nearest: closest });
  };
  const everywhere = new Set(
    [...general, ...commands.flatMap(({ options }) => options)].map(nameOf),
  );
  for (const [key, value] of Object.entries(config)) {
    const command = commands.find(({ name }) => name === key);
    if (command === undefined || !isObject(value)) {
      if (!everywhere.has(key)) refuse(key, [...everywhere, ...commands.map(({ name }) => name)]);
      continue;
    }
    const known = [...general, ...command.options].map(nameOf);
    for (const name of Object.keys(value))
      if (!known.includes(name)) refuse(`${key}.${name}`, known);
  }
}

/** A value as if its text had come as a flag. */
function parsed(option: OptionRow, value: unknown, place: string): unknown {
  const name = nameOf(option);
  if (isSwitch(option)) return switchOf(String(value), place);
  if (isOptional(option) && typeof value === "boolean") return value || undefined;
  const { parse = (text: string) => text, repeated } = option;
  if (repeated && Array.isArray(value))
    return value.reduce((before: unknown, item) => parse(String(item), place, before), undefined);
  return parse(optionText(name, value) ?? String(value), place);
}
