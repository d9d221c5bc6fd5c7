import type { OutputBatch, OutputColumn } from "../../data/write.ts";
import { type CommandRow, exitCodes } from "../command.ts";
import { addModelOptions, openForModel, openModel } from "../model-option.ts";
import { addOutputOptions, writeOutput } from "../output.ts";

/** Columns of a row-major matrix. */
export function columnsOf(data: ArrayLike<number>, rows: number, width: number): Float64Array[] {
  return Array.from({ length: width }, (_, j) =>
    Float64Array.from({ length: rows }, (_, i) => data[i * width + j]!),
  );
}

/** The name of a latent variable, from 1. */
export const latentName = (i: number): string => `latent_${i + 1}`;

export const encodeCommand: CommandRow = {
  name: "encode",
  arguments: "<data>",
  about: "encode.about",
  options(add) {
    addOutputOptions(add);
    addModelOptions(add);
  },
  async run(data, options, context) {
    const model = await openModel(options, context);
    const table = await openForModel(data, model, options, context);
    try {
      const ids = table.columns
        .filter(({ role }) => role === "id" || role === "time")
        .map(({ name }) => name);
      const width = model.latentDim;
      const columns: OutputColumn[] = [
        ...ids.map((name) => ({ name, type: "text" as const })),
        ...Array.from({ length: width }, (_, i) => ({
          name: latentName(i),
          type: "float" as const,
        })),
      ];
      async function* batches(): AsyncGenerator<OutputBatch> {
        for await (const batch of model.batches(table, ids)) {
          const { latent } = await model.run(["latent"], batch);
          const codes = columnsOf(latent!.data as Float32Array, batch.rows, width);
          yield { rows: batch.rows, columns: [...batch.text, ...codes] };
        }
      }
      await writeOutput(options, columns, batches());
      return exitCodes.ok;
    } finally {
      await table.dispose();
      await model.dispose();
    }
  },
};
