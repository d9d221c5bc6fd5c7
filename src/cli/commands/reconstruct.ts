import { columnDates } from "../../data/cells/written-dates.ts";
import { inOwnUnits, pictureType } from "../../data/pixels/image-range.ts";
import type { Arrays, ArraysDetected, Cells } from "../../data/terms/arrays.ts";
import type { OutputBatch, OutputColumn } from "../../data/terms/output.ts";
import { arrayOutputFormat, writeArrays } from "../../data/write/write-arrays.ts";
import { type PictureType, writeImages } from "../../data/write/write-images.ts";
import type { Values } from "../../engine/engine.ts";
import { cellsOf } from "../../graph/index.ts";
import type { ArrayModel } from "../../tasks/model/array-model.ts";
import type { TableModel } from "../../tasks/model/table-model.ts";
import { type CommandRow, dataArgument, exitCodes } from "../command.ts";
import { nameColumn, rowNames } from "../data.ts";
import { modelOptions, withModelAndData } from "../model-option.ts";
import { outputOptions, savedLine, writeOutput } from "../output.ts";
import { columnsOf, textColumns } from "./encode.ts";

/** The columns that a model rebuilds, in the order of the source. */
export function rebuiltColumns({ metadata }: TableModel): readonly OutputColumn[] {
  return metadata.columns
    .filter(({ input }) => input !== null)
    .map(({ name, type }) => ({ name, type: type === "number" ? "double" : "text" }));
}

/** What a model rebuilt, as those columns; dates as text. */
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
      if (j >= 0 && column.type !== "date") return numbers[j]!;
      if (j >= 0) return Array.from(numbers[j]!, columnDates(metadata.source, column.name));
      const k = categoryColumns.indexOf(column);
      return Array.from({ length: rows }, (_, i) => texts[i * q + k]!);
    });
}

export const reconstructCommand: CommandRow = {
  name: "reconstruct",
  argument: dataArgument,
  about: "reconstruct.about",
  examples: ["data.csv -m model.onnx -o rebuilt.csv", "images/ -m model.onnx -o rebuilt/"],
  remark: "help.json",
  options: [...outputOptions, ...modelOptions],
  run: (data, options, context) =>
    withModelAndData("reconstruct", data, options, context, {
      async onTable(model, table) {
        async function* batches(): AsyncGenerator<OutputBatch> {
          for await (const batch of model.batches(table)) {
            const result = await model.explain(batch);
            yield { rows: batch.rows, columns: rebuiltCells(model, batch.rows, result) };
          }
        }
        await writeOutput(options, rebuiltColumns(model), batches(), context);
        return exitCodes.ok;
      },
      async onArrays(model, arrays, own) {
        const { rows, names } = arrays;
        const { shape } = model;
        const rebuilt = rebuiltArrays(model, arrays);
        const { content } = model.metadata.source;
        const { range } = arrays.detected;
        const output = options.output as string | undefined;
        const format = output === undefined ? undefined : arrayOutputFormat(output);
        if (output !== undefined && (format || (content === "images" && namesFolder(output)))) {
          const type = content === "images" ? pictureType(range) : model.precision;
          const batches = inUnitsOf(rebuilt, range);
          const count = format
            ? await writeArrays(output, format, { ...arrays, shape, type, batches })
            : await writeImages(output, {
                ...{ rows, names, shape, batches, type: type as PictureType },
              });
          if (own.json) own.answer({ output, count });
          else if (format) own.say(savedLine(output, count, own));
          return exitCodes.ok;
        }
        async function* batches(): AsyncGenerator<OutputBatch> {
          for await (const { start, rows, x } of rebuilt)
            yield {
              rows,
              columns: [rowNames(arrays, start, rows), ...columnsOf(x, rows, cellsOf(shape))],
            };
        }
        const columns = [
          ...textColumns([nameColumn]),
          ...cellColumns(shape, model.precision === "float32"),
        ];
        await writeOutput(options, columns, batches(), own);
        return exitCodes.ok;
      },
    }),
};

/** The columns of an image or a sequence laid out flat; `single`: of single precision. */
export const cellColumns = (shape: readonly number[], single: boolean): readonly OutputColumn[] =>
  Array.from({ length: cellsOf(shape) }, (_, i) => ({
    name: `cell_${i + 1}`,
    type: single ? "float" : "double",
  }));

/** A name without an ending is that of a folder. */
export const namesFolder = (output: unknown): output is string =>
  typeof output === "string" && output !== "-" && !/\.\w+$/.test(output);

/** Batches of images with the values of the files that they came from. */
export async function* inUnitsOf(
  batches: AsyncIterable<{ readonly rows: number; readonly x: Cells }>,
  range: ArraysDetected["range"],
) {
  for await (const { rows, x } of batches) yield { rows, x: inOwnUnits(x, range) };
}

async function* rebuiltArrays(model: ArrayModel, arrays: Arrays) {
  for await (const { start, rows, x } of model.batches(arrays)) {
    const { reconstruction } = await model.run(["reconstruction"], x, rows);
    yield { start, rows, x: reconstruction!.data as Cells };
  }
}
