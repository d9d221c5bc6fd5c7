import type { Tensor } from "../graph/index.ts";
import { type ActivationLayer, activationRow, type Dense, denseRow } from "./layers/dense.ts";
import {
  type BatchNormalization,
  batchNormalizationRow,
  type LayerNormalization,
  layerNormalizationRow,
} from "./layers/normalization.ts";
import {
  type Dropout,
  dropoutRow,
  type GaussianNoise,
  gaussianNoiseRow,
} from "./layers/regularization.ts";
import type { LayerRow, WeightSpecs } from "./layers/row.ts";
import {
  type Crop,
  cropRow,
  type Flatten,
  flattenRow,
  type Repeat,
  type Reshape,
  repeatRow,
  reshapeRow,
} from "./layers/shape.ts";
import type { Context, Parameters } from "./model.ts";

/** Layers as plain data, so that an architecture can be kept in a file. Names and defaults are Keras'. */
export type Layer =
  | Dense
  | ActivationLayer
  | Dropout
  | GaussianNoise
  | BatchNormalization
  | LayerNormalization
  | Flatten
  | Reshape
  | Repeat
  | Crop;

type Kind = Layer["layer"];

const rows: { readonly [K in Kind]: LayerRow<Extract<Layer, { layer: K }>> } = {
  dense: denseRow,
  activation: activationRow,
  dropout: dropoutRow,
  gaussianNoise: gaussianNoiseRow,
  batchNormalization: batchNormalizationRow,
  layerNormalization: layerNormalizationRow,
  flatten: flattenRow,
  reshape: reshapeRow,
  repeat: repeatRow,
  crop: cropRow,
};

const rowOf = (layer: Layer): LayerRow<Layer> => {
  const row = rows[layer.layer] as unknown as LayerRow<Layer> | undefined;
  if (row) return row;
  throw new RangeError(`layer: one of ${Object.keys(rows).join(", ")}, got "${layer.layer}"`);
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
