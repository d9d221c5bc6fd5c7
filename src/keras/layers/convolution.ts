import { phrases } from "../../errors.ts";
import type { Layer } from "../../nn/index.ts";
import { kerasActivation } from "../activations.ts";
import type { Settings } from "../settings.ts";
import { kernelAndBias } from "./dense.ts";
import { activationOf } from "./rectifiers.ts";
import type { Edges, Read, Writing } from "./row.ts";

const kinds = {
  Conv1D: { layer: "conv1d", axes: 1 },
  Conv2D: { layer: "conv2d", axes: 2 },
  Conv1DTranspose: { layer: "conv1dTranspose", axes: 1 },
  Conv2DTranspose: { layer: "conv2dTranspose", axes: 2 },
} as const;

/** One number for one axis, a pair for two. */
export function sizesIn(s: Settings, setting: string, axes: 1 | 2, usual?: number): number | Pair {
  const list = s.numbers(setting, usual === undefined ? undefined : [usual]);
  const sizes = list.length === 1 ? new Array<number>(axes).fill(list[0]!) : list;
  if (sizes.length !== axes) s.refuse(setting, phrases.keras_sizes);
  return axes === 1 ? sizes[0]! : (sizes as unknown as Pair);
}
type Pair = readonly [number, number];

/** Refuses what moves channels to the front. */
export const channelsLast = (s: Settings): void => {
  s.only("data_format", "channels_last");
};

const readAs =
  ({ layer, axes }: (typeof kinds)[keyof typeof kinds]): Read =>
  (s, shape) => {
    channelsLast(s);
    if (s.numbers("dilation_rate", [1]).some((rate) => rate !== 1)) s.refuse("dilation_rate", "1");
    s.only("groups", 1);
    // Keras adds what was learnt in a few dimensions to the kernel that it saves
    s.harmless("lora_rank", "lora_alpha");
    const bias = s.flag("use_bias", true);
    const { named, after } = activationOf(s, shape);
    const sliding = {
      kernelSize: sizesIn(s, "kernel_size", axes),
      strides: sizesIn(s, "strides", axes, 1),
      padding: s.only("padding", "valid", "same", ...(layer === "conv1d" ? ["causal"] : [])),
    };
    const around = edgesOf(s, layer, sliding, shape);
    const convolution = {
      ...{ layer, filters: s.count("filters"), ...sliding, activation: named, bias },
      ...(around && { padding: "valid" }),
    } as Layer;
    const { padding = [], cropping = [] } = around ?? {};
    const before: readonly Layer[] = isSome(padding) ? [{ layer: "zeroPadding", padding }] : [];
    return {
      layers: [
        ...before,
        convolution,
        ...after,
        ...(isSome(cropping) ? [{ layer: "cropping", cropping } as const] : []),
      ],
      weights: kernelAndBias(bias),
      weighted: before.length,
    };
  };

interface Sliding {
  readonly kernelSize: number | Pair;
  readonly strides: number | Pair;
  readonly padding: string;
}

const isSome = (edges: Edges): boolean => edges.flat().some((cells) => cells > 0);

/**
 * What goes around the rows of a convolution that is "valid" itself, and what comes off its output: zeros before
 * the first step where no step may see a later one, and as many cells as `output_padding` says. Null for the
 * usual paddings.
 */
function edgesOf(
  s: Settings,
  layer: string,
  { kernelSize, strides, padding }: Sliding,
  shape: readonly number[],
): { readonly padding: Edges; readonly cropping: Edges } | null {
  if (padding === "causal") return { padding: [[(kernelSize as number) - 1, 0]], cropping: [] };
  if (!layer.endsWith("Transpose") || !s.has("output_padding")) return null;
  const [kernels, steps] = [kernelSize, strides].map((sizes) => [sizes].flat()) as number[][];
  const given = s.numbers("output_padding");
  const more = given.length === 1 ? kernels!.map(() => given[0]!) : given;
  const fits = more.every((cells, axis) => cells >= 0 && cells < (steps![axis] ?? 0));
  if (more.length !== kernels!.length || !fits)
    s.refuse("output_padding", phrases.keras_below_strides);
  const edges = kernels!.map((kernel, axis) => {
    const [size, stride, extra] = [shape[axis]!, steps![axis]!, more[axis]!];
    // Keras' formula: "same" takes away what an odd kernel reaches over the edges, half of it in front
    const odd = kernel % 2;
    const over = padding === "same" ? Math.max(kernel - odd - extra, 0) : 0;
    const wanted = (size - 1) * stride + (padding === "same" ? odd : kernel) + extra;
    const front = Math.floor(over / 2);
    const made = (n: number) => (n - 1) * stride + Math.max(kernel, stride);
    // a step of zeros behind the rows gives the cells that only the bias reaches
    const behind = made(size) < front + wanted ? 1 : 0;
    return { padding: [0, behind], cropping: [front, made(size + behind) - front - wanted] };
  });
  return {
    padding: edges.map((edge) => edge.padding) as unknown as Edges,
    cropping: edges.map((edge) => edge.cropping) as unknown as Edges,
  };
}

/** Keras' convolutions; kernels are laid out as ours. */
export const convolutionReads: Readonly<Record<string, Read>> = Object.fromEntries(
  Object.entries(kinds).map(([className, kind]) => [className, readAs(kind)]),
);

/** The Keras layer for one of our convolutions; null for other layers. */
export function writeConvolution(layer: Layer): Writing | null {
  const className = Object.entries(kinds).find(([, kind]) => kind.layer === layer.layer)?.[0];
  if (!className || !("filters" in layer)) return null;
  const { filters, kernelSize, strides = 1, padding = "valid", activation, bias = true } = layer;
  return {
    className,
    config: {
      ...{ filters, kernel_size: kernelSize, strides, padding, use_bias: bias },
      activation: kerasActivation(activation ?? "linear"),
    },
    weights: kernelAndBias(bias),
  };
}
