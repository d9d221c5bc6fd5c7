import {
  type Dense,
  type Layer,
  type Model,
  outputShapeOf,
  type PenaltyOptions,
} from "../nn/index.ts";
import { modelOf } from "./network.ts";

/** Options of an autoencoder whose layers are written out. */
export interface LayeredOptions extends PenaltyOptions {
  /** Sizes of one row. */
  readonly input: readonly number[];
  readonly encoder: readonly Layer[];
  /** The layer that gives the code; without it the code is the encoder's result, flattened. */
  readonly code?: Dense;
  readonly decoder: readonly Layer[];
  /** Whether NaN cells are padding. */
  readonly masked?: boolean;
}

/**
 * An autoencoder of any layers, as Keras' Sequential: the encoder's layers and the decoder's, in order. Where
 * no layer is named as the code, what the encoder gives is laid out flat, and the decoder starts from its shape.
 */
export function layered(options: LayeredOptions): Model {
  const { input, encoder, code = null, decoder, masked = false, l1 = 0, l2 = 0 } = options;
  const shape = encoder.reduce<readonly number[]>((s, layer) => outputShapeOf(layer, s), input);
  const flat = code !== null || shape.length === 1;
  return modelOf({
    kind: "basic",
    architecture: { network: "layered", ...options },
    network: {
      inputShape: input,
      encoder: flat ? encoder : [...encoder, { layer: "flatten" }],
      code,
      decoder: flat ? decoder : [{ layer: "reshape", shape }, ...decoder],
      masked,
      penalties: { l1, l2 },
    },
  });
}
