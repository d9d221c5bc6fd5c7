import { convolve, convolveBack, type Windows } from "../../graph/index.ts";
import { type Activation, activationOf } from "../activations.ts";
import type { InitializerName } from "../initializers.ts";
import type { LayerRow } from "./row.ts";
import { gridOf, type Padding, type Sizes, sizesOf, windowsOver, windowsUnder } from "./windows.ts";

interface Convolution<S> {
  /** Channels of the output. */
  readonly filters: number;
  readonly kernelSize: S;
  readonly strides?: S;
  readonly padding?: Padding;
  readonly activation?: Activation;
  readonly bias?: boolean;
  readonly initial?: InitializerName;
}

/** d(w * x + b) over sequences [steps, channels]: one set of weights at every step. */
export interface Conv1d extends Convolution<number> {
  readonly layer: "conv1d";
}

/** d(w * x + b) over images [height, width, channels]: one set of weights at every place (LeCun et al. 1989). */
export interface Conv2d extends Convolution<number | readonly [number, number]> {
  readonly layer: "conv2d";
}

/** The gradient of `conv1d` as a layer: sequences `strides` times as long. */
export interface Conv1dTranspose extends Convolution<number> {
  readonly layer: "conv1dTranspose";
}

/** The gradient of `conv2d` as a layer (Dumoulin and Visin 2016): images `strides` times as large. */
export interface Conv2dTranspose extends Convolution<number | readonly [number, number]> {
  readonly layer: "conv2dTranspose";
}

type AnyConvolution = Convolution<Sizes> & { readonly layer: string };

const slidingOf = (
  { layer, kernelSize, strides = 1, padding = "valid" }: AnyConvolution,
  axes: number,
) => ({
  kernel: sizesOf(`${layer}: kernelSize`, kernelSize, axes),
  strides: sizesOf(`${layer}: strides`, strides, axes),
  padding,
});

/** Rows of both directions; they differ in which grid is given and in the order of the kernel's channels. */
function convolutionRow(axes: number, transposed: boolean): LayerRow<AnyConvolution> {
  const windowsOf = (layer: AnyConvolution, shape: readonly number[]): Windows => {
    const grid = gridOf(layer.layer, shape, axes);
    const make = transposed ? windowsUnder : windowsOver;
    return make(layer.layer, grid, slidingOf(layer, axes));
  };
  return {
    // [...kernel, inputs, filters], and of the transposed [...kernel, filters, inputs], as in Keras
    weights: (layer, shape) => {
      const { filters, bias = true, initial = "glorotUniform" } = layer;
      const { kernel } = windowsOf(layer, shape);
      sizesOf(`${layer.layer}: filters`, filters, 1);
      const channels = [shape.at(-1)!, filters];
      if (transposed) channels.reverse();
      return {
        weight: { shape: [...kernel, ...channels], initial },
        ...(bias && { bias: { shape: [filters], initial: "zeros" as const } }),
      };
    },
    output: (layer, shape) => {
      const { big, small } = windowsOf(layer, shape);
      return [...(transposed ? big : small), layer.filters];
    },
    apply: (layer, { weight, bias }, x) => {
      const windows = windowsOf(layer, x.shape.slice(1) as readonly number[]);
      const z = (transposed ? convolveBack : convolve)(x, weight!, bias ?? null, windows);
      return activationOf(layer.activation ?? "linear")(z);
    },
  };
}

export const conv1dRow: LayerRow<Conv1d> = convolutionRow(1, false);
export const conv2dRow: LayerRow<Conv2d> = convolutionRow(2, false);
export const conv1dTransposeRow: LayerRow<Conv1dTranspose> = convolutionRow(1, true);
export const conv2dTransposeRow: LayerRow<Conv2dTranspose> = convolutionRow(2, true);
