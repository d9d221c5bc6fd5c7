import { mistake } from "../errors.ts";
import type { Activation, Layer, Model, PenaltyOptions } from "../nn/index.ts";
import { checkOptions, optionParts } from "../options.ts";
import { z } from "../schema.ts";
import { modelOf } from "./network.ts";
import { networkParts as parts } from "./parts.ts";

/** Cells of recurrent networks. */
export type Cell = "simple" | "gru" | "lstm";

/** Options of the recurrent autoencoder; all plain data. The code has `latentDim` numbers. */
export interface RecurrentOptions extends PenaltyOptions {
  /** [time, features]. */
  readonly input: readonly [time: number, features: number];
  /** `lstm` by default. */
  readonly cell?: Cell;
  /** Units of each layer of the encoder, [32] by default; the decoder has them backwards. */
  readonly units?: readonly number[];
  readonly latentDim: number;
  readonly latentActivation?: Activation;
  /** Whether the encoder reads from both ends. */
  readonly bidirectional?: boolean;
  readonly output?: Activation;
  /** Whether NaN cells are padding or missing: a step with none observed leaves the state as it was. */
  readonly masked?: boolean;
}

const layerOf = { simple: "simpleRnn", gru: "gru", lstm: "lstm" } as const;

const { whole, sizes, shape, oneOf } = optionParts;
const optional = z.exactOptional;

/** `RecurrentOptions`, as they come from a caller. */
export const recurrentOptions: z.ZodMiniObject = z.object({
  ...parts.common,
  input: shape,
  cell: optional(oneOf(Object.keys(layerOf))),
  units: optional(sizes.check(z.minLength(1))),
  latentDim: whole(1),
  bidirectional: optional(z.boolean()),
});

/**
 * The recurrent autoencoder (Srivastava et al. 2015; Charte et al. 2018): the last state of a recurrent
 * encoder becomes the code of a sequence; a recurrent decoder gets it at every step, and a dense layer gives
 * each step's output. The error is the mean over observed cells.
 */
export function recurrent(options: RecurrentOptions): Model {
  checkOptions("recurrent", recurrentOptions, options);
  const {
    input,
    cell = "lstm",
    units = [32],
    latentDim,
    latentActivation = "linear",
    bidirectional = false,
    output = "linear",
    masked = false,
  } = options;
  const [time, features] = input;
  if (input.length !== 2)
    throw mistake(
      `recurrent: input must be [time, features], got [${(input as readonly number[]).join(", ")}]`,
    );
  const layer = layerOf[cell];
  return modelOf({
    kind: "recurrent",
    architecture: { network: "recurrent", ...options },
    network: {
      inputShape: input,
      encoder: units.map(
        (count, i): Layer => ({
          layer,
          units: count,
          returnSequences: i < units.length - 1,
          bidirectional,
        }),
      ),
      code: { layer: "dense", units: latentDim, activation: latentActivation },
      decoder: [
        { layer: "repeat", times: time },
        ...[...units]
          .reverse()
          .map((count): Layer => ({ layer, units: count, returnSequences: true })),
        { layer: "dense", units: features, activation: output },
      ],
      masked,
      penalties: { l1: options.l1 ?? 0, l2: options.l2 ?? 0 },
    },
  });
}
