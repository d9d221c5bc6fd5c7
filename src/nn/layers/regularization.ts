import { add, cast, less, mul } from "../../graph/index.ts";
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

export const dropoutRow: LayerRow<Dropout> = {
  weights: none,
  output: same,
  // inverted: kept cells are scaled up, so that nothing changes where nothing is dropped
  apply: ({ rate }, _, x, context) => {
    if (!context.training || rate === 0) return x;
    const kept = cast(less(context.noise("uniform", x.shape), 1 - rate), x.dtype);
    return mul(x, mul(kept, 1 / (1 - rate)));
  },
};

export const gaussianNoiseRow: LayerRow<GaussianNoise> = {
  weights: none,
  output: same,
  apply: ({ deviation }, _, x, context) =>
    context.training ? add(x, mul(context.noise("normal", x.shape), deviation)) : x,
};
