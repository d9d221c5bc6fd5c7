import { mistake } from "../errors.ts";
import { cellsOf } from "../graph/index.ts";
import type { Activation, Dense, Layer, Model, PenaltyOptions } from "../nn/index.ts";
import { outputShapeOf } from "../nn/index.ts";
import { checkOptions, optionParts } from "../options.ts";
import { z } from "../schema.ts";
import { modelOf } from "./network.ts";
import { networkParts as parts } from "./parts.ts";

/**
 * Options of the convolutional autoencoder; all plain data. Without `latentDim`, the size of the
 * code, the last feature maps, laid out flat, are the code.
 */
export interface ConvolutionalOptions extends PenaltyOptions {
  /** [height, width, channels] of an image, or [time, features] of a sequence. */
  readonly input: readonly number[];
  /** Filters of each level; each halves the sides. [32, 64] by default. */
  readonly filters?: readonly number[];
  /** 3 by default. */
  readonly kernelSize?: number;
  /** Convolutions of stride 2, the default, or of stride 1 followed by max pooling. */
  readonly down?: "strided" | "pooled";
  /** Transposed convolutions of stride 2, the default, or upsampling followed by convolutions. */
  readonly up?: "transposed" | "upsampled";
  readonly latentDim?: number;
  readonly activation?: Activation;
  readonly latentActivation?: Activation;
  /** d2 of the output: sigmoid for cells in [0, 1], linear for standardised ones. */
  readonly output?: Activation;
  readonly batchNormalization?: boolean;
  readonly masked?: boolean;
}

const { whole, sizes, shape } = optionParts;
const optional = z.exactOptional;

/** `ConvolutionalOptions`, as they come from a caller. */
export const convolutionalOptions: z.ZodMiniObject = z.object({
  ...parts.common,
  input: shape,
  filters: optional(sizes.check(z.minLength(1))),
  kernelSize: optional(whole(1)),
  down: optional(z.enum(["strided", "pooled"])),
  up: optional(z.enum(["transposed", "upsampled"])),
  latentDim: optional(whole(1)),
  activation: optional(parts.activation),
  batchNormalization: optional(z.boolean()),
});

/**
 * The convolutional autoencoder (Masci et al. 2011; Charte et al. 2018) over images or over the time of
 * sequences: levels of convolutions that halve the sides, the same levels backwards. Sides that are odd are
 * rounded up on the way down, and what is too much is cropped on the way up.
 */
export function convolutional(options: ConvolutionalOptions): Model {
  checkOptions("convolutional", convolutionalOptions, options);
  const {
    input,
    filters = [32, 64],
    kernelSize = 3,
    down = "strided",
    up = "transposed",
    latentDim,
    activation = "relu",
    latentActivation = "linear",
    output = "linear",
    batchNormalization = false,
    masked = false,
  } = options;
  if (input.length !== 2 && input.length !== 3)
    throw mistake(
      `convolutional: input must be [height, width, channels] or [time, features], got [${input.join(", ")}]`,
    );
  const parts = input.length === 3 ? twoDimensional : oneDimensional;
  const level = (layer: Layer, d: Activation): Layer[] =>
    batchNormalization
      ? [layer, { layer: "batchNormalization" }, { layer: "activation", activation: d }]
      : [{ ...layer, activation: d } as Layer];
  const downward = filters.map((count): Layer[] =>
    down === "strided"
      ? level(parts.convolution(count, kernelSize, 2), activation)
      : [...level(parts.convolution(count, kernelSize, 1), activation), parts.pooling],
  );
  const shapes = [input];
  for (const layers of downward)
    shapes.push(layers.reduce((shape, layer) => outputShapeOf(layer, shape), shapes.at(-1)!));
  const upward = filters.map((_, i): Layer[] => {
    const target = shapes[i]!;
    const count = i === 0 ? input.at(-1)! : filters[i - 1]!;
    const layer =
      up === "transposed"
        ? [parts.transposed(count, kernelSize)]
        : [parts.upsampling, parts.convolution(count, kernelSize, 1)];
    const [last, ...before] = layer.reverse();
    const own = [
      ...before,
      ...(i === 0 ? [{ ...last!, activation: output } as Layer] : level(last!, activation)),
    ];
    const grown = own.reduce((shape, each) => outputShapeOf(each, shape), shapes[i + 1]!);
    const sides = target.slice(0, -1);
    const fits = sides.every((side, axis) => side === grown[axis]);
    return fits ? own : [...own, { layer: "crop", to: sides }];
  });
  const deepest = shapes.at(-1)!;
  const cells = cellsOf(deepest);
  const code: Dense | null =
    latentDim === undefined
      ? null
      : { layer: "dense", units: latentDim, activation: latentActivation };
  return modelOf({
    kind: "convolutional",
    architecture: { network: "convolutional", ...options },
    network: {
      inputShape: input,
      encoder: [...downward.flat(), { layer: "flatten" }],
      code,
      decoder: [
        ...(code ? ([{ layer: "dense", units: cells, activation }] as const) : []),
        { layer: "reshape", shape: deepest },
        ...upward.reverse().flat(),
      ],
      masked,
      penalties: { l1: options.l1 ?? 0, l2: options.l2 ?? 0 },
    },
  });
}

interface Parts {
  readonly convolution: (filters: number, kernelSize: number, strides: number) => Layer;
  readonly transposed: (filters: number, kernelSize: number) => Layer;
  readonly pooling: Layer;
  readonly upsampling: Layer;
}

const twoDimensional: Parts = {
  convolution: (filters, kernelSize, strides) => ({
    layer: "conv2d",
    filters,
    kernelSize,
    strides,
    padding: "same",
  }),
  transposed: (filters, kernelSize) => ({
    layer: "conv2dTranspose",
    filters,
    kernelSize,
    strides: 2,
    padding: "same",
  }),
  pooling: { layer: "maxPooling2d", poolSize: 2, padding: "same" },
  upsampling: { layer: "upSampling2d", size: 2 },
};

const oneDimensional: Parts = {
  convolution: (filters, kernelSize, strides) => ({
    layer: "conv1d",
    filters,
    kernelSize,
    strides,
    padding: "same",
  }),
  transposed: (filters, kernelSize) => ({
    layer: "conv1dTranspose",
    filters,
    kernelSize,
    strides: 2,
    padding: "same",
  }),
  pooling: { layer: "maxPooling1d", poolSize: 2, padding: "same" },
  upsampling: { layer: "upSampling1d", size: 2 },
};
