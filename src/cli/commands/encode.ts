import type { Arrays } from "../../data/terms/arrays.ts";
import type { OutputBatch, OutputColumn } from "../../data/terms/output.ts";
import type { Table } from "../../data/terms/table.ts";
import { EspejoError } from "../../errors.ts";
import type { ArrayModel } from "../../tasks/model/array-model.ts";
import type { TableModel } from "../../tasks/model/table-model.ts";
import { preparedComponents } from "../../tasks/reduce/prepared-components.ts";
import { namingColumns } from "../../tasks/rows/row-names.ts";
import { type CommandRow, dataArgument, exitCodes } from "../command.ts";
import type { Context } from "../context.ts";
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

/** Columns of text, as they go out. */
export const textColumns = (names: readonly string[]): OutputColumn[] =>
  names.map((name) => ({ name, type: "text" }));

/** Consecutive rows as codes, with the text that tells which they are. */
export interface CodeBatch {
  readonly rows: number;
  readonly text: readonly (readonly string[])[];
  readonly codes: Float32Array;
}

/** The codes of the rows of a table, beside some of its columns as written. */
export async function* tableCodes(
  model: TableModel,
  table: Table,
  names: readonly string[],
): AsyncGenerator<CodeBatch> {
  for await (const batch of model.batches(table, names)) {
    const { latent } = await model.run(["latent"], batch);
    yield { rows: batch.rows, text: batch.text, codes: latent!.data as Float32Array };
  }
}

/** The same with the first two principal components of the prepared columns beside the codes. */
async function* codesBesidePca(
  model: TableModel,
  table: Table,
  names: readonly string[],
): AsyncGenerator<OutputBatch> {
  const pca = await preparedComponents(model, table);
  for await (const batch of model.batches(table, names)) {
    const { rows, text } = batch;
    const { latent, prepared } = await model.run(["latent", "prepared"], batch);
    const codes = columnsOf(latent!.data as Float32Array, rows, model.latentDim);
    const plane = pca.of(prepared!.data as Float32Array, rows);
    yield { rows, columns: [...text, ...codes, ...plane] };
  }
}

/** The codes of images or sequences, beside what each is called. */
export async function* arrayCodes(model: ArrayModel, arrays: Arrays): AsyncGenerator<CodeBatch> {
  for await (const { start, rows, x } of model.batches(arrays)) {
    const { latent } = await model.run(["latent"], x, rows);
    yield { rows, text: [rowNames(arrays, start, rows)], codes: latent!.data as Float32Array };
  }
}

/** Codes as columns of an output, after those of text. */
export async function* codeColumns(
  batches: AsyncIterable<CodeBatch>,
  latentDim: number,
): AsyncGenerator<OutputBatch> {
  for await (const { rows, text, codes } of batches)
    yield { rows, columns: [...text, ...columnsOf(codes, rows, latentDim)] };
}

export const encodeCommand: CommandRow = {
  name: "encode",
  argument: dataArgument,
  about: "encode.about",
  examples: ["data.csv -m model.onnx -o codes.csv", "data.csv -m model.onnx --json"],
  remark: "help.json",
  options: [...outputOptions, { flags: "--pca", about: "option.besidePca" }, ...modelOptions],
  run: (data, options, context) => {
    const write = async (
      names: readonly string[],
      batches: AsyncIterable<CodeBatch>,
      latentDim: number,
      own: Context = context,
    ): Promise<number> => {
      const columns = [...textColumns(names), ...latentColumns(latentDim)];
      await writeOutput(options, columns, codeColumns(batches, latentDim), own);
      return exitCodes.ok;
    };
    const writeBesidePca = async (
      model: TableModel,
      table: Table,
      names: readonly string[],
    ): Promise<number> => {
      const columns = [...textColumns(names), ...latentColumns(model.latentDim), ...pcaColumns];
      await writeOutput(options, columns, codesBesidePca(model, table, names), context);
      return exitCodes.ok;
    };
    return withModelAndData("encode", data, options, context, {
      onTable(model, table) {
        const ids = namingColumns(table.columns);
        if (options.pca) return writeBesidePca(model, table, ids);
        return write(ids, tableCodes(model, table, ids), model.latentDim);
      },
      onArrays: (model, arrays, own) => {
        if (options.pca)
          throw new EspejoError("model_content", {
            ...{ path: String(options.model), content: model.metadata.source.content },
          });
        return write([nameColumn], arrayCodes(model, arrays), model.latentDim, own);
      },
    });
  },
};

const pcaColumns = ["pca_1", "pca_2"].map((name): OutputColumn => ({ name, type: "float" }));

/** The columns of codes. */
export const latentColumns = (size: number): readonly OutputColumn[] =>
  Array.from({ length: size }, (_, i): OutputColumn => ({ name: latentName(i), type: "float" }));
