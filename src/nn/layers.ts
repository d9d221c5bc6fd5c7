import { mistake } from "../errors.ts";
import type { Tensor } from "../graph/index.ts";
import type { Context } from "./context.ts";
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
  const row = rows[layer.layer] as unknown as LayerRow<Layer> | undefined;
  if (row) return row;
  throw mistake(`layer: one of ${Object.keys(rows).join(", ")}, got "${layer.layer}"`);
};

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
