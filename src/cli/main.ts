#!/usr/bin/env node
/** The command line: the only place that reads arguments, prints and sets the exit code. */
import { existsSync } from "node:fs";
import { Command, CommanderError } from "commander";
import { nearest } from "../data/nearest.ts";
import { EspejoError } from "../errors.ts";
import { espejoVersion } from "../tasks/version.ts";
import { type CommandRow, exitCodes } from "./command.ts";
import { decodeCommand } from "./commands/decode.ts";
import { doctorCommand } from "./commands/doctor.ts";
import { encodeCommand } from "./commands/encode.ts";
import { evaluateCommand } from "./commands/evaluate.ts";
import { inspectCommand } from "./commands/inspect.ts";
import { reconstructCommand } from "./commands/reconstruct.ts";
import { scoreCommand } from "./commands/score.ts";
import { trainCommand } from "./commands/train.ts";
import { type Context, languageOf, processContext } from "./context.ts";
import { adder } from "./options.ts";

const commands: readonly CommandRow[] = [
  inspectCommand,
  trainCommand,
  scoreCommand,
  encodeCommand,
  decodeCommand,
  reconstructCommand,
  evaluateCommand,
  doctorCommand,
];

/** The value of an option that must be known before the others can be explained. */
function early(argv: readonly string[], name: string): string | undefined {
  const at = argv.findIndex((word) => word === name || word.startsWith(`${name}=`));
  if (at < 0) return undefined;
  return argv[at]!.includes("=") ? argv[at]!.slice(name.length + 1) : argv[at + 1];
}

async function main(argv: readonly string[]): Promise<number> {
  const context = processContext(
    languageOf(early(argv, "--lang"), process.env),
    argv.includes("--json"),
  );
  try {
    return await dispatch(withVerb(argv, context), context);
  } catch (error) {
    return fail(error, context);
  }
}

/** A first word that is a file is inspected; one that is neither file nor command is a misspelt command. */
function withVerb(argv: readonly string[], context: Context): readonly string[] {
  const [first] = argv;
  if (first === undefined || first.startsWith("-") || first === "help") return argv;
  if (commands.some(({ name }) => name === first)) return argv;
  if (existsSync(first) || first === "-") return ["inspect", ...argv];
  const known =
    nearest(
      first,
      commands.map(({ name }) => name),
    ) ?? "help";
  throw new CommanderError(
    exitCodes.usage,
    "espejo.command",
    context.text("usage.command", { name: first, nearest: known }),
  );
}

async function dispatch(argv: readonly string[], context: Context): Promise<number> {
  let code: number = exitCodes.ok;
  const program = new Command("espejo")
    .description(context.text("about"))
    .version(espejoVersion)
    .exitOverride()
    .configureOutput({ writeOut: (t) => context.out(t.trimEnd()), writeErr: () => {} })
    .showSuggestionAfterError(true);
  for (const row of commands) {
    const command = program
      .command(`${row.name} ${row.arguments}`.trim())
      .description(context.text(row.about))
      .exitOverride()
      .configureOutput({ writeOut: (t) => context.out(t.trimEnd()), writeErr: () => {} });
    const add = adder(command, context);
    row.options(add);
    add("--json", "option.json");
    add("--lang <code>", "option.lang");
    command.action(async (...given: unknown[]) => {
      const [data, options] = row.arguments === "" ? ["", given[0]] : [given[0], given[1]];
      code = await row.run(data as string, options as Record<string, unknown>, context);
    });
  }
  if (argv.length === 0) {
    context.out(program.helpInformation().trimEnd());
    return exitCodes.ok;
  }
  await program.parseAsync([...argv], { from: "user" });
  return code;
}

/** Says what went wrong, and gives the exit code for it. */
function fail(error: unknown, context: Context): number {
  if (error instanceof CommanderError) {
    if (error.exitCode === 0) return exitCodes.ok;
    context.say(
      error.message.startsWith("error")
        ? error.message
        : `${context.text("error")}: ${error.message}`,
    );
    return exitCodes.usage;
  }
  if (process.env.ESPEJO_DEBUG) console.error(error);
  if (error instanceof EspejoError) {
    context.say(`${context.text("error")}: ${context.error(error)}`);
    return error.exitCode;
  }
  const message = (error as Error).message ?? String(error);
  if (error instanceof RangeError || error instanceof TypeError) {
    context.say(`${context.text("error")}: ${message}`);
    return exitCodes.usage;
  }
  context.say(`${context.text("error")}: ${context.text("usage.unexpected", { message })}`);
  return exitCodes.failed;
}

process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  // a reader such as head has had enough
  if (error.code === "EPIPE") process.exit(exitCodes.ok);
  throw error;
});
process.exitCode = await main(process.argv.slice(2));
