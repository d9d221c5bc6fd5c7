import {
  checkLayers,
  type Dense,
  type Layer,
  type Model,
  outputShapeOf,
  type PenaltyOptions,
} from "../nn/index.ts";
import { checkOptions, optionParts } from "../options.ts";
import { z } from "../schema.ts";
import { modelOf } from "./network.ts";
import { networkParts as parts } from "./parts.ts";

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

const { masked, l1, l2 } = parts.common;

/** `LayeredOptions`, as they come from a caller; the layers are looked at one by one. */
const layeredOptions: z.ZodMiniObject = z.object({
  input: optionParts.shape,
  encoder: z.array(z.any()),
  code: z.exactOptional(z.looseObject({ layer: z.literal("dense") })),
  decoder: z.array(z.any()),
  ...{ masked, l1, l2 },
});

/**
 * An autoencoder of any layers, as Keras' Sequential: the encoder's layers and the decoder's, in order. Where
 * no layer is named as the code, what the encoder gives is laid out flat, and the decoder starts from its shape.
 */
export function layered(options: LayeredOptions): Model {
  checkOptions("layered", layeredOptions, options);
  checkLayers("layered: encoder", options.encoder);
  checkLayers("layered: code", options.code ? [options.code] : []);
  checkLayers("layered: decoder", options.decoder);
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
