import { add } from "../graph/index.ts";
import {
  type Activation,
  type InitializerName,
  type Layer,
  type Model,
  type PenaltyOptions,
  reduceErrors,
  sequence,
  weightPenalty,
} from "../nn/index.ts";

/** Options of the dense autoencoder; all plain data. */
export interface AutoencoderOptions extends PenaltyOptions {
  /** Columns of a row. */
  readonly input: number;
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
  /** Columns of the output, where it is trained towards another array. */
  readonly outputSize?: number;
  readonly initial?: InitializerName;
  /** Share of hidden units that is dropped in each step. */
  readonly dropout?: number;
  /** Deviation of Gaussian noise added to the input in each step. */
  readonly noise?: number;
  readonly batchNormalization?: boolean;
}

/**
 * The autoencoder of the lecture: code h = f(x) = d1(W1 x + b1), reconstruction y = g(h) = d2(W2 h + b2),
 * each deep where `hidden` has sizes; the objective is the mean of L(x, g(f(x))) (Charte et al. 2018).
 */
export function autoencoder(options: AutoencoderOptions): Model {
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
  } = options;
  for (const [name, size] of Object.entries({ input, latentDim, outputSize })) positive(name, size);
  for (const size of [...hidden, ...decoderHidden]) positive("hidden", size);

  const block = (units: number, d: Activation): Layer[] => [
    { layer: "dense", units, initial, activation: batchNormalization ? "linear" : d },
    ...(batchNormalization
      ? ([{ layer: "batchNormalization" }, { layer: "activation", activation: d }] as const)
      : []),
    ...(dropout > 0 ? ([{ layer: "dropout", rate: dropout }] as const) : []),
  ];
  const encoder = sequence(
    "encoder",
    [
      ...(noise > 0 ? ([{ layer: "gaussianNoise", deviation: noise }] as const) : []),
      ...hidden.flatMap((units, i) => block(units, pick("activation", activation, hidden, i))),
      { layer: "dense", units: latentDim, activation: latentActivation, initial },
    ],
    [input],
  );
  const decoder = sequence(
    "decoder",
    [
      ...decoderHidden.flatMap((units, i) =>
        block(units, pick("decoderActivation", decoderActivation, decoderHidden, i)),
      ),
      { layer: "dense", units: outputSize, activation: output, initial },
    ],
    [latentDim],
  );
  const model: Model = {
    kind: "basic",
    architecture: { ...options },
    inputShape: [input],
    outputShape: [outputSize],
    latentDim,
    parameters: { ...encoder.parameters, ...decoder.parameters },
    layers: [...encoder.lines, ...decoder.lines],
    encode: (parameters, x, context) => encoder.apply(parameters, x, context),
    decode: (parameters, code, context) => decoder.apply(parameters, code, context),
    objectives: (parameters, batch, loss, context) => {
      const { x, target } = batch;
      const y = model.decode(parameters, model.encode(parameters, x, context), context);
      const error = reduceErrors(loss.errors(y, target), batch);
      const penalty = weightPenalty(parameters, options);
      return [{ name: "loss", loss: penalty ? add(error, penalty) : error, groups: ["weights"] }];
    },
  };
  return model;
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
    throw new RangeError(
      `autoencoder: ${name} must be one, or one for each of ${hidden.length} hidden layers, got ${activation.length}`,
    );
  return activation[i]!;
}

function positive(name: string, size: number): void {
  if (!Number.isInteger(size) || size < 1)
    throw new RangeError(`autoencoder: ${name} must be a whole number of at least 1, got ${size}`);
}
