import { add, div, mean, mul, sqrt, square, sub, type Tensor } from "../../graph/index.ts";
import { type LayerRow, same } from "./row.ts";

/** Batch normalisation over all axes but the last (Ioffe and Szegedy 2015); moving statistics as in Keras. */
export interface BatchNormalization {
  readonly layer: "batchNormalization";
  readonly momentum?: number;
  readonly epsilon?: number;
}

/** Layer normalisation over the last axis (Ba et al. 2016). */
export interface LayerNormalization {
  readonly layer: "layerNormalization";
  readonly epsilon?: number;
}

const scaleAndShift = (size: number) => ({
  gamma: { shape: [size], initial: "ones" as const },
  beta: { shape: [size], initial: "zeros" as const },
});

export const batchNormalizationRow: LayerRow<BatchNormalization> = {
  weights: (_, shape) => ({
    ...scaleAndShift(shape.at(-1)!),
    mean: { shape: [shape.at(-1)!], initial: "zeros", trained: false },
    variance: { shape: [shape.at(-1)!], initial: "ones", trained: false },
  }),
  output: same,
  apply: ({ momentum = 0.99, epsilon = 1e-3 }, own, x, context, name) => {
    const axes = x.shape.slice(0, -1).map((_, i) => i);
    const center = context.training ? mean(x, axes) : own.mean!;
    const spread = context.training ? mean(square(sub(x, center)), axes) : own.variance!;
    if (context.training) {
      const moved = (old: Tensor, now: Tensor): Tensor =>
        add(mul(old, momentum), mul(now, 1 - momentum));
      context.update(`${name}.mean`, moved(own.mean!, center));
      context.update(`${name}.variance`, moved(own.variance!, spread));
    }
    return add(mul(div(sub(x, center), sqrt(add(spread, epsilon))), own.gamma!), own.beta!);
  },
};

export const layerNormalizationRow: LayerRow<LayerNormalization> = {
  weights: (_, shape) => scaleAndShift(shape.at(-1)!),
  output: same,
  apply: ({ epsilon = 1e-3 }, own, x) => {
    const center = sub(x, mean(x, -1, { keepDims: true }));
    const spread = mean(square(center), -1, { keepDims: true });
    return add(mul(div(center, sqrt(add(spread, epsilon))), own.gamma!), own.beta!);
  },
};
