import { add, cast, less, mul, type Shape, type Tensor } from "../../graph/index.ts";
import type { Context } from "../context.ts";
import { type LayerRow, none, same } from "./row.ts";

/** Drops a share of the cells in each step of training (Srivastava et al. 2014). */
export interface Dropout {
  readonly layer: "dropout";
  readonly rate: number;
}

/** Adds Gaussian noise in each step of training. */
export interface GaussianNoise {
  readonly layer: "gaussianNoise";
  readonly deviation: number;
}

/** Drops whole channels of sequences and images in each step of training (Tompson et al. 2015). */
export interface SpatialDropout {
  readonly layer: "spatialDropout";
  readonly rate: number;
}

/** Multiplies by Gaussian noise around 1 of variance rate / (1 - rate) in each step of training. */
export interface GaussianDropout {
  readonly layer: "gaussianDropout";
  readonly rate: number;
}

export const dropoutRow: LayerRow<Dropout> = {
  weights: none,
  output: same,
  apply: ({ rate }, _, x, context) => dropped(x, x.shape, rate, context),
};

export const spatialDropoutRow: LayerRow<SpatialDropout> = {
  weights: none,
  output: same,
  apply: ({ rate }, _, x, context) =>
    dropped(
      x,
      x.shape.map((size, axis) => (axis === 0 || axis === x.shape.length - 1 ? size : 1)),
      rate,
      context,
    ),
};

/** Inverted: kept cells are scaled up, so that nothing changes where nothing is dropped. */
function dropped(x: Tensor, shape: Shape, rate: number, context: Context): Tensor {
  if (!context.training || rate === 0) return x;
  const kept = cast(less(context.noise("uniform", shape), 1 - rate), x.dtype);
  return mul(x, mul(kept, 1 / (1 - rate)));
}

export const gaussianDropoutRow: LayerRow<GaussianDropout> = {
  weights: none,
  output: same,
  apply: ({ rate }, _, x, context) =>
    context.training
      ? mul(x, add(mul(context.noise("normal", x.shape), Math.sqrt(rate / (1 - rate))), 1))
      : x,
};

export const gaussianNoiseRow: LayerRow<GaussianNoise> = {
  weights: none,
  output: same,
  apply: ({ deviation }, _, x, context) =>
    context.training ? add(x, mul(context.noise("normal", x.shape), deviation)) : x,
};
