import { mistake } from "../errors.ts";
import {
  abs,
  add,
  cast,
  clip,
  constant,
  floor,
  less,
  mul,
  reshape,
  slice,
  sub,
  type Tensor,
  where,
} from "../graph/index.ts";
import type { Context, Model } from "../nn/index.ts";
import { optionParts } from "../options.ts";
import { z } from "../schema.ts";
import { described } from "./network.ts";
import { checkKind } from "./parts.ts";

/** Kinds of noise. */
export type Corruption = "gaussian" | "masking" | "saltAndPepper" | "blots";

/** Options of the denoising autoencoder. */
export interface DenoisingOptions {
  /** `gaussian` by default. */
  readonly noise?: Corruption;
  /**
   * How much, 0.3 by default: the deviation of Gaussian noise, the share of cells that masking or salt and
   * pepper hits, the share of each side that a blot covers.
   */
  readonly amount?: number;
  /** Pepper and salt, and the bounds that noisy cells are held in where `clip` is true; 0 and 1 by default. */
  readonly low?: number;
  readonly high?: number;
  /** Holds noisy cells within low and high, as for images. */
  readonly clip?: boolean;
}

const optional = z.exactOptional;

/** `DenoisingOptions`, as they come from a caller. */
export const denoisingOptions: z.ZodMiniObject = z.object({
  noise: optional(z.enum(["gaussian", "masking", "saltAndPepper", "blots"])),
  amount: optional(optionParts.atLeast(0)),
  low: optional(z.number()),
  high: optional(z.number()),
  clip: optional(z.boolean()),
});

/**
 * Denoising: L(x, g(f(x~))), where x~ is x with noise that is drawn anew in every batch (Vincent et al.
 * 2008; Charte et al. 2018). `gaussian` adds it; `masking` puts 0 in a share of the cells;
 * `saltAndPepper` puts the lowest or highest value there; `blots` cover a patch of an image [height, width,
 * channels], or some steps of a sequence, with 0. Throws `argument_wrong` for blots on rows of columns.
 */
export function denoising(model: Model, options: DenoisingOptions = {}): Model {
  checkKind("denoising", denoisingOptions, model, options);
  const { noise = "gaussian", amount = 0.3 } = options;
  if (noise !== "gaussian" && amount > 1)
    throw mistake(`denoising: amount must be in [0, 1], got ${amount}`);
  if (noise === "blots" && model.inputShape.length < 2)
    throw mistake("denoising: blots cover images and sequences, not rows of columns");
  return {
    ...model,
    ...described(model, "denoising", options),
    network: null,
    objectives: (parameters, batch, loss, context) => {
      const x = corrupted(batch.x, options, context);
      return model.objectives(parameters, { ...batch, x }, loss, context);
    },
  };
}

/** A batch with noise of its own: x~ of x [batch, ...]. */
export function corrupted(x: Tensor, options: DenoisingOptions, context: Context): Tensor {
  const { noise = "gaussian", amount = 0.3, low = 0, high = 1 } = options;
  const noisy = corruptions[noise](x, { amount, low, high }, context);
  return options.clip ? clip(noisy, low, high) : noisy;
}

interface Strength {
  readonly amount: number;
  readonly low: number;
  readonly high: number;
}
type Corrupt = (x: Tensor, strength: Strength, context: Context) => Tensor;

const corruptions: Readonly<Record<Corruption, Corrupt>> = {
  gaussian: (x, { amount }, context) =>
    add(x, mul(context.noise("normal", ["batch", ...x.shape.slice(1)]), amount)),
  masking: (x, { amount }, context) => {
    const drawn = context.noise("uniform", ["batch", ...x.shape.slice(1)]);
    return where(less(drawn, amount), 0, x);
  },
  // one draw decides both: below amount / 2 pepper, below amount salt
  saltAndPepper: (x, { amount, low, high }, context) => {
    const drawn = context.noise("uniform", ["batch", ...x.shape.slice(1)]);
    return where(less(drawn, amount / 2), low, where(less(drawn, amount), high, x));
  },
  blots: (x, { amount }, context) => {
    const sides = x.shape.slice(1, x.shape.length === 4 ? 3 : 2) as readonly number[];
    const places = context.noise("uniform", ["batch", sides.length]);
    const covered = sides
      .map((side, axis) => covers(slice(places, axis, axis + 1, 1), side, axis, x, amount))
      .reduce((a, b) => mul(a, b));
    return mul(x, sub(1, covered));
  },
};

/** 1 in a band of `amount` of a side whose start is drawn for each row, shaped to meet x. */
function covers(drawn: Tensor, side: number, axis: number, x: Tensor, amount: number): Tensor {
  const width = Math.max(1, Math.round(amount * side));
  const shape = x.shape.map((_, i) => (i === axis + 1 ? side : 1));
  const places = constant(
    "float32",
    shape,
    Float32Array.from({ length: side }, (_, i) => i),
  );
  const start = floor(mul(drawn, side - width + 1));
  const middle = add(reshape(start, ["batch", ...x.shape.slice(1).map(() => 1)]), (width - 1) / 2);
  return cast(less(abs(sub(places, middle)), width / 2), "float32");
}
