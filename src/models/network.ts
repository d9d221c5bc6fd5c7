import { mistake } from "../errors.ts";
import { add, mul, reduceMax, type Tensor } from "../graph/index.ts";
import {
  type Batch,
  type Context,
  type LayerLine,
  type Model,
  type Network,
  observed,
  type Parameters,
  reduceErrors,
  type Sequence,
  sequence,
  weightPenalty,
} from "../nn/index.ts";

/** A network with what stands in a model file beside its weights. */
export interface Described {
  readonly kind: string;
  readonly architecture: Readonly<Record<string, unknown>>;
  readonly network: Network;
}

/** The two halves of a network, each a sequence of layers with its parameters in a group. */
export interface Halves {
  readonly encoder: Sequence;
  readonly decoder: Sequence;
  readonly latentDim: number;
  encode(parameters: Parameters, x: Tensor, context: Context): Tensor;
  decode(parameters: Parameters, code: Tensor, context: Context): Tensor;
}

interface HalvesOptions {
  /** Groups of the optimizer; by default one for all. */
  readonly encoderGroup?: string;
  readonly decoderGroup?: string;
  /** Leaves out the layer that gives the code. */
  readonly withoutCode?: boolean;
  readonly latentDim?: number;
}

/** Makes encoder and decoder of a network. */
export function halvesOf(
  { inputShape, encoder, code, decoder, masked }: Network,
  { encoderGroup, decoderGroup, withoutCode = false, latentDim }: HalvesOptions = {},
): Halves {
  const layers = code && !withoutCode ? [...encoder, code] : encoder;
  const first = sequence("encoder", layers, inputShape, encoderGroup);
  const codeShape = latentDim === undefined ? first.outputShape : [latentDim];
  if (codeShape.length !== 1)
    throw mistake(`autoencoder: the code must be [columns], got [${codeShape.join(", ")}]`);
  const second = sequence("decoder", decoder, codeShape, decoderGroup);
  const encode = remembered((parameters, x, context) => {
    if (!masked) return first.apply(parameters, x, context);
    const { filled, mask } = observed(x);
    return first.apply(parameters, filled, { ...context, mask: reduceMax(mask, -1, keep) });
  });
  return {
    encoder: first,
    decoder: second,
    latentDim: codeShape[0]!,
    encode,
    decode: (parameters, value, context) => second.apply(parameters, value, context),
  };
}

const keep = { keepDims: true };

/** What a batch is compared with: padded cells of the target do not count. */
export function comparison(batch: Batch, masked: boolean): Batch {
  if (!masked) return batch;
  const { filled, mask } = observed(batch.target);
  return { ...batch, target: filled, mask: batch.mask ? mul(mask, batch.mask) : mask };
}

type Encode = Model["encode"];

/**
 * The same tensor for the same arguments: what a penalty says of the code is said of the very code that is
 * decoded, its dropout included.
 */
function remembered(encode: Encode): Encode {
  const known = new WeakMap<Tensor, { parameters: Parameters; context: Context; code: Tensor }[]>();
  return (parameters, x, context) => {
    const before = known.get(x) ?? [];
    const same = before.find((e) => e.parameters === parameters && e.context === context);
    if (same) return same.code;
    const code = encode(parameters, x, context);
    known.set(x, [...before, { parameters, context, code }]);
    return code;
  };
}

/** Rows of `summary` for both halves. */
export const linesOf = (...sequences: readonly Sequence[]): readonly LayerLine[] =>
  sequences.flatMap(({ lines }) => lines);

/** The plain autoencoder of a network: the mean of L(x, g(f(x))) over the cells, and weight penalties. */
export function modelOf({ kind, architecture, network }: Described): Model {
  const { encoder, decoder, latentDim, encode, decode } = halvesOf(network);
  const codeActivation = network.code?.activation ?? "linear";
  return {
    kind,
    architecture,
    network,
    masked: network.masked,
    inputShape: network.inputShape,
    outputShape: decoder.outputShape,
    latentDim,
    codeActivation,
    parameters: { ...encoder.parameters, ...decoder.parameters },
    layers: linesOf(encoder, decoder),
    encode,
    decode,
    objectives: (parameters, given, loss, context) => {
      const y = decode(parameters, encode(parameters, given.x, context), context);
      const batch = comparison(given, network.masked);
      const error = reduceErrors(loss.errors(y, batch.target), batch, loss.reduction);
      const penalty = weightPenalty(parameters, network.penalties);
      return [{ name: "loss", loss: penalty ? add(error, penalty) : error, groups: ["weights"] }];
    },
  };
}

/** The kind and architecture of a model that another kind was put on. */
export function described(
  model: Model,
  name: string,
  options: object,
): Pick<Described, "kind" | "architecture"> {
  return {
    kind: model.kind === "basic" ? name : `${model.kind}+${name}`,
    architecture: { ...model.architecture, [name]: options },
  };
}

/** The network of a model that another code is wanted for. Throws `argument_wrong` where it has none. */
export function networkOf(model: Model, wanted: string): Network {
  if (model.network) return model.network;
  throw mistake(
    `${wanted}: needs a model whose code is one layer's output; "${model.kind}" has another already`,
  );
}
