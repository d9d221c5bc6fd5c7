import { EspejoError, isMistake } from "../errors.ts";
import { cellsOf } from "../graph/index.ts";
import { layered } from "../models/layered.ts";
import { sparse } from "../models/sparse.ts";
import { parameterCount } from "../models/summary.ts";
import type { Dense, Layer, LossName, Model } from "../nn/index.ts";
import { checkArgument, checkOptions, optionParts } from "../options.ts";
import { z } from "../schema.ts";
import type { Vectors } from "../training/state.ts";
import { readArchive } from "./archive.ts";
import { type Chain, chainOf } from "./chain.ts";
import { foreignBytes, foreignError } from "./foreign.ts";
import { encoderStages } from "./halves.ts";
import { type Hdf5, readHdf5 } from "./hdf5.ts";
import { filled, type Leaf, leavesOf, placesOf, wantedOf } from "./leaves.ts";
import type { Era, LeftOut } from "./settings.ts";
import { lossOf, trainingSettings } from "./training.ts";
import { weightsIn } from "./weights.ts";

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
  /** What Keras computes in where that is not float32: "mixed_float16"; here it is float32 in any case. */
  readonly precision: string | null;
}

/** Weights of one network: 2 GiB of float32. */
const mostParameters = 2 ** 29;

interface Opened {
  /** Where no version is told, the format says it: `.h5` is the older one. */
  readonly era: Era;
  readonly config: unknown;
  readonly compiled: unknown;
  readonly version: string | null;
}

/**
 * Reads the bytes of a Keras model, `.keras` or whole `.h5`: a Sequential or Functional network whose layers
 * follow each other, models inside it opened. Rows are as Keras takes them: [columns], [time, features],
 * [height, width, channels]. Throws `keras_file`, `keras_foreign`, `keras_class`, `keras_graph`, `keras_unbuilt`, `keras_input`,
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
  const foreign = zipped ? null : foreignBytes(bytes, path);
  if (foreign) throw foreignError(path, foreign);
  return refusing(path, async () => {
    if (!zipped)
      return readHdf5(bytes, (file) => networkFrom(openLegacy(file, path), file, options));
    const archive = readArchive(bytes);
    if (typeof archive === "string") throw foreignError(path, archive);
    const { config, version, weights } = archive;
    const { compile_config: compiled = null } = Object(config) as { compile_config?: unknown };
    const opened = { era: eraOf(version, 3), config, compiled, version };
    return readHdf5(weights, (file) => networkFrom(opened, file, options));
  });
}

const eraOf = (version: string | null, usual: Era): Era =>
  version === null ? usual : Number.parseInt(version, 10) < 3 ? 2 : 3;

/** A whole model in an HDF5 file. */
function openLegacy(file: Hdf5, path: string): Opened {
  const json = (name: string): unknown => {
    const [text] = file.texts("", name);
    return text === undefined ? null : JSON.parse(text);
  };
  const config = json("model_config");
  if (!config) {
    const weights = file.has("layers") || file.texts("", "layer_names").length > 0;
    throw weights || file.has("_layer_checkpoint_dependencies")
      ? foreignError(path, "weights")
      : new Error("it is an HDF5 file without a Keras model");
  }
  const [version = null] = file.texts("", "keras_version");
  return { era: eraOf(version, 2), config, compiled: json("training_config"), version };
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

function networkFrom(
  { era, config, compiled, version }: Opened,
  file: Hdf5,
  options: ReadKerasOptions,
): KerasModel {
  const { path = "model", code } = options;
  const chain = chainOf(config, { path, era });
  const inputShape = rowShape(chain, path, options.inputShape);
  const empty = leavesOf(chain, inputShape);
  const wanted = empty.map(wantedOf);
  const valuesOf = weightsIn(file, chain.layers, wanted.flat());
  const leaves = empty.map((leaf, i) => filled(leaf, wanted[i]!, valuesOf));
  const end = encoderStages(leaves, inputShape, {
    ...{ first: chain.first, path },
    ...(code !== undefined && { code }),
  });
  const codeName = leaves[end - 1]?.name ?? null;
  const { penalties, sparsity, leftOut } = trainingSettings(chain.layers, codeName);
  const { loss, called } = lossOf(compiled);

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
  const count = parameterCount(model);
  if (!(count <= mostParameters))
    throw new Error(`its network has ${count} weights, at most ${mostParameters} are read`);
  const placed = placesOf(leaves, end, { encoder: before.length, decoder: flat ? 0 : 1 });
  const given = Object.fromEntries(
    leaves.flatMap(({ kept }, i) =>
      kept ? [] : wanted[i]!.map((each) => [`${placed[i]}.${each.place.name}`, valuesOf(each)]),
    ),
  );
  return {
    ...{ model, code: codeName, loss, version },
    precision: leaves.map(precisionOf).find((type) => type !== "float32") ?? null,
    leftOut: [
      ...leftOut,
      ...leaves.filter(isFrozen).map(({ name }) => ({ layer: name, ...frozen })),
      ...(called && !loss ? [{ layer: nameOf(config), setting: "loss", value: called }] : []),
    ],
    parameters: { ...untouched(model), ...given },
  };
}

const precisionOf = ({ from }: Leaf): string => from.settings.numberType();

const frozen = { setting: "trainable", value: "false" };
const isFrozen = ({ from, weights }: Leaf): boolean => !from.trainable && weights.length > 0;

const nameOf = (model: unknown): string =>
  String(Object((model as { readonly config: unknown }).config).name ?? "model");

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

/** Rows laid flat become images or sequences again, where the network gives back what it takes. */
const backTo = (outer: readonly number[], flat: readonly number[]): readonly Layer[] =>
  cellsOf(flat) === cellsOf(outer) ? [{ layer: "reshape", shape: outer }] : [];

/** Scale and shift that a layer of the file does without: 1 and 0. */
function untouched({ parameters }: Model): Vectors {
  const constants: Readonly<Record<string, number>> = { ones: 1, zeros: 0 };
  return Object.fromEntries(
    Object.entries(parameters).map(([name, { shape, initial }]) => {
      return [name, new Float32Array(cellsOf(shape)).fill(constants[initial] ?? 0)];
    }),
  );
}
