import { openTable } from "../../data/tables/open.ts";
import { missingColumn } from "../../data/terms/find.ts";
import { itemsOf } from "../../data/terms/items.ts";
import type { OutputBatch, OutputColumn } from "../../data/terms/output.ts";
import { cellsOf } from "../../graph/index.ts";
import { type CommandRow, exitCodes } from "../command.ts";
import type { Context } from "../context.ts";
import { modelOptions, using, withModel } from "../model-option.ts";
import { type Options, openOptionsOf } from "../options.ts";
import { outputOptions, writeOutput } from "../output.ts";
import { columnsOf, latentName } from "./encode.ts";
import { cellColumns, rebuiltCells, rebuiltColumns } from "./reconstruct.ts";

export const decodeCommand: CommandRow = {
  name: "decode",
  argument: { name: "codes", about: "argument.codes" },
  about: "decode.about",
  examples: ["codes.csv -m model.onnx -o rows.csv"],
  remark: "help.json",
  options: [...outputOptions, ...modelOptions],
  run: (data, options, context) => {
    const write = (
      latentDim: number,
      columns: readonly OutputColumn[],
      rebuild: Rebuild,
      own: Context = context,
    ) =>
      withCodes(data, latentDim, options, own, async (batches) => {
        async function* outputs(): AsyncGenerator<OutputBatch> {
          for await (const { codes, rows } of batches)
            yield { rows, columns: await rebuild(codes, rows) };
        }
        await writeOutput(options, columns, outputs(), own);
        return exitCodes.ok;
      });
    return withModel("decode", options, context, {
      onTable: (model) =>
        write(model.latentDim, rebuiltColumns(model), async (codes, rows) =>
          rebuiltCells(model, rows, await model.decode(codes, rows)),
        ),
      onArrays: (model) =>
        write(
          model.latentDim,
          cellColumns(model.shape, model.precision === "float32"),
          async (codes, rows) =>
            columnsOf(await model.decode(codes, rows), rows, cellsOf(model.shape)),
          context.about(itemsOf(model.metadata.source)),
        ),
    });
  },
};

type Rebuild = (codes: Float32Array, rows: number) => Promise<OutputBatch["columns"]>;
interface CodeBatch {
  readonly codes: Float32Array;
  readonly rows: number;
}

/** Opens a table of codes, as `encode` writes them. */
async function withCodes<T>(
  data: string,
  latentDim: number,
  options: Options,
  context: Context,
  work: (batches: AsyncIterable<CodeBatch>) => Promise<T>,
): Promise<T> {
  const numeric = Array.from({ length: latentDim }, (_, i) => latentName(i));
  const table = await openTable(data, openOptionsOf(options));
  const decoded = async (): Promise<T> => {
    const missing = numeric.find((name) => !table.columns.some((c) => c.name === name));
    if (missing !== undefined)
      throw missingColumn(
        table.path,
        missing,
        table.columns.map(({ name }) => name),
        numeric,
      );
    async function* batches(): AsyncGenerator<CodeBatch> {
      for await (const { numeric: cells, rows } of table.batches({ numeric, categories: [] }))
        yield { codes: Float32Array.from(cells), rows };
    }
    return work(batches());
  };
  // what else the table has is not used
  const notes = table.notes.filter(({ parameters }) => numeric.includes(String(parameters.column)));
  return using({ ...table, notes }, decoded, context);
}
