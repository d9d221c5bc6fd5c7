import { exp, greater, maximum, mul, sqrt, sub, type Tensor, where } from "../graph/index.ts";
import type { Loss, Model } from "../nn/index.ts";
import { optionParts } from "../options.ts";
import { z } from "../schema.ts";
import { described } from "./network.ts";
import { checkKind } from "./parts.ts";

/** Options of the robust autoencoder. */
export interface RobustOptions {
  /** `correntropy` by default. */
  readonly loss?: "correntropy" | "huber";
  /** Width of the kernel, in units of the prepared cells. */
  readonly sigma?: number;
  /** Where Huber's loss turns linear. */
  readonly delta?: number;
}

const optional = z.exactOptional;

/** `RobustOptions`, as they come from a caller. */
export const robustOptions: z.ZodMiniObject = z.object({
  loss: optional(z.enum(["correntropy", "huber"])),
  sigma: optional(optionParts.positive),
  delta: optional(optionParts.positive),
});

/**
 * Robust: rows that do not belong weigh little. Correntropy (Qi et al. 2014; Charte et al. 2018): minus the mean over the batch of sum_i K(x_i - y_i), the Gaussian kernel K(r) = exp(-r^2 / (2
 * sigma^2)) / (sqrt(2 pi) sigma); or Huber's loss (1964), summed alike. Categories, whose error is a
 * cross-entropy e, are taken as if r^2 were e.
 */
export function robust(model: Model, options: RobustOptions = {}): Model {
  checkKind("robust", robustOptions, model, options);
  const { loss: name = "correntropy", sigma = 1, delta = 1 } = options;
  const of = name === "huber" ? huberOf(delta) : correntropyOf(sigma);
  return {
    ...model,
    ...described(model, "robust", options),
    network: null,
    objectives: (parameters, batch, loss, context) =>
      model.objectives(parameters, batch, { ...robustLoss(loss, of), name }, context),
  };
}

/** A loss whose squared errors pass through a function. */
const robustLoss = (loss: Loss, of: (squares: Tensor) => Tensor): Loss => ({
  name: "robust",
  errors: (y, target) => of(loss.errors(y, target)),
  reduction: "sum",
});

const correntropyOf = (sigma: number) => (squares: Tensor) =>
  mul(exp(mul(squares, -1 / (2 * sigma ** 2))), -1 / (Math.sqrt(2 * Math.PI) * sigma));

const huberOf = (delta: number) => (squares: Tensor) =>
  where(
    greater(squares, delta ** 2),
    // the root is kept from 0, where it has no slope
    mul(sub(sqrt(maximum(squares, delta ** 2)), delta / 2), delta),
    mul(squares, 0.5),
  );
