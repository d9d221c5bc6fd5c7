import { mistake } from "../errors.ts";
import { abs, add, clip, log, mean, mul, sub, sum, type Tensor } from "../graph/index.ts";
import type { Model } from "../nn/index.ts";
import { optionParts } from "../options.ts";
import { z } from "../schema.ts";
import { described } from "./network.ts";
import { checkKind } from "./parts.ts";

/** Options of the sparse autoencoder. */
export interface SparseOptions {
  /** `kl` (the default) or `l1` on the activations of the code. */
  readonly penalty?: "kl" | "l1";
  /** lambda, by default 0.1 for `kl` and 1e-3 for `l1`. */
  readonly weight?: number;
  /** rho: the mean activation that each unit of the code should have, in (0, 1); 0.05 by default. */
  readonly target?: number;
}

const optional = z.exactOptional;

/** `SparseOptions`, as they come from a caller. */
export const sparseOptions: z.ZodMiniObject = z.object({
  penalty: optional(z.enum(["kl", "l1"])),
  weight: optional(optionParts.atLeast(0)),
  target: optional(z.number().check(z.gt(0), z.lt(1))),
});

/**
 * Sparse: few units of the code are active for a row (Ng 2011; Charte et al. 2018). `kl` adds
 * lambda sum_j KL(rho || rho_j) = lambda sum_j rho log(rho / rho_j) + (1 - rho) log((1 - rho) / (1 - rho_j)),
 * rho_j the mean activation of unit j over the batch: a sigmoid code as it is, a tanh code brought to [0, 1].
 * `l1` adds lambda times the mean over the batch of sum_j |h_j| (Keras' activity regularizer). Throws
 * `argument_wrong` for `kl` on a code that is not bounded.
 */
export function sparse(model: Model, options: SparseOptions = {}): Model {
  checkKind("sparse", sparseOptions, model, options);
  const { penalty = "kl", weight = penalty === "kl" ? 0.1 : 1e-3, target = 0.05 } = options;
  const toUnit = penalty === "kl" ? unitOf(model) : null;
  return {
    ...model,
    ...described(model, "sparse", options),
    network: null,
    objectives: (parameters, batch, loss, context) => {
      const code = model.encode(parameters, batch.x, context);
      const term = toUnit ? divergence(toUnit(code), target) : mean(sum(abs(code), 1));
      const [first, ...others] = model.objectives(parameters, batch, loss, context);
      return [
        {
          ...first!,
          loss: add(first!.loss, mul(term, weight)),
          metrics: { ...first!.metrics, sparsity: term },
        },
        ...others,
      ];
    },
  };
}

/** How activations of the code are brought to [0, 1]. */
function unitOf({ kind, codeActivation }: Model): (code: Tensor) => Tensor {
  if (codeActivation === "sigmoid") return (code) => code;
  if (codeActivation === "tanh") return (code) => mul(add(code, 1), 0.5);
  throw mistake(
    `sparse: the kl penalty needs a code between bounds: latentActivation "sigmoid" or "tanh", got "${codeActivation}" of ${kind}; or take the l1 penalty`,
  );
}

/** sum_j KL(rho || rho_j) of activations [batch, units] in [0, 1]. */
function divergence(code: Tensor, rho: number): Tensor {
  const active = clip(mean(code, 0), 1e-6, 1 - 1e-6);
  const constant = rho * Math.log(rho) + (1 - rho) * Math.log(1 - rho);
  return sum(sub(constant, add(mul(log(active), rho), mul(log(sub(1, active)), 1 - rho))));
}
