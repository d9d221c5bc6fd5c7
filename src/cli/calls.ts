import type { Invocation, InvocationOptions } from "../invocation/invocation.ts";
import { shellOf } from "../invocation/shell.ts";
import type { RunCommand } from "../tasks/runs/run-config.ts";
import type { Context } from "./context.ts";
import { isSwitch, nameOf, type OptionRow, type Options, readingOptions } from "./options.ts";

/** The options of a call that were given and that another call has too, in the order of help. */
export const alsoGiven = (options: Options, rows: readonly OptionRow[]): InvocationOptions =>
  Object.fromEntries(
    rows.flatMap((row) => {
      const name = nameOf(row);
      const value = options[name];
      const negative = row.flags.includes("--no-");
      const says = isSwitch(row) ? value === !negative : value !== undefined;
      return says ? [[name, value]] : [];
    }),
  );

/** Scores of the data of a call, read as they were there, by a model that was saved; of time stamps where that call had them. */
export const scoring = (data: string, given: Options, model: string): Invocation => ({
  verb: "score",
  data,
  options: {
    ...alsoGiven(given, readingOptions),
    ...(given.perStamp === true && { perStamp: true }),
    ...{ model, output: "scores.csv" },
  },
});

/** Says which call may come next; none where the data came from standard input. */
export function sayNext(context: Context, invocation: Invocation): void {
  if (invocation.data === "-") return;
  context.say(context.text("next.line", { command: shellOf(invocation) }));
}

/** Says how a run that was interrupted goes on. */
export function sayResumable(verb: RunCommand, folder: string, context: Context): void {
  const command = shellOf({ verb, data: null, options: { resume: folder } });
  context.say(context.text("stopped.resume", { command }));
}
