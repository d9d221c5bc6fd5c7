import type { Layer } from "../../nn/index.ts";
import { kerasActivation } from "../activations.ts";
import type { Settings } from "../settings.ts";
import { activationOf, kernelAndBias } from "./dense.ts";
import type { Read, Writing } from "./row.ts";

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
  if (sizes.length !== axes) s.refuse(setting, `${axes} sizes`);
  return axes === 1 ? sizes[0]! : (sizes as unknown as Pair);
}
type Pair = readonly [number, number];

/** Refuses what moves channels to the front. */
export const channelsLast = (s: Settings): void => {
  s.only("data_format", "channels_last");
};

const readAs =
  ({ layer, axes }: (typeof kinds)[keyof typeof kinds]): Read =>
  (s) => {
    channelsLast(s);
    if (s.numbers("dilation_rate", [1]).some((rate) => rate !== 1)) s.refuse("dilation_rate", "1");
    s.only("groups", 1);
    const given = s.values.output_padding;
    if (given !== null && given !== undefined) s.refuse("output_padding", "null");
    const bias = s.flag("use_bias", true);
    const { named, after } = activationOf(s);
    return {
      layers: [
        {
          layer,
          filters: s.count("filters"),
          kernelSize: sizesIn(s, "kernel_size", axes),
          strides: sizesIn(s, "strides", axes, 1),
          padding: s.only("padding", "valid", "same"),
          activation: named,
          bias,
        } as Layer,
        ...after,
      ],
      weights: kernelAndBias(bias),
    };
  };

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
