import { openTable } from "../../data/open.ts";
import type { OutputBatch } from "../../data/write.ts";
import { EspejoError } from "../../errors.ts";
import { type CommandRow, exitCodes } from "../command.ts";
import { modelOptions, withModel } from "../model-option.ts";
import { openOptionsOf } from "../options.ts";
import { outputOptions, writeOutput } from "../output.ts";
import { latentName } from "./encode.ts";
import { rebuiltCells, rebuiltColumns } from "./reconstruct.ts";

export const decodeCommand: CommandRow = {
  name: "decode",
  argument: { name: "codes", about: "argument.codes" },
  about: "decode.about",
  examples: ["codes.csv -m model.onnx -o rows.csv"],
  remark: "help.json",
  options: [...outputOptions, ...modelOptions],
  run: (data, options, context) =>
    withModel("decode", options, context, async (model) => {
      const numeric = Array.from({ length: model.latentDim }, (_, i) => latentName(i));
      const table = await openTable(data, openOptionsOf(options));
      try {
        const missing = numeric.find((name) => !table.columns.some((c) => c.name === name));
        if (missing !== undefined)
          throw new EspejoError("column_missing", {
            path: table.path,
            column: missing,
            nearest: table.columns[0]!.name,
          });
        async function* batches(): AsyncGenerator<OutputBatch> {
          for await (const batch of table.batches({ numeric, categories: [] })) {
            const result = await model.decode(Float32Array.from(batch.numeric), batch.rows);
            yield { rows: batch.rows, columns: rebuiltCells(model, batch.rows, result) };
          }
        }
        await writeOutput(options, rebuiltColumns(model), batches(), context);
        return exitCodes.ok;
      } finally {
        await table.dispose();
      }
    }),
};
