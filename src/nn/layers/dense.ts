import { type Activation, activationOf } from "../activations.ts";
import { dense } from "../dense.ts";
import type { InitializerName } from "../initializers.ts";
import { type LayerRow, none, same } from "./row.ts";

/** d(x W + b) over the last axis: on sequences and images, the same one at every step or place. */
export interface Dense {
  readonly layer: "dense";
  readonly units: number;
  readonly activation?: Activation;
  readonly bias?: boolean;
  readonly initial?: InitializerName;
}

/** An activation by itself. */
export interface ActivationLayer {
  readonly layer: "activation";
  readonly activation: Activation;
}

export const denseRow: LayerRow<Dense> = {
  weights: ({ units, bias = true, initial = "glorotUniform" }, shape) => ({
    weight: { shape: [shape.at(-1)!, units], initial },
    ...(bias && { bias: { shape: [units], initial: "zeros" as const } }),
  }),
  output: ({ units }, shape) => [...shape.slice(0, -1), units],
  apply: ({ activation = "linear" }, { weight, bias }, x) =>
    dense(x, weight!, bias ?? null, activation),
};

export const activationRow: LayerRow<ActivationLayer> = {
  weights: none,
  output: same,
  apply: ({ activation }, _, x) => activationOf(activation)(x),
};
