import { add, cast, div, less, mean, mul, sqrt, square, sub, type Tensor } from "../graph/index.ts";
import { type Activation, activationOf } from "./activations.ts";
import { dense } from "./dense.ts";
import type { InitializerName } from "./initializers.ts";
import type { Context, Parameters } from "./model.ts";

/** Layers as plain data, so that an architecture can be kept in a file. Names and defaults are Keras'. */
export type Layer =
  | {
      readonly layer: "dense";
      readonly units: number;
      readonly activation?: Activation;
      readonly bias?: boolean;
      readonly initial?: InitializerName;
    }
  | { readonly layer: "activation"; readonly activation: Activation }
  | { readonly layer: "dropout"; readonly rate: number }
  | { readonly layer: "gaussianNoise"; readonly deviation: number }
  | { readonly layer: "batchNormalization"; readonly momentum?: number; readonly epsilon?: number }
  | { readonly layer: "layerNormalization"; readonly epsilon?: number };

type Kind = Layer["layer"];
type Of<K extends Kind> = Extract<Layer, { layer: K }>;

/** A weight of a layer, named within it. */
export interface WeightSpec {
  readonly shape: readonly number[];
  readonly initial: InitializerName;
  readonly trained?: boolean;
}

/** All that is known about a kind of layer. `shape` is that of one row. */
interface Row<L> {
  readonly weights: (layer: L, shape: readonly number[]) => Readonly<Record<string, WeightSpec>>;
  readonly output: (layer: L, shape: readonly number[]) => readonly number[];
  /** `name` is the prefix of the layer's own parameters, for updates of those not trained. */
  readonly apply: (layer: L, own: Parameters, x: Tensor, context: Context, name: string) => Tensor;
}

const none = (): Readonly<Record<string, WeightSpec>> => ({});
const same = (_: unknown, shape: readonly number[]): readonly number[] => shape;

const rows: { readonly [K in Kind]: Row<Of<K>> } = {
  dense: {
    weights: ({ units, bias = true, initial = "glorotUniform" }, shape) => ({
      weight: { shape: [shape.at(-1)!, units], initial },
      ...(bias && { bias: { shape: [units], initial: "zeros" as const } }),
    }),
    output: ({ units }, shape) => [...shape.slice(0, -1), units],
    apply: ({ activation = "linear" }, { weight, bias }, x) =>
      dense(x, weight!, bias ?? null, activation),
  },
  activation: {
    weights: none,
    output: same,
    apply: ({ activation }, _, x) => activationOf(activation)(x),
  },
  dropout: {
    weights: none,
    output: same,
    // inverted: kept cells are scaled up, so that nothing changes where nothing is dropped
    apply: ({ rate }, _, x, context) => {
      if (!context.training || rate === 0) return x;
      const kept = cast(less(context.noise("uniform", x.shape), 1 - rate), x.dtype);
      return mul(x, mul(kept, 1 / (1 - rate)));
    },
  },
  gaussianNoise: {
    weights: none,
    output: same,
    apply: ({ deviation }, _, x, context) =>
      context.training ? add(x, mul(context.noise("normal", x.shape), deviation)) : x,
  },
  batchNormalization: {
    weights: (_, shape) => ({
      gamma: { shape: [shape.at(-1)!], initial: "ones" },
      beta: { shape: [shape.at(-1)!], initial: "zeros" },
      mean: { shape: [shape.at(-1)!], initial: "zeros", trained: false },
      variance: { shape: [shape.at(-1)!], initial: "ones", trained: false },
    }),
    output: same,
    // Ioffe and Szegedy 2015; moving statistics as in Keras
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
  },
  layerNormalization: {
    weights: (_, shape) => ({
      gamma: { shape: [shape.at(-1)!], initial: "ones" },
      beta: { shape: [shape.at(-1)!], initial: "zeros" },
    }),
    output: same,
    // Ba et al. 2016
    apply: ({ epsilon = 1e-3 }, own, x) => {
      const center = sub(x, mean(x, -1, { keepDims: true }));
      const spread = mean(square(center), -1, { keepDims: true });
      return add(mul(div(center, sqrt(add(spread, epsilon))), own.gamma!), own.beta!);
    },
  },
};

const rowOf = (layer: Layer): Row<Layer> => {
  const row = rows[layer.layer] as unknown as Row<Layer> | undefined;
  if (row) return row;
  throw new RangeError(`layer: one of ${Object.keys(rows).join(", ")}, got "${layer.layer}"`);
};

/** The weights of a layer that takes rows of a shape. */
export const weightsOf = (
  layer: Layer,
  shape: readonly number[],
): Readonly<Record<string, WeightSpec>> => rowOf(layer).weights(layer, shape);

/** The shape of one row after a layer. */
export const outputShapeOf = (layer: Layer, shape: readonly number[]): readonly number[] =>
  rowOf(layer).output(layer, shape);

/** A layer applied to [rows, ...shape], with its own weights by their short names. */
export const applyLayer = (
  layer: Layer,
  own: Parameters,
  x: Tensor,
  context: Context,
  name: string,
): Tensor => rowOf(layer).apply(layer, own, x, context, name);
