import { doubtsOf, isOpen } from "../data/columns/doubts.ts";
import type { Doubt } from "../data/terms/doubts.ts";
import type { Table } from "../data/terms/table.ts";
import { alikeOf, alikeText } from "./alike.ts";
import { choiceText } from "./choice-text.ts";
import type { Context } from "./context.ts";
import { type Options, openOptionsOf } from "./options.ts";

/** What was guessed of a table that a command opened with options, in the language of its context. */
export const tableDoubts = (
  { notes, columns }: Table,
  options: Options,
  { language }: Context,
): readonly Doubt[] =>
  doubtsOf(
    notes,
    columns.map(({ name }) => name),
    openOptionsOf(options),
    language,
  );

/** Says the doubts that something could correct, each with what settles it; gives the notes that are left to say. */
export function sayDoubts(table: Table, options: Options, context: Context): Table["notes"] {
  const doubts = tableDoubts(table, options, context);
  const open = doubts.filter(isOpen);
  if (open.length === 0) return table.notes;
  const { path } = table;
  context.say(context.text("doubts.head", { path, n: context.count(open.length) }));
  for (const [{ text, options: choices }, ...others] of alikeOf(open, (doubt) => doubt)) {
    context.say(`  ${text}`);
    const alike = others.map(({ column }) => column);
    if (alike.length > 0) context.say(`    ${alikeText(alike, context)}`);
    for (const choice of choices) {
      const { now, reads } = choice;
      const told = now ? "doubts.so" : "doubts.otherwise";
      const as = reads === undefined ? "" : context.text("doubts.reads", { value: reads });
      context.say(`    ${context.text(told, { option: choiceText(choice) })}${as}`);
    }
  }
  const said = new Set(open.map(({ parameters }) => parameters));
  return table.notes.filter(({ parameters }) => !said.has(parameters));
}

/** Doubts for machines: what settles each, by its name on the command line. */
export const doubtsAnswer = (doubts: readonly Doubt[]): readonly object[] =>
  doubts.map(({ text, options, ...doubt }) => ({
    ...doubt,
    message: text,
    options: options.map(({ set: _, ...choice }) => choice),
  }));
