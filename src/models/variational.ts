import { mistake } from "../errors.ts";
import {
  add,
  clip,
  div,
  exp,
  mean,
  minimum,
  mul,
  square,
  sub,
  sum,
  type Tensor,
} from "../graph/index.ts";
import {
  type Dense,
  type Loss,
  type Model,
  meanOfRows,
  rowErrors,
  sequence,
  weightPenalty,
} from "../nn/index.ts";
import { optionParts } from "../options.ts";
import { z } from "../schema.ts";
import { comparison, described, halvesOf, linesOf, networkOf } from "./network.ts";
import { checkKind } from "./parts.ts";
import { drawPrior } from "./prior.ts";

/** Options of the variational autoencoder. */
export interface VariationalOptions {
  /** Weight of the KL divergence: 1 is the variational bound, more the beta-VAE (Higgins et al. 2017). */
  readonly beta?: number;
  /** Steps over which beta grows from 0 (Bowman et al. 2016); 0 for none. */
  readonly warmUp?: number;
  /** Variance of the Gaussian around the output, where the loss is mse; 1 by default. */
  readonly variance?: number;
}

const optional = z.exactOptional;

/** `VariationalOptions`, as they come from a caller. */
export const variationalOptions: z.ZodMiniObject = z.object({
  beta: optional(optionParts.atLeast(0)),
  warmUp: optional(optionParts.atLeast(0)),
  variance: optional(optionParts.positive),
});

const bounds = [-30, 20] as const;

/**
 * Variational (Kingma and Welling 2014; Charte et al. 2018): the encoder gives the mean m and
 * log variance s of each unit, the code is m + exp(s / 2) e with e standard normal, and
 * loss = sum over cells of -log p(x | code) + beta sum over units of (m^2 + exp(s) - 1 - s) / 2, both summed
 * over their dimensions and averaged over the batch. The likelihood is that of the loss: binary
 * cross-entropy is Bernoulli, mse Gaussian. `encode` gives m. The history has `reconstruction`, `kl` and
 * `klPerUnit`, of which a unit near 0 has collapsed onto the prior.
 */
export function variational(model: Model, options: VariationalOptions = {}): Model {
  checkKind("variational", variationalOptions, model, options);
  const { beta = 1, warmUp = 0, variance = 1 } = options;
  const network = networkOf(model, "variational");
  if (!network.code) throw mistake("variational: the model needs latentDim, the size of its code");
  const latentDim = network.code.units;
  const halves = halvesOf(network, { withoutCode: true, latentDim });
  const { encoder, decoder, decode } = halves;
  const head: Dense = { ...network.code, activation: "linear" };
  const means = sequence("mean", [head], encoder.outputShape);
  const logVariances = sequence("logVariance", [head], encoder.outputShape);
  const encode: Model["encode"] = (parameters, x, context) =>
    means.apply(parameters, halves.encode(parameters, x, context), context);
  return {
    ...described(model, "variational", options),
    network: null,
    masked: network.masked,
    inputShape: network.inputShape,
    outputShape: decoder.outputShape,
    latentDim,
    codeActivation: "linear",
    parameters: {
      ...encoder.parameters,
      ...means.parameters,
      ...logVariances.parameters,
      ...decoder.parameters,
    },
    layers: linesOf(encoder, means, logVariances, decoder),
    encode,
    decode,
    prior: (context) => drawPrior({ kind: "gaussian" }, latentDim, context),
    objectives: (parameters, given, loss, context) => {
      const hidden = halves.encode(parameters, given.x, context);
      const m = means.apply(parameters, hidden, context);
      const s = clip(logVariances.apply(parameters, hidden, context), ...bounds);
      const noise = context.noise("normal", ["batch", latentDim]);
      const code = add(m, mul(exp(mul(s, 0.5)), noise));
      const batch = comparison(given, network.masked);
      const y = decode(parameters, code, context);
      const surprise = surpriseOf(loss, variance)(y, batch.target);
      const reconstruction = meanOfRows(rowErrors(surprise, batch.mask, "sum"), batch.weight);
      const divergence = mul(sub(add(square(m), exp(s)), add(s, 1)), 0.5);
      const kl = meanOfRows(sum(divergence, 1), batch.weight);
      const strength = warmUp > 0 ? mul(minimum(div(context.step(), warmUp), 1), beta) : beta;
      const total = add(reconstruction, mul(kl, strength));
      const penalty = weightPenalty(parameters, network.penalties);
      return [
        {
          name: "loss",
          loss: penalty ? add(total, penalty) : total,
          groups: ["weights"],
          metrics: { reconstruction, kl, klPerUnit: mean(divergence, 0) },
        },
      ];
    },
  };
}

/** Minus the log likelihood of cells, or the errors of a loss that has none. */
const surpriseOf =
  (loss: Loss, variance: number) =>
  (y: Tensor, target: Tensor): Tensor =>
    loss.surprise ? loss.surprise(y, target, variance) : loss.errors(y, target);
