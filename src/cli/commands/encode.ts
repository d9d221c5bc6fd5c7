import type { OutputBatch, OutputColumn } from "../../data/write.ts";
import { type CommandRow, dataArgument, exitCodes } from "../command.ts";
import { modelOptions, withModelAndTable } from "../model-option.ts";
import { outputOptions, writeOutput } from "../output.ts";

/** Columns of a row-major matrix. */
export function columnsOf(data: ArrayLike<number>, rows: number, width: number): Float64Array[] {
  return Array.from({ length: width }, (_, j) =>
    Float64Array.from({ length: rows }, (_, i) => data[i * width + j]!),
  );
}

/** The name of a latent variable, from 1. */
export const latentName = (i: number): string => `latent_${i + 1}`;

/** The columns that tell which row is which. */
export const keysOf = (columns: readonly { name: string; role: string }[]): string[] =>
  columns.filter(({ role }) => role === "id" || role === "time").map(({ name }) => name);

/** Columns of text, as they go out. */
export const textColumns = (names: readonly string[]): OutputColumn[] =>
  names.map((name) => ({ name, type: "text" }));

export const encodeCommand: CommandRow = {
  name: "encode",
  argument: dataArgument,
  about: "encode.about",
  examples: ["data.csv -m model.onnx -o codes.csv", "data.csv -m model.onnx --json"],
  remark: "help.json",
  options: [...outputOptions, ...modelOptions],
  run: (data, options, context) =>
    withModelAndTable("encode", data, options, context, async (model, table) => {
      const ids = keysOf(table.columns);
      const width = model.latentDim;
      const columns: OutputColumn[] = [
        ...textColumns(ids),
        ...Array.from(
          { length: width },
          (_, i): OutputColumn => ({ name: latentName(i), type: "float" }),
        ),
      ];
      async function* batches(): AsyncGenerator<OutputBatch> {
        for await (const batch of model.batches(table, ids)) {
          const { latent } = await model.run(["latent"], batch);
          const codes = columnsOf(latent!.data as Float32Array, batch.rows, width);
          yield { rows: batch.rows, columns: [...batch.text, ...codes] };
        }
      }
      await writeOutput(options, columns, batches(), context);
      return exitCodes.ok;
    }),
};
