import type { Command, Help } from "commander";
import type { CommandRow } from "./command.ts";
import type { Context } from "./context.ts";
import { shownWords } from "./usage.ts";

const titles = {
  "Usage:": "help.usage",
  "Arguments:": "help.arguments",
  "Options:": "help.options",
  "Commands:": "help.commands",
} as const;

/** Gives a command its help in the language of the context. */
export function localiseHelp(command: Command, context: Context): Command {
  const title = (text: string): string => {
    const key = titles[text as keyof typeof titles];
    return context.paint("bold", key ? context.text(key) : text);
  };
  const translated = (text: string): string =>
    text
      .replace("[options]", context.text("help.optionsWord"))
      .replace("[command]", context.text("help.commandWord"));
  return command
    .configureHelp({
      styleTitle: title,
      styleUsage: translated,
      subcommandTerm: (sub: Command): string => {
        const args = sub.registeredArguments.map((argument) =>
          argument.required ? `<${argument.name()}>` : `[${argument.name()}]`,
        );
        return translated([shownWords(sub.name()), ...args].join(" "));
      },
      commandUsage: (own: Command): string =>
        [...(own.parent ? ["espejo"] : []), shownWords(own.name()), own.usage()].join(" "),
    } satisfies Partial<Help>)
    .configureOutput({
      writeOut: (text) => context.out(text.trimEnd()),
      writeErr: () => {},
      // what is painted may stay so
      getOutHasColors: () => true,
    })
    .helpOption("-h, --help", context.text("help.help"));
}

/** What stands below the options of a command. */
export function helpBelow(row: CommandRow, context: Context): string {
  const examples = row.examples.map((words) => `  espejo ${row.name} ${words}`.trimEnd());
  const remark = row.remark ? ["", context.text(row.remark)] : [];
  return ["", context.text("help.examples"), ...examples, ...remark].join("\n");
}
