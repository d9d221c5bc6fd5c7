import { isoDate } from "../../data/dates.ts";
import type { OutputBatch, OutputColumn } from "../../data/write.ts";
import type { Values } from "../../engine/engine.ts";
import type { TableModel } from "../../tasks/table-model.ts";
import { type CommandRow, dataArgument, exitCodes } from "../command.ts";
import { modelOptions, withModelAndTable } from "../model-option.ts";
import { outputOptions, writeOutput } from "../output.ts";
import { columnsOf } from "./encode.ts";

/** The columns that a model rebuilds, in the order of the source. */
export function rebuiltColumns({ metadata }: TableModel): readonly OutputColumn[] {
  return metadata.columns
    .filter(({ input }) => input !== null)
    .map(({ name, type }) => ({ name, type: type === "number" ? "double" : "text" }));
}

/** What a model rebuilt, as those columns; dates as ISO text. */
export function rebuiltCells(
  model: TableModel,
  rows: number,
  result: Values,
): OutputBatch["columns"] {
  const { numericColumns, categoryColumns, metadata } = model;
  const p = numericColumns.length;
  const q = categoryColumns.length;
  const numbers = columnsOf((result.reconstruction?.data ?? []) as Float64Array, rows, p);
  const texts = (result.reconstruction_categories?.data ?? []) as readonly string[];
  return metadata.columns
    .filter(({ input }) => input !== null)
    .map((column) => {
      const j = numericColumns.indexOf(column);
      if (j >= 0) return column.type === "date" ? Array.from(numbers[j]!, isoDate) : numbers[j]!;
      const k = categoryColumns.indexOf(column);
      return Array.from({ length: rows }, (_, i) => texts[i * q + k]!);
    });
}

export const reconstructCommand: CommandRow = {
  name: "reconstruct",
  argument: dataArgument,
  about: "reconstruct.about",
  examples: ["data.csv -m model.onnx -o rebuilt.csv"],
  remark: "help.json",
  options: [...outputOptions, ...modelOptions],
  run: (data, options, context) =>
    withModelAndTable("reconstruct", data, options, context, async (model, table) => {
      async function* batches(): AsyncGenerator<OutputBatch> {
        for await (const batch of model.batches(table)) {
          const result = await model.explain(batch);
          yield { rows: batch.rows, columns: rebuiltCells(model, batch.rows, result) };
        }
      }
      await writeOutput(options, rebuiltColumns(model), batches(), context);
      return exitCodes.ok;
    }),
};
