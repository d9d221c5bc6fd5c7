import { openArrays } from "../data/arrays/open-arrays.ts";
import { openTable } from "../data/tables/open.ts";
import type { Arrays, ArraysOptions } from "../data/terms/arrays.ts";
import { itemsOf } from "../data/terms/items.ts";
import type { Note } from "../data/terms/notes.ts";
import type { OpenOptions, Table } from "../data/terms/table.ts";
import { tellingOf } from "../error-items.ts";
import { EspejoError } from "../errors.ts";
import { ArrayModel } from "../tasks/model/array-model.ts";
import { ModelFile } from "../tasks/model/model-file.ts";
import { TableModel } from "../tasks/model/table-model.ts";
import type { Context } from "./context.ts";
import {
  engineOptions,
  engineSettingsOf,
  type OptionRow,
  type Options,
  openOptionsOf,
  readingOptions,
} from "./options.ts";

/** Options of commands that use a model on data. */
export const modelOptions: readonly OptionRow[] = [
  { flags: "-m, --model <file>", about: "option.model" },
  ...readingOptions,
  ...engineOptions,
];

/** What a command does with a model of either content. */
interface Uses<T> {
  readonly onTable: (model: TableModel) => Promise<T>;
  readonly onArrays: (model: ArrayModel) => Promise<T>;
}

/** Loads the model that the options name, hands it to what its content asks for, and lets it go. */
export async function withModel<T>(
  command: string,
  options: Options,
  context: Context,
  { onTable, onArrays }: Uses<T>,
): Promise<T> {
  if (typeof options.model !== "string") throw new EspejoError("model_unnamed", { command });
  const file = await ModelFile.read(options.model, engineSettingsOf(options));
  const say = (note: Note | null): void => {
    if (note) context.remark(note);
  };
  try {
    if (file.holdsArrays) {
      const model = new ArrayModel(file);
      say(await model.checkGolden());
      return await onArrays(model);
    }
    const model = new TableModel(file);
    say(await model.checkGolden());
    return await onTable(model);
  } finally {
    await file.dispose();
  }
}

/** What a command does with a model and data for it. */
interface DataUses<T> {
  readonly onTable: (model: TableModel, table: Table) => Promise<T>;
  /** The context calls rows what they are. */
  readonly onArrays: (model: ArrayModel, arrays: Arrays, context: Context) => Promise<T>;
  /** Further options of opening that the model asks for. */
  readonly openTableFor?: (model: TableModel) => OpenOptions;
  readonly openArraysFor?: (model: ArrayModel) => ArraysOptions;
}

/**
 * Opens data for the model that the options name: columns of a table are matched by name, types and marks
 * taken over; images and sequences are brought to the sizes of the model.
 */
export function withModelAndData<T>(
  command: string,
  data: string,
  options: Options,
  context: Context,
  { onTable, onArrays, openTableFor, openArraysFor }: DataUses<T>,
): Promise<T> {
  const own = openOptionsOf(options);
  return withModel(command, options, context, {
    async onTable(model) {
      const open = { ...matching(model, own), ...openTableFor?.(model) };
      return using(await openTable(data, open), (table) => onTable(model, table), context);
    },
    async onArrays(model) {
      const open = { ...own, ...openArraysFor?.(model), like: model.metadata.source };
      const told = context.about(itemsOf(model.metadata.source));
      const opened = await openArrays(data, open);
      const work = (arrays: Arrays) => tellingOf(told.items, () => onArrays(model, arrays, told));
      return using(opened, work, told);
    },
  });
}

/** Options of opening a table for a model. */
export const matching = ({ metadata }: TableModel, own: OpenOptions): OpenOptions => ({
  ...own,
  expect: metadata.columns,
  prior: metadata.source,
});

/** Says the notes of a source, uses it, says what its rows have shown, and lets it go. */
export async function using<
  S extends Pick<Table | Arrays, "notes" | "dispose"> & Pick<Arrays, "remarks">,
  T,
>(source: S, work: (source: S) => Promise<T>, context: Context): Promise<T> {
  try {
    for (const note of source.notes) context.remark(note);
    const done = await work(source);
    for (const note of source.remarks?.() ?? []) context.remark(note);
    return done;
  } finally {
    await source.dispose();
  }
}
