import { mistake } from "../errors.ts";
import {
  add,
  cast,
  div,
  extent,
  gemm,
  greater,
  maximum,
  mul,
  reshape,
  square,
  sub,
  sum,
  type Tensor,
} from "../graph/index.ts";
import { type Model, meanOfRows, rowErrors, weightPenalty } from "../nn/index.ts";
import { optionParts } from "../options.ts";
import { z } from "../schema.ts";
import { comparison, described, halvesOf, linesOf, networkOf } from "./network.ts";
import { checkKind, networkParts } from "./parts.ts";
import { checkPrior, drawPrior, type Prior } from "./prior.ts";

/** Options of the Wasserstein autoencoder. */
export interface WassersteinOptions {
  /** lambda, 10 by default. */
  readonly weight?: number;
  readonly prior?: Prior;
}

const optional = z.exactOptional;

/** `WassersteinOptions`, as they come from a caller. */
export const wassersteinOptions: z.ZodMiniObject = z.object({
  weight: optional(optionParts.atLeast(0)),
  prior: optional(networkParts.prior),
});

/** Scales of the kernel, as fractions of twice the code's size. */
const scales = [0.1, 0.2, 0.5, 1, 2, 5, 10];

/**
 * Wasserstein (WAE-MMD, Tolstikhin et al. 2018): the error summed over the cells and averaged over the batch,
 * plus lambda MMD^2(codes, prior) with the inverse multiquadratic kernel k(a, b) = sum over scales of
 * C / (C + |a - b|^2), C = 2 s latentDim, in its unbiased form: pairs of a row with itself do not count. The
 * code is linear and deterministic.
 */
export function wasserstein(model: Model, options: WassersteinOptions = {}): Model {
  checkKind("wasserstein", wassersteinOptions, model, options);
  const { weight = 10, prior = { kind: "gaussian" } } = options;
  const network = networkOf(model, "wasserstein");
  if (!network.code) throw mistake("wasserstein: the model needs latentDim, the size of its code");
  const code = { ...network.code, activation: "linear" as const };
  const { encoder, decoder, latentDim, encode, decode } = halvesOf({ ...network, code });
  checkPrior(prior, latentDim);
  return {
    ...described(model, "wasserstein", options),
    network: null,
    masked: network.masked,
    inputShape: network.inputShape,
    outputShape: decoder.outputShape,
    latentDim,
    codeActivation: "linear",
    parameters: { ...encoder.parameters, ...decoder.parameters },
    layers: linesOf(encoder, decoder),
    encode,
    decode,
    prior: (context) => drawPrior(prior, latentDim, context),
    objectives: (parameters, given, loss, context) => {
      const q = encode(parameters, given.x, context);
      const y = decode(parameters, q, context);
      const batch = comparison(given, network.masked);
      const errors = rowErrors(loss.errors(y, batch.target), batch.mask, "sum");
      const reconstruction = meanOfRows(errors, batch.weight);
      const mmd = discrepancy(q, drawPrior(prior, latentDim, context), latentDim);
      const total = add(reconstruction, mul(mmd, weight));
      const penalty = weightPenalty(parameters, network.penalties);
      return [
        {
          name: "loss",
          loss: penalty ? add(total, penalty) : total,
          groups: ["weights"],
          metrics: { reconstruction, mmd },
        },
      ];
    },
  };
}

/** The unbiased MMD^2 of two samples [batch, size] of equal length. */
function discrepancy(q: Tensor, p: Tensor, size: number): Tensor {
  const n = extent("batch");
  const pairs = maximum(mul(n, sub(n, 1)), 1);
  const itself = mul(n, scales.length);
  const within = (a: Tensor): Tensor => div(sub(kernelSum(a, a, size), itself), pairs);
  const across = div(kernelSum(q, p, size), square(n));
  const mmd = sub(add(within(q), within(p)), mul(across, 2));
  // one row alone has no pairs
  return mul(mmd, cast(greater(n, 1), "float32"));
}

/** The sum of k(a_i, b_j) over all pairs. */
function kernelSum(a: Tensor, b: Tensor, size: number): Tensor {
  const lengths = (x: Tensor): Tensor => sum(square(x), 1);
  const rows = reshape(lengths(a), ["batch", 1]);
  const products = gemm(a, b, null, { transB: true });
  const columns = lengths(b);
  const distances = maximum(sub(add(rows, columns), mul(products, 2)), 0);
  return scales
    .map((scale) => {
      const c = 2 * scale * size;
      return sum(div(c, add(distances, c)));
    })
    .reduce((x, y) => add(x, y));
}
