import { mistake } from "../errors.ts";
import { add, gradient, mean, mul, slice, square, sub, sum, type Tensor } from "../graph/index.ts";
import type { Activation, Model, Network, Parameters } from "../nn/index.ts";
import { optionParts } from "../options.ts";
import { z } from "../schema.ts";
import { described } from "./network.ts";
import { checkKind } from "./parts.ts";

/** Options of the contractive autoencoder. */
export interface ContractiveOptions {
  /** lambda, 1e-3 by default. */
  readonly weight?: number;
}

const optional = z.exactOptional;

/** `ContractiveOptions`, as they come from a caller. */
export const contractiveOptions: z.ZodMiniObject = z.object({
  weight: optional(optionParts.atLeast(0)),
});

/**
 * Contractive: adds lambda times the squared Frobenius norm of the encoder's exact Jacobian, averaged over
 * the batch (Rifai et al. 2011; Charte et al. 2018). For one layer h = d(x W + b) it is
 * sum_j d'(z_j)^2 sum_i W_ij^2, with d' = h (1 - h) for sigmoid, 1 - h^2 for tanh; deeper encoders have one
 * graph gradient for each unit of the code. Throws `argument_wrong` where batch normalisation in the encoder ties
 * the rows of a batch to each other.
 */
export function contractive(model: Model, options: ContractiveOptions = {}): Model {
  checkKind("contractive", contractiveOptions, model, options);
  const { weight = 1e-3 } = options;
  const coupled = model.layers.some(
    ({ name, layer }) => name.startsWith("encoder.") && layer === "batchNormalization",
  );
  if (coupled)
    throw mistake(
      "contractive: batch normalization in the encoder ties the rows of a batch to each other, so that a row alone has no Jacobian; leave it out",
    );
  const slope = model.network && closedForm(model.network);
  return {
    ...model,
    ...described(model, "contractive", options),
    network: null,
    objectives: (parameters, batch, loss, context) => {
      const { x } = batch;
      const code = model.encode(parameters, x, context);
      const norm = mean(
        slope ? layerNorm(code, parameters, slope) : jacobianNorm(code, x, model.latentDim),
      );
      const [first, ...others] = model.objectives(parameters, batch, loss, context);
      return [
        {
          ...first!,
          loss: add(first!.loss, mul(norm, weight)),
          metrics: { ...first!.metrics, jacobian: norm },
        },
        ...others,
      ];
    },
  };
}

/** d' from h, for activations whose slope hangs on their value alone. */
const slopes: Partial<Record<Activation, (h: Tensor) => Tensor>> = {
  sigmoid: (h) => mul(h, sub(1, h)),
  tanh: (h) => sub(1, square(h)),
};

/** The slope of an encoder that is one dense layer, or null. */
function closedForm({ encoder, code }: Network): ((h: Tensor) => Tensor) | null {
  if (!code || encoder.some(({ layer }) => layer !== "flatten")) return null;
  return slopes[code.activation ?? "linear"] ?? null;
}

/** sum_j d'_j^2 sum_i W_ij^2 of each row. */
function layerNorm(h: Tensor, parameters: Parameters, slope: (h: Tensor) => Tensor): Tensor {
  const name = Object.keys(parameters).find((key) => /^encoder\.\d+\.weight$/.test(key))!;
  const columns = sum(square(parameters[name]!), 0, { keepDims: true });
  return sum(mul(square(slope(h)), columns), 1);
}

/** The squared norm of the Jacobian of each row: rows do not touch, so the sum of a unit has all their gradients. */
function jacobianNorm(code: Tensor, x: Tensor, units: number): Tensor {
  const axes = x.shape.slice(1).map((_, i) => i + 1);
  return Array.from({ length: units }, (_, j) => {
    const [slopes] = gradient(sum(slice(code, j, j + 1, 1)), [x]);
    return sum(square(slopes!), axes);
  }).reduce((a, b) => add(a, b));
}
