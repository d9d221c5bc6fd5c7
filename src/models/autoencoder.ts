import { mistake } from "../errors.ts";
import { cellsOf } from "../graph/index.ts";
import type {
  Activation,
  InitializerName,
  Layer,
  Model,
  Network,
  PenaltyOptions,
} from "../nn/index.ts";
import { initializers } from "../nn/index.ts";
import { checkOptions, optionParts } from "../options.ts";
import { z } from "../schema.ts";
import { modelOf } from "./network.ts";
import { networkParts as parts } from "./parts.ts";

/** Options of the dense autoencoder; all plain data. */
export interface AutoencoderOptions extends PenaltyOptions {
  /** Columns of a row, or its sizes: those of an image are laid side by side. */
  readonly input: number | readonly number[];
  /** Sizes of the layers between input and code; none: a simple autoencoder. */
  readonly hidden?: readonly number[];
  /** Size of the code: smaller than the input, undercomplete; larger, overcomplete. */
  readonly latentDim: number;
  /** Sizes between code and output; by default `hidden` backwards. */
  readonly decoderHidden?: readonly number[];
  /** d of the hidden layers: one for all, or one for each of `hidden`. */
  readonly activation?: Activation | readonly Activation[];
  /** The same for `decoderHidden`; by default those of the encoder backwards. */
  readonly decoderActivation?: Activation | readonly Activation[];
  /** d1 of the code itself; by default that of the hidden layers. */
  readonly latentActivation?: Activation;
  /** d2 of the output: linear for standardised columns, sigmoid for [0, 1]. */
  readonly output?: Activation;
  /** Columns or sizes of the output, where it is trained towards another array. */
  readonly outputSize?: number | readonly number[];
  readonly initial?: InitializerName;
  /** Share of hidden units that is dropped in each step. */
  readonly dropout?: number;
  /** Deviation of Gaussian noise added to the input in each step. */
  readonly noise?: number;
  readonly batchNormalization?: boolean;
  /** Whether NaN cells are missing: 0, the mean, as inputs, and not counted in the loss. */
  readonly masked?: boolean;
}

const { whole, atLeast, share, oneOf, sizes } = optionParts;
const optional = z.exactOptional;
const ofLayers = z.union([parts.activation, z.array(parts.activation)]);

/** `AutoencoderOptions`, as they come from a caller. */
export const autoencoderOptions: z.ZodMiniObject = z.object({
  ...parts.common,
  input: parts.row,
  hidden: optional(sizes),
  latentDim: whole(1),
  decoderHidden: optional(sizes),
  activation: optional(ofLayers),
  decoderActivation: optional(ofLayers),
  outputSize: optional(parts.row),
  initial: optional(oneOf(Object.keys(initializers))),
  dropout: optional(share),
  noise: optional(atLeast(0)),
  batchNormalization: optional(z.boolean()),
});

/**
 * The autoencoder of the lecture: code h = f(x) = d1(W1 x + b1), reconstruction y = g(h) = d2(W2 h + b2),
 * each deep where `hidden` has sizes; the objective is the mean of L(x, g(f(x))) (Charte et al. 2018).
 */
export function autoencoder(options: AutoencoderOptions): Model {
  checkOptions("autoencoder", autoencoderOptions, options);
  const {
    input,
    hidden = [],
    latentDim,
    decoderHidden = [...hidden].reverse(),
    activation = "relu",
    decoderActivation = typeof activation === "string" ? activation : [...activation].reverse(),
    latentActivation = typeof activation === "string" ? activation : (activation.at(-1) ?? "relu"),
    output = "linear",
    outputSize = input,
    initial = "glorotUniform",
    dropout = 0,
    noise = 0,
    batchNormalization = false,
    masked = false,
  } = options;

  const block = (units: number, d: Activation): Layer[] => [
    { layer: "dense", units, initial, activation: batchNormalization ? "linear" : d },
    ...(batchNormalization
      ? ([{ layer: "batchNormalization" }, { layer: "activation", activation: d }] as const)
      : []),
    ...(dropout > 0 ? ([{ layer: "dropout", rate: dropout }] as const) : []),
  ];
  const shape = typeof input === "number" ? [input] : input;
  const outputShape = typeof outputSize === "number" ? [outputSize] : outputSize;
  const network: Network = {
    inputShape: shape,
    encoder: [
      ...(noise > 0 ? ([{ layer: "gaussianNoise", deviation: noise }] as const) : []),
      ...(shape.length > 1 ? ([{ layer: "flatten" }] as const) : []),
      ...hidden.flatMap((units, i) => block(units, pick("activation", activation, hidden, i))),
    ],
    code: { layer: "dense", units: latentDim, activation: latentActivation, initial },
    decoder: [
      ...decoderHidden.flatMap((units, i) =>
        block(units, pick("decoderActivation", decoderActivation, decoderHidden, i)),
      ),
      { layer: "dense", units: cellsOf(outputShape), activation: output, initial },
      ...(outputShape.length > 1 ? ([{ layer: "reshape", shape: outputShape }] as const) : []),
    ],
    masked,
    penalties: { l1: options.l1 ?? 0, l2: options.l2 ?? 0 },
  };
  return modelOf({ kind: "basic", architecture: { ...options }, network });
}

/** The activation of a hidden layer. */
function pick(
  name: string,
  activation: Activation | readonly Activation[],
  hidden: readonly number[],
  i: number,
): Activation {
  if (typeof activation === "string") return activation;
  if (activation.length !== hidden.length)
    throw mistake(
      `autoencoder: ${name} must be one, or one for each of ${hidden.length} hidden layers, got ${activation.length}`,
    );
  return activation[i]!;
}
