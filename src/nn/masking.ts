import { cast, isNan, mean, mul, not, type Tensor, where } from "../graph/index.ts";
import { type Loss, observedMean } from "./losses.ts";
import type { Model } from "./model.ts";

/** Cells with 0 in the place of NaN, and 1 where there was none, 0 where there was. */
export function observed(x: Tensor): { readonly filled: Tensor; readonly mask: Tensor } {
  const missing = isNan(x);
  return { filled: where(missing, 0, x), mask: cast(not(missing), x.dtype) };
}

/** The errors of rows and their mean; NaN cells of a `masked` model have the error 0 and do not count. */
export function scoredErrors(
  loss: Loss,
  y: Tensor,
  x: Tensor,
  { masked }: { readonly masked: boolean },
): { readonly error: Tensor; readonly score: Tensor } {
  if (masked) {
    const { filled, mask } = observed(x);
    const error = mul(loss.errors(y, filled), mask);
    return { error, score: observedMean(error, mask) };
  }
  const error = loss.errors(y, x);
  return {
    error,
    score: mean(
      error,
      error.shape.slice(1).map((_, i) => i + 1),
    ),
  };
}

/**
 * A model whose training knew no missing cells, for data that have some: they are 0, the mean of standardised
 * cells, and do not count in its errors.
 */
export const fillingGaps = (model: Model): Model =>
  model.masked
    ? model
    : {
        ...model,
        masked: true,
        encode: (parameters, x, context) => model.encode(parameters, observed(x).filled, context),
      };
