import { openTable } from "../data/open.ts";
import type { OpenOptions, Table } from "../data/table.ts";
import { EspejoError } from "../errors.ts";
import { TableModel } from "../tasks/table-model.ts";
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

/** Loads the model that the options name, gives it to `use`, and lets it go. */
export async function withModel<T>(
  command: string,
  options: Options,
  context: Context,
  use: (model: TableModel) => Promise<T>,
): Promise<T> {
  if (typeof options.model !== "string") throw new EspejoError("model_unnamed", { command });
  const model = await TableModel.read(options.model, engineSettingsOf(options));
  try {
    const note = await model.checkGolden();
    if (note) context.remark(note);
    return await use(model);
  } finally {
    await model.dispose();
  }
}

/** Opens data for the model that the options name: columns are matched by name, types and marks taken over. */
export function withModelAndTable<T>(
  command: string,
  data: string,
  options: Options,
  context: Context,
  use: (model: TableModel, table: Table) => Promise<T>,
  more: (model: TableModel) => OpenOptions = () => ({}),
): Promise<T> {
  return withModel(command, options, context, async (model) => {
    const { columns, source } = model.metadata;
    const open = { ...openOptionsOf(options), ...more(model), expect: columns, prior: source };
    const table = await openTable(data, open);
    try {
      for (const note of table.notes) context.remark(note);
      return await use(model, table);
    } finally {
      await table.dispose();
    }
  });
}
