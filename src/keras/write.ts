import { type PlainNetwork, plainNetwork } from "../models/plain.ts";
import { checkModel, type Layer, type Model, outputShapeOf, weightsOf } from "../nn/index.ts";
import { checkArgument, checkObject, checkOptions, optionParts } from "../options.ts";
import { z } from "../schema.ts";
import type { Vectors } from "../training/state.ts";
import { writeArchive } from "./archive.ts";
import type { Cells } from "./cells.ts";
import { groupNames } from "./groups.ts";
import { writeHdf5 } from "./hdf5.ts";
import { writeLayer } from "./layers.ts";

/** Options of writing a Keras file. */
export interface WriteKerasOptions {
  /** One half alone; by default the whole autoencoder, whose two halves are models inside it. */
  readonly part?: "encoder" | "decoder";
}

type Shape = readonly number[];
interface Half {
  readonly name: "encoder" | "decoder";
  readonly layers: readonly Layer[];
  readonly input: Shape;
}

/** A Keras model as JSON, with its weights by the paths of its HDF5 file. */
interface Written {
  readonly json: object;
  readonly weights: ReadonlyMap<string, Cells>;
}

const writeOptions: z.ZodMiniObject = z.object({
  part: z.exactOptional(z.enum(["encoder", "decoder"])),
});

/**
 * The bytes of a `.keras` file with the network of a trained model, `model` and `parameters` as a Fitted has
 * them: Sequential "autoencoder" of the Sequentials "encoder" and "decoder". Keras predicts with it what
 * `reconstruct` gives; a variational code is its mean, and what is drawn, discriminators, masks of missing
 * cells and penalties are not in it. Throws `argument_wrong` for a kind that Keras cannot express.
 */
export async function writeKeras(
  fitted: { readonly model: Model; readonly parameters: Vectors },
  options: WriteKerasOptions = {},
): Promise<Uint8Array> {
  checkObject("writeKeras: the network", fitted);
  checkOptions("writeKeras", writeOptions, options);
  const { model, parameters } = fitted;
  checkModel("writeKeras", model);
  checkArgument("writeKeras: parameters", z.record(z.string(), optionParts.numbers), parameters);
  const { part } = options;
  const plain = plainNetwork(model, parameters);
  const [first, second] = halvesOf(plain);
  const encoder = writeHalf(first, plain.weights);
  const decoder = writeHalf(second, plain.weights);
  const { json, weights } =
    part === "encoder" ? encoder : part === "decoder" ? decoder : joined(model, encoder, decoder);
  return writeArchive(json, await writeHdf5(weights));
}

function halvesOf({ network }: PlainNetwork): readonly [Half, Half] {
  const { inputShape, encoder, code, decoder } = network;
  const layers = code ? [...encoder, code] : encoder;
  const codeShape = layers.reduce<Shape>((shape, layer) => outputShapeOf(layer, shape), inputShape);
  return [
    { name: "encoder", layers, input: inputShape },
    { name: "decoder", layers: decoder, input: codeShape },
  ];
}

function writeHalf({ name, layers, input }: Half, given: Vectors): Written {
  const weights = new Map<string, Cells>();
  const groupOf = groupNames();
  let shape = input;
  const jsons = layers.map((layer, i) => {
    const { className, config, weights: places } = writeLayer(layer, shape);
    const specs = weightsOf(layer, shape);
    const group = groupOf(className);
    for (const place of places)
      weights.set(`layers/${group}/${place.path}`, {
        shape: specs[place.name]!.shape,
        data: given[`${name}.${i}.${place.name}`]!,
      });
    const built = { build_config: { input_shape: [null, ...shape] } };
    shape = outputShapeOf(layer, shape);
    return { ...layerJson(className, `${name}_${i}`, config), ...built };
  });
  return { json: sequential(name, input, jsons), weights };
}

function joined({ inputShape }: Model, encoder: Written, decoder: Written): Written {
  const inside = (group: string, { weights }: Written) =>
    [...weights].map(([path, cells]) => [`layers/${group}/${path}`, cells] as const);
  return {
    json: sequential("autoencoder", inputShape, [encoder.json, decoder.json]),
    weights: new Map([...inside("sequential", encoder), ...inside("sequential_1", decoder)]),
  };
}

const layerJson = (className: string, name: string, config: object) => ({
  module: "keras.layers",
  class_name: className,
  config: { name, dtype: "float32", ...config },
  registered_name: null,
});

const sequential = (name: string, input: Shape, layers: readonly object[]) => ({
  module: "keras",
  class_name: "Sequential",
  config: {
    name,
    trainable: true,
    dtype: "float32",
    layers: [
      layerJson("InputLayer", `${name}_input`, { batch_shape: [null, ...input] }),
      ...layers,
    ],
    build_input_shape: [null, ...input],
  },
  registered_name: null,
  build_config: { input_shape: [null, ...input] },
});
