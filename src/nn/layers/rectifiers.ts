import {
  elu,
  greater,
  leakyRelu,
  minimum,
  mul,
  relu,
  sub,
  type Tensor,
  where,
} from "../../graph/index.ts";
import { type LayerRow, none, same } from "./row.ts";

/** max(x, 0) with what Keras' ReLU and LeakyReLU layers may say beyond it. */
export interface Relu {
  readonly layer: "relu";
  /** Of the part below the threshold; 0 by default, 0.3 in Keras' LeakyReLU. */
  readonly slope?: number;
  /** Where the output stops to grow; nowhere by default. */
  readonly maxValue?: number;
  /** Up to it the output is slope (x - threshold); 0 by default. */
  readonly threshold?: number;
}

/** x where positive, else alpha (exp(x) - 1) (Clevert et al. 2016). */
export interface Elu {
  readonly layer: "elu";
  /** 1 by default. */
  readonly alpha?: number;
}

/** x where positive, else a x, a learnt for each cell of a row (He et al. 2015). */
export interface Prelu {
  readonly layer: "prelu";
  /** Axes of a row, from 1, along which cells share their slope. */
  readonly sharedAxes?: readonly number[];
}

export const reluRow: LayerRow<Relu> = {
  weights: none,
  output: same,
  apply: ({ slope = 0, maxValue, threshold = 0 }, _, x) => {
    const grown = rectified(x, slope, threshold);
    return maxValue === undefined ? grown : minimum(grown, maxValue);
  },
};

function rectified(x: Tensor, slope: number, threshold: number): Tensor {
  if (threshold === 0) return slope === 0 ? relu(x) : leakyRelu(x, slope);
  return where(greater(x, threshold), x, mul(sub(x, threshold), slope));
}

export const eluRow: LayerRow<Elu> = {
  weights: none,
  output: same,
  apply: ({ alpha = 1 }, _, x) => elu(x, alpha),
};

export const preluRow: LayerRow<Prelu> = {
  weights: ({ sharedAxes = [] }, shape) => ({
    slope: {
      shape: shape.map((size, i) => (sharedAxes.includes(i + 1) ? 1 : size)),
      initial: "zeros",
    },
  }),
  output: same,
  apply: (_, { slope }, x) => where(greater(x, 0), x, mul(x, slope!)),
};
