import { mistake } from "../errors.ts";
import { add, cellsOf, transpose } from "../graph/index.ts";
import {
  checkModel,
  type Model,
  type Network,
  type Parameters,
  weightPenalty,
} from "../nn/index.ts";
import { described, modelOf, networkOf } from "./network.ts";

/**
 * Tied weights: the decoder's matrices are those of the encoder, transposed, the last one first: W2 = W1',
 * with biases of its own (Charte et al. 2018; Bengio et al. 2007). Convolutions and their
 * transposes have kernels of the same layout and share them as they stand. Penalties on the weights count a
 * shared matrix once. Throws `argument_wrong` where the halves are no mirror images.
 */
export function tied(model: Model): Model {
  checkModel("tied", model);
  const network = networkOf(model, "tied");
  const pairs = tiedPairs(network, model);
  const shared = (parameters: Parameters): Parameters => ({
    ...parameters,
    ...Object.fromEntries(
      pairs.map(({ from, to, turned }) => {
        const weight = parameters[from]!;
        return [to, turned ? transpose(weight) : weight];
      }),
    ),
  });
  // the plain model would see a shared matrix twice
  const plain = modelOf({
    ...described(model, "tied", {}),
    network: { ...network, penalties: {} },
  });
  const own = Object.entries(plain.parameters).filter(
    ([name]) => !pairs.some((p) => p.to === name),
  );
  const sizes = new Map(
    pairs.map(({ to }) => [to.replace(/\.weight$/, ""), cellsOf(plain.parameters[to]!.shape)]),
  );
  return {
    ...plain,
    network: null,
    parameters: Object.fromEntries(own),
    layers: plain.layers.map((line) => ({
      ...line,
      parameters: line.parameters - (sizes.get(line.name) ?? 0),
    })),
    decode: (parameters, code, context) => plain.decode(shared(parameters), code, context),
    objectives: (parameters, batch, loss, context) => {
      const objectives = plain.objectives(shared(parameters), batch, loss, context);
      const penalty = weightPenalty(parameters, network.penalties);
      if (!penalty) return objectives;
      return objectives.map((each) => ({ ...each, loss: add(each.loss, penalty) }));
    },
  };
}

/** A weight of the decoder that is one of the encoder's. */
export interface TiedPair {
  readonly from: string;
  readonly to: string;
  /** Whether the matrix is transposed. */
  readonly turned: boolean;
}

/** Which weights of a decoder are those of its encoder. Throws `argument_wrong` where they are no mirror images. */
export function tiedPairs(
  { encoder, code, decoder }: Network,
  { parameters }: Model,
): readonly TiedPair[] {
  const first = code ? [...encoder, code] : encoder;
  const weighted = (half: string, layers: readonly { layer: string }[]) =>
    layers.flatMap(({ layer }, i) => {
      const name = `${half}.${i}.weight`;
      return parameters[name] ? [{ name, layer, shape: parameters[name].shape }] : [];
    });
  const from = weighted("encoder", first).reverse();
  const to = weighted("decoder", decoder);
  const fits = (i: number): boolean => {
    const [a, b] = [from[i], to[i]];
    if (!a || !b) return false;
    const turned = a.layer === "dense" ? [...a.shape].reverse() : a.shape;
    return String(turned) === String(b.shape);
  };
  if (from.length !== to.length || !to.every((_, i) => fits(i)))
    throw mistake(
      `tied: the decoder must mirror the encoder, got ${from.map(shapeText).join(", ")} back to ${to.map(shapeText).join(", ")}`,
    );
  return to.map(({ name }, i) => ({
    from: from[i]!.name,
    to: name,
    turned: from[i]!.layer === "dense",
  }));
}

const shapeText = ({ shape }: { readonly shape: readonly number[] }): string =>
  `[${shape.join(", ")}]`;
