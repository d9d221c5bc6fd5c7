import { openTable } from "../../data/open.ts";
import type { OutputBatch } from "../../data/write.ts";
import { EspejoError } from "../../errors.ts";
import { type CommandRow, exitCodes } from "../command.ts";
import { addModelOptions, openModel } from "../model-option.ts";
import { readOptions } from "../options.ts";
import { addOutputOptions, writeOutput } from "../output.ts";
import { latentName } from "./encode.ts";
import { rebuiltCells, rebuiltColumns } from "./reconstruct.ts";

export const decodeCommand: CommandRow = {
  name: "decode",
  arguments: "<codes>",
  about: "decode.about",
  options(add) {
    addOutputOptions(add);
    addModelOptions(add);
  },
  async run(data, options, context) {
    const model = await openModel(options, context);
    const numeric = Array.from({ length: model.latentDim }, (_, i) => latentName(i));
    const table = await openTable(data, { ...readOptions(options), features: numeric });
    try {
      const missing = numeric.find((name) => !table.columns.some((c) => c.name === name));
      if (missing !== undefined)
        throw new EspejoError("column_missing", {
          path: data,
          column: missing,
          nearest: table.columns[0]!.name,
        });
      async function* batches(): AsyncGenerator<OutputBatch> {
        for await (const batch of table.batches({ numeric, categories: [] })) {
          const result = await model.decode(Float32Array.from(batch.numeric), batch.rows);
          yield { rows: batch.rows, columns: rebuiltCells(model, batch.rows, result) };
        }
      }
      await writeOutput(options, rebuiltColumns(model), batches());
      return exitCodes.ok;
    } finally {
      await table.dispose();
      await model.dispose();
    }
  },
};
