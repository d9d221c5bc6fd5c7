import { EspejoError, isMistake } from "../errors.ts";
import { cellsOf } from "../graph/index.ts";
import { layered } from "../models/layered.ts";
import { sparse } from "../models/sparse.ts";
import { parameterCount } from "../models/summary.ts";
import type { Dense, Layer, LossName, Model } from "../nn/index.ts";
import { outputShapeOf, weightsOf } from "../nn/index.ts";
import { checkArgument, checkOptions, optionParts } from "../options.ts";
import { z } from "../schema.ts";
import type { Vectors } from "../training/state.ts";
import { readArchive } from "./archive.ts";
import { type Chain, type ChainLayer, chainOf } from "./chain.ts";
import { encoderStages, type Stage } from "./halves.ts";
import { type Hdf5, readHdf5 } from "./hdf5.ts";
import type { WeightPlace } from "./layers/row.ts";
import { readLayer } from "./layers.ts";
import type { LeftOut } from "./settings.ts";
import { lossOf, trainingSettings } from "./training.ts";
import { type Wanted, weightsIn } from "./weights.ts";

/** Options of reading a Keras file. */
export interface ReadKerasOptions {
  /** As a person named the file, for messages. */
  readonly path?: string;
  /** The layer whose output is the code; by default the narrowest one. */
  readonly code?: string;
  /** Sizes of one row, where the file leaves some open; or an image's, whose cells the network takes side by side. */
  readonly inputShape?: readonly number[];
}

const readOptions: z.ZodMiniObject = z.object({
  path: z.exactOptional(z.string()),
  code: z.exactOptional(z.string()),
  inputShape: z.exactOptional(optionParts.shape),
});
const fileBytes = z.custom<unknown>(
  (bytes) => ArrayBuffer.isView(bytes),
  "the bytes of a file, as a Uint8Array",
);

/** A network out of a Keras file. */
export interface KerasModel {
  /** To fit further: `fit(model, x, { initial: parameters })`. */
  readonly model: Model;
  /** Its weights by our names. */
  readonly parameters: Vectors;
  /** The name in the file of the layer whose output is the code; null where that is the input. */
  readonly code: string | null;
  /** The loss that it was compiled with, where it was and Espejo has it. */
  readonly loss: LossName | undefined;
  /** What acts only while training and was not taken over. */
  readonly leftOut: readonly LeftOut[];
  /** The Keras version that wrote the file, where it says so. */
  readonly version: string | null;
}

/** Weights of one network: 2 GiB of float32. */
const mostParameters = 2 ** 29;

interface Opened {
  readonly config: unknown;
  readonly compiled: unknown;
  readonly version: string | null;
}

/**
 * Reads the bytes of a Keras model, `.keras` or whole `.h5`: a Sequential or Functional network whose layers
 * follow each other, models inside it opened. Rows are as Keras takes them: [columns], [time, features],
 * [height, width, channels]. Throws `keras_file`, `keras_class`, `keras_graph`, `keras_unbuilt`, `keras_input`,
 * `keras_layer`, `keras_setting`, `keras_shape`, `keras_code` and `keras_weights`, each with the place. Nothing
 * of the file is executed.
 */
export async function readKeras(
  bytes: Uint8Array,
  options: ReadKerasOptions = {},
): Promise<KerasModel> {
  checkOptions("readKeras", readOptions, options);
  checkArgument("readKeras: the file", fileBytes, bytes);
  const { path = "model" } = options;
  const zipped = bytes[0] === 0x50 && bytes[1] === 0x4b;
  return refusing(path, async () => {
    if (!zipped) return readHdf5(bytes, (file) => networkFrom(openLegacy(file), file, options));
    const { config, version, weights } = readArchive(bytes);
    const { compile_config: compiled = null } = Object(config) as { compile_config?: unknown };
    return readHdf5(weights, (file) => networkFrom({ config, compiled, version }, file, options));
  });
}

/** A whole model in an HDF5 file. */
function openLegacy(file: Hdf5): Opened {
  const json = (name: string): unknown => {
    const [text] = file.texts("", name);
    return text === undefined ? null : JSON.parse(text);
  };
  const config = json("model_config");
  if (!config) throw new Error("it holds weights without a network: save the whole model");
  const [version = null] = file.texts("", "keras_version");
  return { config, compiled: json("training_config"), version };
}

/** What the libraries throw at damaged bytes becomes an error of the catalogue. */
async function refusing<T>(path: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof EspejoError && !isMistake(error)) throw error;
    throw new EspejoError("keras_file", { path, reason: (error as Error).message });
  }
}

/** A layer of the file with ours that stand for it. */
interface Leaf extends Stage {
  readonly from: ChainLayer;
  /** The shape of the rows that it gets. */
  readonly input: readonly number[];
  readonly weights: readonly WeightPlace[];
}

function networkFrom(
  { config, compiled, version }: Opened,
  file: Hdf5,
  options: ReadKerasOptions,
): KerasModel {
  const { path = "model", code } = options;
  const chain = chainOf(config, path);
  const inputShape = rowShape(chain, path, options.inputShape);
  const leaves = leavesOf(chain, inputShape);
  const end = encoderStages(leaves, inputShape, {
    ...{ first: chain.first, path },
    ...(code !== undefined && { code }),
  });
  const codeName = leaves[end - 1]?.name ?? null;
  const { penalties, sparsity, leftOut } = trainingSettings(chain.layers, codeName);

  const encoder = leaves.slice(0, end).flatMap(({ layers }) => layers);
  const last = encoder.at(-1);
  const flat = (leaves[end - 1]?.shape ?? inputShape).length === 1;
  const dense: Dense | null = flat && last?.layer === "dense" ? last : null;
  const outer = options.inputShape ?? inputShape;
  const before: readonly Layer[] = outer.length === inputShape.length ? [] : [{ layer: "flatten" }];
  const after = before.length > 0 ? backTo(outer, leaves.at(-1)!.shape) : [];
  const plain = layered({
    input: outer,
    encoder: [...before, ...(dense ? encoder.slice(0, -1) : encoder)],
    ...(dense && { code: dense }),
    decoder: [...leaves.slice(end).flatMap(({ layers }) => layers), ...after],
    ...penalties,
  });
  const model = sparsity === null ? plain : sparse(plain, { penalty: "l1", weight: sparsity });
  // a code of several axes is laid out flat, so that the decoder begins with a reshape
  const wanted = parameterCount(model);
  if (!(wanted <= mostParameters))
    throw new Error(`its network has ${wanted} weights, at most ${mostParameters} are read`);
  const names = parameterNames(leaves, end, { encoder: before.length, decoder: flat ? 0 : 1 });
  const values = weightsIn(
    file,
    names.map(({ wanted }) => wanted),
  );
  const given = Object.fromEntries(names.map(({ name }, i) => [name, values[i]!]));
  return {
    ...{ model, code: codeName, loss: lossOf(compiled), leftOut, version },
    parameters: { ...untouched(model), ...given },
  };
}

/** Sizes of a row: those of the file, with what it leaves open as told. */
function rowShape(
  { inputShape }: Chain,
  path: string,
  told: readonly number[] | undefined,
): readonly number[] {
  const closed = inputShape.every((size) => size !== null);
  if (told && closed && inputShape.length === 1 && cellsOf(told) === inputShape[0])
    return inputShape as readonly number[];
  const fits = told?.length === inputShape.length;
  const shape = inputShape.map((size, axis) => size ?? (fits ? told[axis]! : null));
  const text = (sizes: readonly (number | null)[]) => sizes.map((n) => n ?? "?").join("x");
  if (shape.some((size) => size === null))
    throw new EspejoError("keras_input", { path, shape: text(inputShape) });
  const agrees = !told || (fits && told.every((size, axis) => size === shape[axis]));
  if (!agrees)
    throw new EspejoError("keras_rows", { path, shape: text(inputShape), told: text(told) });
  return shape as readonly number[];
}

function leavesOf({ layers }: Chain, inputShape: readonly number[]): readonly Leaf[] {
  const leaves: Leaf[] = [];
  let shape = inputShape;
  for (const from of layers) {
    const { place } = from.settings;
    try {
      const { layers: own, weights } = readLayer(from.className, from.settings, shape);
      const after = own.reduce((size, layer) => outputShapeOf(layer, size), shape);
      leaves.push({
        ...{ from, name: place.name, layers: own, weights },
        input: shape,
        shape: after,
      });
      shape = after;
    } catch (error) {
      if (!isMistake(error)) throw error;
      const { path, position, name, className } = place;
      const reason = error.message;
      throw new EspejoError("keras_shape", { path, position, name, class: className, reason });
    }
  }
  return leaves;
}

/** Rows laid flat become images or sequences again, where the network gives back what it takes. */
const backTo = (outer: readonly number[], flat: readonly number[]): readonly Layer[] =>
  cellsOf(flat) === cellsOf(outer) ? [{ layer: "reshape", shape: outer }] : [];

/**
 * Our names of all weights of the file: `encoder.0.weight`. `ahead` counts layers of each half that are not in the
 * file.
 */
function parameterNames(
  leaves: readonly Leaf[],
  end: number,
  ahead: { readonly encoder: number; readonly decoder: number },
): readonly { readonly name: string; readonly wanted: Wanted }[] {
  let index = ahead.encoder;
  return leaves.flatMap(({ from, layers, weights, input }, i) => {
    if (i === end) index = ahead.decoder;
    const half = i < end ? "encoder" : "decoder";
    const at = index;
    index += layers.length;
    if (weights.length === 0) return [];
    const own = weightsOf(layers[0]!, input);
    return weights.map((place) => ({
      name: `${half}.${at}.${place.name}`,
      wanted: { layer: from, place, shape: own[place.name]!.shape },
    }));
  });
}

/** Scale and shift that a layer of the file does without: 1 and 0. */
function untouched({ parameters }: Model): Vectors {
  const constants: Readonly<Record<string, number>> = { ones: 1, zeros: 0 };
  return Object.fromEntries(
    Object.entries(parameters).map(([name, { shape, initial }]) => {
      return [name, new Float32Array(cellsOf(shape)).fill(constants[initial] ?? 0)];
    }),
  );
}
