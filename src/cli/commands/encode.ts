import type { OutputBatch, OutputColumn } from "../../data/write.ts";
import { type CommandRow, dataArgument, exitCodes } from "../command.ts";
import { nameColumn, rowNames } from "../data.ts";
import { modelOptions, withModelAndData } from "../model-option.ts";
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
    withModelAndData("encode", data, options, context, {
      async onTable(model, table) {
        const ids = keysOf(table.columns);
        async function* batches(): AsyncGenerator<OutputBatch> {
          for await (const batch of model.batches(table, ids)) {
            const { latent } = await model.run(["latent"], batch);
            const codes = columnsOf(latent!.data as Float32Array, batch.rows, model.latentDim);
            yield { rows: batch.rows, columns: [...batch.text, ...codes] };
          }
        }
        const columns = [...textColumns(ids), ...latentColumns(model.latentDim)];
        await writeOutput(options, columns, batches(), context);
        return exitCodes.ok;
      },
      async onArrays(model, arrays) {
        async function* batches(): AsyncGenerator<OutputBatch> {
          for await (const { start, rows, x } of model.batches(arrays)) {
            const { latent } = await model.run(["latent"], x, rows);
            const codes = columnsOf(latent!.data as Float32Array, rows, model.latentDim);
            yield { rows, columns: [rowNames(arrays, start, rows), ...codes] };
          }
        }
        const columns = [...textColumns([nameColumn]), ...latentColumns(model.latentDim)];
        await writeOutput(options, columns, batches(), context);
        return exitCodes.ok;
      },
    }),
};

const latentColumns = (size: number): readonly OutputColumn[] =>
  Array.from({ length: size }, (_, i): OutputColumn => ({ name: latentName(i), type: "float" }));
