import { mistake } from "../errors.ts";
import { add, concat, cos, floor, mul, sin, slice, sub, type Tensor } from "../graph/index.ts";
import type { Context } from "../nn/index.ts";

/** The distribution that codes should follow. */
export type Prior =
  | { readonly kind: "gaussian" }
  /** Uniform in [-1, 1] in every dimension. */
  | { readonly kind: "uniform" }
  /** Gaussians around a circle in the first two dimensions, elongated along its radius. */
  | {
      readonly kind: "mixture";
      /** 10 by default. */
      readonly components?: number;
      /** Of the circle; 4 by default. */
      readonly radius?: number;
    };

/** Deviations of a component of the mixture: along the radius, and across it. */
const spread = { along: 1, across: 0.25 };

/** Checks a prior for codes of a size. Throws `argument_wrong` for a mixture of one dimension. */
export function checkPrior(prior: Prior, latentDim: number): void {
  if (prior.kind === "mixture" && latentDim < 2)
    throw mistake("prior: a mixture needs a code of 2 or more");
}

/** Codes [batch, latentDim] drawn from a prior (Makhzani et al. 2016, for the mixture). */
export function drawPrior(prior: Prior, latentDim: number, context: Context): Tensor {
  const cells = ["batch", latentDim];
  if (prior.kind === "uniform") return sub(mul(context.noise("uniform", cells), 2), 1);
  const normal = context.noise("normal", cells);
  if (prior.kind === "gaussian") return normal;
  const { components = 10, radius = 4 } = prior;
  const chosen = floor(mul(context.noise("uniform", ["batch", 1]), components));
  const angle = mul(chosen, (2 * Math.PI) / components);
  const [x, y] = [cos(angle), sin(angle)];
  const along = add(mul(slice(normal, 0, 1, 1), spread.along), radius);
  const across = mul(slice(normal, 1, 2, 1), spread.across);
  const plane = [sub(mul(along, x), mul(across, y)), add(mul(along, y), mul(across, x))];
  return concat([...plane, ...(latentDim > 2 ? [slice(normal, 2, latentDim, 1)] : [])], 1);
}
