import { openTable } from "../data/open.ts";
import type { Table } from "../data/table.ts";
import { EspejoError } from "../errors.ts";
import { TableModel } from "../tasks/table-model.ts";
import type { Context } from "./context.ts";
import {
  type AddOption,
  addEngineOptions,
  addReadOptions,
  engineOptions,
  readOptions,
} from "./options.ts";

/** Options of commands that use a model on data. */
export function addModelOptions(add: AddOption): void {
  add("-m, --model <file>", "option.model");
  addReadOptions(add);
  addEngineOptions(add);
}

/** Loads the model that the options name, and says so when it does not compute what it should. */
export async function openModel(
  options: Readonly<Record<string, unknown>>,
  context: Context,
): Promise<TableModel> {
  if (typeof options.model !== "string")
    throw new EspejoError("option_value", {
      option: "-m",
      expected: "a model file",
      value: "nothing",
    });
  const model = await TableModel.read(options.model, engineOptions(options));
  const note = await model.checkGolden();
  if (note) context.say(`${context.text("warning")}: ${context.note(note)}`);
  return model;
}

/** Opens data for a model: its columns are matched by name, its types and marks taken over. */
export async function openForModel(
  data: string,
  model: TableModel,
  options: Readonly<Record<string, unknown>>,
  context: Context,
): Promise<Table> {
  const { columns, source } = model.metadata;
  const table = await openTable(data, { ...readOptions(options), expect: columns, prior: source });
  for (const note of table.notes) context.say(`${context.text("warning")}: ${context.note(note)}`);
  return table;
}
