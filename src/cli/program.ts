import { inspect } from "node:util";
import { Command, CommanderError, Option } from "commander";
import { note } from "../data/terms/notes.ts";
import { engineWarning } from "../engine/node.ts";
import { EspejoError } from "../errors.ts";
import type { Language } from "../language.ts";
import { espejoVersion } from "../tasks/model/version.ts";
import { type CommandRow, exitCodes } from "./command.ts";
import { commandNames, loadCommand, loadCommands } from "./commands/load.ts";
import { type Context, contextOf, type Surroundings } from "./context.ts";
import { helpBelow, localiseHelp } from "./help.ts";
import { localeLanguage } from "./language.ts";
import { generalOptions, nameOf, type OptionRow, type Options } from "./options.ts";
import { checkExcel, checkPlaces } from "./output.ts";
import { readSettings, type Settings } from "./settings.ts";
import { type Streams, watchStreams } from "./streams.ts";
import { oneWord, usageError, usageOf, withCommand } from "./usage.ts";

const [jsonOption, languageOption] = generalOptions as [OptionRow, OptionRow];

/**
 * Runs the command line on its words, and gives the exit code, once all that it printed is written; nothing of it
 * stays when it has run.
 */
export async function runProgram(
  words: readonly string[],
  surroundings: Surroundings,
): Promise<number> {
  const { env } = surroundings;
  const streams = watchStreams(surroundings);
  let context = contextOf(surroundings, localeLanguage(env), words.includes("--json"));
  let forgetWarnings = (): void => {};
  try {
    const asked = early(words, "--lang");
    // What goes wrong from here on is said in the language that was asked for.
    if (asked === "en" || asked === "es") context = contextOf(surroundings, asked, context.json);
    const settings = await readSettings(process.cwd(), env, loadCommands, generalOptions);
    const { full, command } = withCommand(words, commandNames);
    const language = asked === undefined ? settings.valueOf(languageOption, command) : undefined;
    const json = context.json || settings.valueOf(jsonOption, command) === true;
    const spoken = (language as Language | undefined) ?? context.language;
    context = contextOf(surroundings, spoken, json);
    forgetWarnings = sayEngineWarnings(context);
    const rows = command === undefined ? await loadCommands() : [await loadCommand(command)];
    let code: number = exitCodes.ok;
    await parse(full, rows, settings, context, async ({ command, data, options, more }) => {
      checkExcel({ ...options, json: context.json });
      if (!command.writesElsewhere) await checkPlaces(options, command.usualOutput);
      code = await command.run(data, options, context, more);
    });
    return await settle(code, streams, context);
  } catch (error) {
    return await settle(await fail(error, streams, surroundings, context), streams, context);
  } finally {
    forgetWarnings();
  }
}

/** Says in words what the engine would say as a warning of Node, until forgotten; other warnings stay as they are. */
function sayEngineWarnings(context: Context): () => void {
  const usual = process.listeners("warning");
  process.removeAllListeners("warning");
  process.on("warning", (warning: Error & { code?: string; detail?: string }) => {
    if (warning.code === engineWarning)
      context.remark(note("engine_absent", { reason: warning.detail ?? "" }));
    else for (const listener of usual) listener.call(process, warning);
  });
  return () => {
    process.removeAllListeners("warning");
    for (const listener of usual) process.on("warning", listener);
  };
}

/** The value of an option that must be known before the others can be explained. */
function early(words: readonly string[], name: string): string | undefined {
  const at = words.findIndex((word) => word === name || word.startsWith(`${name}=`));
  if (at < 0) return undefined;
  return words[at]!.includes("=") ? words[at]!.slice(name.length + 1) : words[at + 1];
}

/** What the words of a call say. */
export interface Said {
  readonly command: CommandRow;
  readonly data: string;
  readonly options: Options;
  /** The arguments behind the first. */
  readonly more: readonly string[];
}

/** Reads the words of a call, which name a command, without doing what they say. Throws EspejoError where they say nothing. */
export async function readWords(
  words: readonly string[],
  surroundings: Surroundings,
): Promise<Said> {
  const { full, command } = withCommand(words, commandNames);
  const context = contextOf(surroundings, "en", false);
  const found: Said[] = [];
  const row = await loadCommand(command ?? full[0]!);
  await parse(full, [row], { valueOf: () => undefined }, context, async (said) => {
    found.push(said);
  });
  return found[0]!;
}

/** Reads words and does what they say; help is printed. */
async function parse(
  words: readonly string[],
  rows: readonly CommandRow[],
  settings: Settings,
  context: Context,
  act: (said: Said) => Promise<void>,
): Promise<void> {
  const program = localiseHelp(new Command("espejo"), context)
    .description(context.text("about"))
    .version(espejoVersion, "-V, --version", context.text("help.version"))
    .helpCommand("help [command]", context.text("help.helpCommand"))
    .addHelpText("after", `\n${context.text("help.more")}`)
    .exitOverride();
  addOptions(program, generalOptions, context);
  for (const row of rows) {
    const command = localiseHelp(program.command(oneWord(row.name)), context)
      .description(context.text(row.about))
      .addHelpText("after", () => helpBelow(row, context))
      .allowExcessArguments()
      .exitOverride();
    const { argument } = row;
    if (argument) {
      const name = argumentName(argument);
      command.argument(name, context.text(argument.about));
    }
    const options = [...row.options, ...generalOptions];
    addOptions(command, options, context);
    command.action(async () => {
      const [data = "", ...more] = argument ? command.args : ["", ...command.args];
      const [extra] = more;
      if (extra !== undefined && !argument?.several)
        throw new EspejoError("argument_extra", { value: extra, usage: usageOf(row) });
      fillIn(command, row, options, settings);
      await act({ command: row, data, options: command.opts(), more });
    });
  }
  try {
    await program.parseAsync([...words], { from: "user" });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return;
    // No command at all.
    if (error.code === "commander.help") {
      context.out(`${context.text("help.first")}\n`);
      program.outputHelp();
      return;
    }
    const row = rows.length === 1 ? rows[0] : undefined;
    const flags = [...(row?.options ?? []), ...generalOptions].map((option) => option.flags);
    throw usageError(error, row, flags);
  }
}

/** An argument as help shows it. */
function argumentName({ name, optional, several }: NonNullable<CommandRow["argument"]>): string {
  const shown = several ? `${name}...` : name;
  return optional ? `[${shown}]` : `<${shown}>`;
}

function addOptions(command: Command, rows: readonly OptionRow[], context: Context): void {
  for (const { flags, about, parse, group, hidden = false } of rows) {
    const option = new Option(flags, context.text(about));
    const name = /--[a-z0-9-]+/.exec(flags)![0];
    if (parse) option.argParser((text: string, before: unknown) => parse(text, name, before));
    if (group) option.helpGroup(context.text(group));
    command.addOption(option.hideHelp(hidden));
  }
}

/** What flags do not say is taken from the settings. */
function fillIn(
  command: Command,
  row: CommandRow,
  options: readonly OptionRow[],
  settings: Settings,
): void {
  for (const option of options) {
    const name = nameOf(option);
    const source = command.getOptionValueSource(name);
    if (source !== undefined && source !== "default") continue;
    // `--no-...` alone would make the positive the default; nothing said is nothing known.
    command.setOptionValueWithSource(name, settings.valueOf(option, row.name), "config");
  }
}

async function fail(
  error: unknown,
  streams: Streams,
  { env, stderr }: Surroundings,
  context: Context,
): Promise<number> {
  await streams.settled();
  // a reader such as head has had enough; another failure is told at the end, of every command alike
  if (streams.owns(error)) return exitCodes.ok;
  if (env.ESPEJO_DEBUG) stderr.write(`${inspect(error)}\n`);
  const { message } = error as Error;
  const known = error instanceof EspejoError;
  const exitCode = known ? error.exitCode : exitCodes.failed;
  context.fail(known ? error : new Error(message ?? String(error)), exitCode);
  return exitCode;
}

/** Where standard output lacks something, that is an error, whatever else the command did. */
async function settle(code: number, streams: Streams, context: Context): Promise<number> {
  await streams.settled();
  const failure = streams.failure();
  if (!failure) return code;
  const worked = code === exitCodes.ok || code === exitCodes.findings;
  const told = worked ? failure.exitCode : code;
  context.fail(failure, told);
  return told;
}
