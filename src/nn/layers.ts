import { EspejoError, mistake } from "../errors.ts";
import type { Tensor } from "../graph/index.ts";
import { checkOptions, optionParts } from "../options.ts";
import { inShort, z } from "../schema.ts";
import { activations } from "./activations.ts";
import type { Context } from "./context.ts";
import { initializers } from "./initializers.ts";
import {
  type Conv1d,
  type Conv1dTranspose,
  type Conv2d,
  type Conv2dTranspose,
  conv1dRow,
  conv1dTransposeRow,
  conv2dRow,
  conv2dTransposeRow,
} from "./layers/convolution.ts";
import { type ActivationLayer, activationRow, type Dense, denseRow } from "./layers/dense.ts";
import { type Cropping, croppingRow, type ZeroPadding, zeroPaddingRow } from "./layers/edges.ts";
import {
  type BatchNormalization,
  batchNormalizationRow,
  type LayerNormalization,
  layerNormalizationRow,
} from "./layers/normalization.ts";
import {
  type AveragePooling1d,
  type AveragePooling2d,
  averagePooling1dRow,
  averagePooling2dRow,
  type GlobalAveragePooling1d,
  type GlobalAveragePooling2d,
  type GlobalMaxPooling1d,
  type GlobalMaxPooling2d,
  globalAveragePooling1dRow,
  globalAveragePooling2dRow,
  globalMaxPooling1dRow,
  globalMaxPooling2dRow,
  type MaxPooling1d,
  type MaxPooling2d,
  maxPooling1dRow,
  maxPooling2dRow,
} from "./layers/pooling.ts";
import { type Elu, eluRow, type Prelu, preluRow, type Relu, reluRow } from "./layers/rectifiers.ts";
import {
  type Gru,
  gruRow,
  type Lstm,
  lstmRow,
  type SimpleRnn,
  simpleRnnRow,
} from "./layers/recurrent.ts";
import {
  type Dropout,
  dropoutRow,
  type GaussianDropout,
  type GaussianNoise,
  gaussianDropoutRow,
  gaussianNoiseRow,
  type SpatialDropout,
  spatialDropoutRow,
} from "./layers/regularization.ts";
import { type Rescaling, rescalingRow } from "./layers/rescaling.ts";
import type { LayerRow, WeightSpecs } from "./layers/row.ts";
import {
  type Crop,
  cropRow,
  type Flatten,
  flattenRow,
  type Permute,
  permuteRow,
  type Repeat,
  type Reshape,
  repeatRow,
  reshapeRow,
} from "./layers/shape.ts";
import {
  type UpSampling1d,
  type UpSampling2d,
  upSampling1dRow,
  upSampling2dRow,
} from "./layers/upsampling.ts";
import type { Parameters } from "./parameters.ts";

/** Layers as plain data, so that an architecture can be kept in a file. Names and defaults are Keras'. */
export type Layer =
  | Dense
  | ActivationLayer
  | Relu
  | Elu
  | Prelu
  | Rescaling
  | Dropout
  | SpatialDropout
  | GaussianDropout
  | GaussianNoise
  | BatchNormalization
  | LayerNormalization
  | Flatten
  | Reshape
  | Permute
  | Repeat
  | Crop
  | Cropping
  | ZeroPadding
  | Conv1d
  | Conv2d
  | Conv1dTranspose
  | Conv2dTranspose
  | MaxPooling1d
  | MaxPooling2d
  | AveragePooling1d
  | AveragePooling2d
  | GlobalAveragePooling1d
  | GlobalAveragePooling2d
  | GlobalMaxPooling1d
  | GlobalMaxPooling2d
  | UpSampling1d
  | UpSampling2d
  | SimpleRnn
  | Gru
  | Lstm;

type Kind = Layer["layer"];

const rows: { readonly [K in Kind]: LayerRow<Extract<Layer, { layer: K }>> } = {
  dense: denseRow,
  activation: activationRow,
  relu: reluRow,
  elu: eluRow,
  prelu: preluRow,
  rescaling: rescalingRow,
  dropout: dropoutRow,
  spatialDropout: spatialDropoutRow,
  gaussianDropout: gaussianDropoutRow,
  gaussianNoise: gaussianNoiseRow,
  batchNormalization: batchNormalizationRow,
  layerNormalization: layerNormalizationRow,
  flatten: flattenRow,
  reshape: reshapeRow,
  permute: permuteRow,
  repeat: repeatRow,
  crop: cropRow,
  cropping: croppingRow,
  zeroPadding: zeroPaddingRow,
  conv1d: conv1dRow,
  conv2d: conv2dRow,
  conv1dTranspose: conv1dTransposeRow,
  conv2dTranspose: conv2dTransposeRow,
  maxPooling1d: maxPooling1dRow,
  maxPooling2d: maxPooling2dRow,
  averagePooling1d: averagePooling1dRow,
  averagePooling2d: averagePooling2dRow,
  globalAveragePooling1d: globalAveragePooling1dRow,
  globalAveragePooling2d: globalAveragePooling2dRow,
  globalMaxPooling1d: globalMaxPooling1dRow,
  globalMaxPooling2d: globalMaxPooling2dRow,
  upSampling1d: upSampling1dRow,
  upSampling2d: upSampling2dRow,
  simpleRnn: simpleRnnRow,
  gru: gruRow,
  lstm: lstmRow,
};

const rowOf = (layer: Layer): LayerRow<Layer> => {
  const row = (Object.hasOwn(rows, layer.layer) ? rows[layer.layer] : undefined) as unknown as
    | LayerRow<Layer>
    | undefined;
  if (row) return row;
  throw mistake(`layer: one of ${Object.keys(rows).join(", ")}, got "${layer.layer}"`);
};

const { whole, atLeast, share, oneOf, sizes, shape } = optionParts;
const optional = z.exactOptional;
const activation = oneOf(Object.keys(activations));
const window = z.union([whole(1), sizes]);
const edges = z.array(z.tuple([whole(0), whole(0)]));
const factor = z.union([z.number(), z.array(z.number())]);

/** A layer, as it comes from a caller: what its values may be; whether they go together its row says. */
const layerOptions: z.ZodMiniObject = z.object({
  layer: oneOf(Object.keys(rows)),
  ...{ units: optional(whole(1)), filters: optional(whole(1)), times: optional(whole(1)) },
  ...{ activation: optional(activation), recurrentActivation: optional(activation) },
  initial: optional(oneOf(Object.keys(initializers))),
  ...{ kernelSize: optional(window), strides: optional(window) },
  ...{ poolSize: optional(window), size: optional(window) },
  padding: optional(z.union([z.enum(["valid", "same"]), edges])),
  cropping: optional(edges),
  ...{ shape: optional(shape), to: optional(shape) },
  ...{ order: optional(sizes), sharedAxes: optional(sizes) },
  ...{ bias: optional(z.boolean()), bidirectional: optional(z.boolean()) },
  ...{ returnSequences: optional(z.boolean()), resetAfter: optional(z.boolean()) },
  merge: optional(z.enum(["concat", "sum", "mul", "ave"])),
  ...{ rate: optional(share), deviation: optional(atLeast(0)), momentum: optional(atLeast(0)) },
  ...{ epsilon: optional(atLeast(0)), slope: optional(z.number()), alpha: optional(z.number()) },
  ...{ maxValue: optional(z.number()), threshold: optional(z.number()) },
  ...{ scale: optional(factor), offset: optional(factor) },
});

const convolution = ["filters", "kernelSize"];
/** What layers cannot do without. */
const needed: { readonly [K in Kind]?: readonly string[] } = {
  ...{ dense: ["units"], simpleRnn: ["units"], gru: ["units"], lstm: ["units"] },
  ...{ conv1d: convolution, conv2d: convolution },
  ...{ conv1dTranspose: convolution, conv2dTranspose: convolution },
  ...{ activation: ["activation"], rescaling: ["scale"], gaussianNoise: ["deviation"] },
  ...{ dropout: ["rate"], spatialDropout: ["rate"], gaussianDropout: ["rate"] },
  ...{ reshape: ["shape"], repeat: ["times"], permute: ["order"], crop: ["to"] },
  ...{ zeroPadding: ["padding"], cropping: ["cropping"] },
};

/** Throws `argument_value` and `argument_unknown` for layers that cannot be meant. */
export function checkLayers(call: string, layers: unknown): void {
  if (!Array.isArray(layers))
    throw new EspejoError("argument_value", {
      argument: call,
      ...{ wanted: "a list of layers", got: inShort(layers) },
    });
  layers.forEach((layer, i) => {
    checkOptions(`${call}[${i}]`, layerOptions, layer);
    for (const name of needed[layer.layer as Kind] ?? [])
      if (layer[name] === undefined)
        throw new EspejoError("argument_value", {
          argument: `${call}[${i}]: ${name}`,
          ...{ wanted: `there, for ${layer.layer}`, got: "nothing" },
        });
  });
}

/** The weights of a layer that takes rows of a shape. */
export const weightsOf = (layer: Layer, shape: readonly number[]): WeightSpecs =>
  rowOf(layer).weights(layer, shape);

/** The shape of one row after a layer. */
export const outputShapeOf = (layer: Layer, shape: readonly number[]): readonly number[] =>
  rowOf(layer).output(layer, shape);

/** A layer applied to [rows, ...shape], with its own weights by their short names. */
export const applyLayer = (
  layer: Layer,
  own: Parameters,
  x: Tensor,
  context: Context,
  name: string,
): Tensor => rowOf(layer).apply(layer, own, x, context, name);
