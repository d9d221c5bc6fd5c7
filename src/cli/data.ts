import { buffer } from "node:stream/consumers";
import type { Address } from "../data/terms/address.ts";
import type { Arrays } from "../data/terms/arrays.ts";
import { itemsOf } from "../data/terms/items.ts";
import { type OpenedData, openData } from "../tasks/opening/open-data.ts";
import { countsOf } from "../tasks/rows/labels.ts";
import type { Context } from "./context.ts";
import { type Interruptions, interruptions } from "./interruptions.ts";
import { type Options, openOptionsOf } from "./options.ts";

/** Data that are opened more than once: standard input, which can be read but once, is held. */
export const openedAgain = async (data: string): Promise<Address> =>
  data === "-" ? await buffer(process.stdin) : data;

/**
 * Opens data for work that a signal may end; where they cannot be opened, nobody listens for one any longer. `own` calls
 * rows what they are.
 */
export async function openStoppably(
  data: string,
  options: Options,
  context: Context,
  address: Address = data,
): Promise<{ readonly opened: OpenedData; readonly stop: Interruptions; readonly own: Context }> {
  const stop = interruptions(context);
  try {
    const found = await openData(address, { ...openOptionsOf(options), ...kindOf(options) });
    // what is held is called as it came
    const opened = address === data ? found : called(found, data);
    return { opened, stop, own: context.about(itemsOf(opened.arrays?.detected)) };
  } catch (error) {
    stop.forget();
    throw error;
  }
}

const called = ({ table, arrays }: OpenedData, path: string): OpenedData =>
  table ? { table: { ...table, path } } : { arrays: { ...arrays, path } };

const kindOf = ({ kind }: Options) => (kind === undefined ? {} : { kind: String(kind) });

/** Says what arrays are, and what was noticed. */
export function sayArrays({ path, rows, detected, notes }: Arrays, context: Context): void {
  const { shape, features } = detected;
  context.say(
    context.text(`arrays.${itemsOf(detected)}`, {
      path,
      rows: context.count(rows),
      sizes: shape.join(" x "),
      features: features ? features.join(", ") : String(shape.at(-1)),
    }),
  );
  for (const note of notes) context.say(`  ${context.words(note)}`);
}

/** What is told of arrays as JSON. */
export const arraysAnswer = (
  { path, rows, detected, notes, labels }: Arrays,
  context: Context,
): object => ({
  path,
  content: detected.content,
  rows,
  detected,
  ...(labels && { classes: Object.fromEntries(countsOf(labels)) }),
  notes: notes.map((note) => context.words(note)),
});

/** What a row is called: its name, or its number from 1. */
export const rowName = ({ names }: Pick<Arrays, "names">, row: number): string =>
  names?.[row] ?? String(row + 1);

/** The column of outputs that tells which image or sequence a row is. */
export const nameColumn = "name";

/** What consecutive rows are called. */
export const rowNames = (arrays: Pick<Arrays, "names">, start: number, rows: number): string[] =>
  Array.from({ length: rows }, (_, i) => rowName(arrays, start + i));
