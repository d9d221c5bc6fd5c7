import type { Arrays } from "../../data/terms/arrays.ts";
import type { Table } from "../../data/terms/table.ts";
import { EspejoError } from "../../errors.ts";
import { type KerasModel, type ReadKerasOptions, readKeras } from "../../keras/read.ts";
import type { Threshold } from "../../metrics/threshold.ts";
import { checkArguments, checkObject } from "../../options.ts";
import { z } from "../../schema.ts";
import { argument } from "../model/arguments.ts";
import type { ArrayModel } from "../model/array-model.ts";
import { readBytes } from "../model/read-bytes.ts";
import type { TableModel } from "../model/table-model.ts";
import type { ImportOptions, Network } from "./import-options.ts";
import { importArrays } from "./imported-arrays.ts";
import { importTable } from "./imported-table.ts";
import { packedFolder } from "./keras-folder.ts";

/** Options of `importKeras`. */
export interface ImportKerasOptions extends ImportOptions, Omit<ReadKerasOptions, "path"> {
  /** The classes of the rows are used: normal ones choose the threshold. */
  readonly labelled?: boolean;
}

/** A Keras network in a model file of Espejo. */
export interface ImportedKeras {
  readonly model: TableModel | ArrayModel;
  /** The file as it was read. */
  readonly keras: KerasModel;
  /** The network, trained on where epochs were asked for. */
  readonly network: Network;
  readonly threshold: Threshold;
  /** How many rows chose it. */
  readonly judges: number;
}

/** Reads a Keras file by its path, or the folder that one was unpacked to. Throws as `readKeras`, and `file_missing`. */
export async function readKerasFile(
  path: string,
  options: Omit<ReadKerasOptions, "path"> = {},
): Promise<KerasModel> {
  checkArguments("readKerasFile", { path: [path, argument.path] });
  const bytes = (await packedFolder(path)) ?? (await readBytes(path));
  return readKeras(bytes, { ...options, path });
}

/**
 * Puts a Keras autoencoder into a model file: rows as Keras took them in; latent, reconstruction, error, score and
 * is_anomaly out. Data name the columns, choose the threshold and, with `epochs`, train the network on. Throws as
 * `readKeras`, `keras_mirror` where it does not give back what it takes, `keras_columns` or `keras_arrays` where the
 * data do not fit.
 */
export async function importKeras(
  path: string,
  data: Table | Arrays | null = null,
  options: ImportKerasOptions = {},
): Promise<ImportedKeras> {
  checkObject("importKeras", options);
  checkArguments("importKeras", {
    data: [data, z.nullable(z.union([argument.table, argument.arrays]))],
  });
  const keras = await readKerasFile(path, {
    ...(options.code !== undefined && { code: options.code }),
    ...(options.inputShape && { inputShape: options.inputShape }),
  });
  return importModel(keras, path, data, options);
}

/** As `importKeras`, of a file that was read already. */
export async function importModel(
  keras: KerasModel,
  path: string,
  data: Table | Arrays | null,
  options: ImportKerasOptions,
): Promise<ImportedKeras> {
  const { inputShape, outputShape } = keras.model;
  const text = (shape: readonly number[]) => shape.join("x");
  if (String(inputShape) !== String(outputShape))
    throw new EspejoError("keras_mirror", {
      ...{ path, input: text(inputShape), output: text(outputShape) },
    });
  const table = data && "columns" in data ? data : null;
  if (inputShape.length === 1) {
    if (data && !table)
      throw new EspejoError("keras_arrays", {
        ...{ path, wanted: text(inputShape), data: data.path },
        content: text((data as Arrays).detected.shape),
      });
    return { keras, ...(await importTable(keras, table, path, options)) };
  }
  if (table)
    throw new EspejoError("keras_arrays", {
      ...{ path, wanted: text(inputShape), data: table.path },
      content: String(table.columns.length),
    });
  return { keras, ...(await importArrays(keras, data as Arrays | null, path, options)) };
}
