import { mistake } from "../errors.ts";
import {
  abs,
  add,
  checkTensor,
  clip,
  concat,
  constant,
  div,
  exp,
  expandLike,
  greater,
  log,
  matmul,
  maximum,
  mean,
  mul,
  neg,
  node,
  reshape,
  slice,
  softplus,
  square,
  sub,
  sum,
  type Tensor,
  where,
} from "../graph/index.ts";
import { checkObject, checkOptions, optionParts } from "../options.ts";
import { z } from "../schema.ts";

/** The errors of a batch from outputs and targets: [batch, columns] of a table, else one per cell. */
export interface Loss {
  readonly name: string;
  /** The errors as graph, before any mean; `reduceErrors` makes the loss of them. */
  errors(y: Tensor, target: Tensor): Tensor;
  /** Minus the log likelihood of each cell in nats, where y are the parameters of a distribution. */
  surprise?(y: Tensor, target: Tensor, variance: number): Tensor;
  /** How a row's errors become its loss; by default their mean. */
  readonly reduction?: Reduction;
}

/** Squared error; as a likelihood, a Gaussian around y: (y - t)^2 / (2 v) + log(2 pi v) / 2. */
export const mse: Loss = {
  name: "mse",
  errors: (y, target) => square(sub(y, target)),
  surprise: (y, target, variance) =>
    add(mul(square(sub(y, target)), 1 / (2 * variance)), Math.log(2 * Math.PI * variance) / 2),
};

/** Absolute error. */
export const mae: Loss = { name: "mae", errors: (y, target) => abs(sub(y, target)) };

/** Half the square up to |r| = delta, linear beyond (Huber 1964). */
export const huber = (delta = 1): Loss => ({
  name: "huber",
  errors: (y, target) => {
    const r = sub(y, target);
    const size = abs(r);
    return where(greater(size, delta), mul(sub(size, delta / 2), delta), mul(square(r), 0.5));
  },
});

/** z of y = sigmoid(z), also where y was put into another shape or cropped after it; else null. */
function logitsOf(y: Tensor): Tensor | null {
  const { op, inputs, attributes } = y.node;
  if (op.onnx === "Sigmoid") return inputs[0]!;
  if (op.onnx !== "Reshape" && op.onnx !== "Slice") return null;
  const z = logitsOf(inputs[0]!);
  return z && node(op, [z, ...inputs.slice(1)], attributes);
}

/**
 * Binary cross-entropy in nats; targets in [0, 1]. From the logits where `y` is a sigmoid, which is exact
 * for any size of them: softplus(z) - t z; else from y clipped to [1e-7, 1 - 1e-7] as Keras does.
 */
export const binaryCrossentropy: Loss = {
  name: "binaryCrossentropy",
  errors: (y, target) => {
    const z = logitsOf(y);
    if (z) return sub(softplus(z), mul(target, z));
    const p = clip(y, 1e-7, 1 - 1e-7);
    return neg(add(mul(target, log(p)), mul(sub(1, target), log(sub(1, p)))));
  },
  // a Bernoulli of probability y
  surprise: (y, target) => binaryCrossentropy.errors(y, target),
};

/** Columns of a prepared table: the first `numeric` as they are, then one block of logits per category. */
export interface Blocks {
  readonly numeric: number;
  readonly categories: readonly number[];
}

/** `Blocks`, as they come from a caller. */
export const blocksOptions: z.ZodMiniObject = z.object({
  numeric: optionParts.whole(0),
  categories: z.array(optionParts.whole(1)),
});

/**
 * The loss of a mixed table, one error per source column: squared error of the numeric ones, softmax
 * cross-entropy of each block against its one-hot target. All blocks are computed at once with a matrix
 * that adds up each; logits are held within [-30, 30], so that no sum overflows. Columns of the target
 * beyond the blocks are inputs only and do not count.
 */
export function mixed(blocks: Blocks): Loss {
  checkOptions("mixed", blocksOptions, blocks);
  const { numeric, categories } = blocks;
  const width = categories.reduce((a, b) => a + b, 0);
  const part = (x: Tensor, start: number, size: number): Tensor => slice(x, start, start + size, 1);
  const ofNumeric = (f: (y: Tensor, target: Tensor) => Tensor) => (y: Tensor, target: Tensor) =>
    f(part(y, 0, numeric), part(target, 0, numeric));
  const squares = ofNumeric(mse.errors);
  const surprises = (y: Tensor, target: Tensor, variance: number): Tensor =>
    ofNumeric((a, b) => mse.surprise!(a, b, variance))(y, target);
  if (width === 0) return { name: "mse", errors: squares, surprise: surprises };
  const adder = blockAdder(categories);
  const entropies = (y: Tensor, target: Tensor): Tensor => {
    const z = clip(part(y, numeric, width), -30, 30);
    const chosen = matmul(mul(part(target, numeric, width), z), adder);
    return sub(log(matmul(exp(z), adder)), chosen);
  };
  if (numeric === 0)
    return { name: "softmax cross-entropy", errors: entropies, surprise: entropies };
  return {
    name: "mse + softmax cross-entropy",
    errors: (y, target) => concat([squares(y, target), entropies(y, target)], 1),
    surprise: (y, target, variance) =>
      concat([surprises(y, target, variance), entropies(y, target)], 1),
  };
}

/** The 0/1 matrix [width, blocks] that sums each block of columns. */
export function blockAdder(sizes: readonly number[]): Tensor {
  const width = sizes.reduce((a, b) => a + b, 0);
  const data = new Float32Array(width * sizes.length);
  let row = 0;
  sizes.forEach((size, block) => {
    for (let i = 0; i < size; i++) data[row++ * sizes.length + block] = 1;
  });
  return constant("float32", [width, sizes.length], data);
}

/** Whether the errors of a row are averaged or added up; rows are always averaged. */
export type Reduction = "mean" | "sum";

/**
 * The loss of a batch from its errors [batch, ...]: over the cells of each row their mean or sum, with a mask
 * over the observed ones alone; then the mean of the rows, with weights each row times its own (as Keras'
 * sample_weight).
 */
export function reduceErrors(
  errors: Tensor,
  counted: { readonly mask: Tensor | null; readonly weight: Tensor | null },
  reduction: Reduction = "mean",
): Tensor {
  checkTensor("reduceErrors", errors);
  checkObject("reduceErrors", counted);
  const { mask, weight } = counted;
  if (!mask && !weight) {
    const cells = errors.shape.slice(1).reduce<number>((n, dim) => n * (dim as number), 1);
    return reduction === "mean" ? mean(errors) : mul(mean(errors), cells);
  }
  return meanOfRows(rowErrors(errors, mask, reduction), weight);
}

/** The error of each row [batch]: the mean or sum of its observed cells. */
export function rowErrors(errors: Tensor, mask: Tensor | null, reduction: Reduction): Tensor {
  if (mask && reduction === "mean") return observedMean(errors, mask);
  const counted = mask ? mul(errors, mask) : errors;
  return reduction === "mean" ? mean(counted, rowAxes(errors)) : sum(counted, rowAxes(errors));
}

/** The mean of figures of rows [batch], each times its weight [batch, 1]. */
export const meanOfRows = (rows: Tensor, weight: Tensor | null): Tensor =>
  mean(weight ? mul(rows, reshape(weight, rows.shape)) : rows);

/** Per row, the mean of the errors of observed cells; 0 where none was observed. */
export function observedMean(errors: Tensor, mask: Tensor): Tensor {
  const axes = rowAxes(errors);
  const observed = sum(expandLike(mask, errors), axes);
  return div(sum(mul(errors, mask), axes), maximum(observed, 1));
}

/** All axes but that of the rows. */
const rowAxes = ({ shape }: Tensor): readonly number[] => shape.slice(1).map((_, i) => i + 1);

/** Losses by name. */
export const losses: Readonly<Record<string, Loss>> = {
  mse,
  mae,
  huber: huber(),
  binaryCrossentropy,
};

/** A name of `losses`; `huber` has delta 1. */
export type LossName = "mse" | "mae" | "huber" | "binaryCrossentropy";

/** The loss of that name, or the loss itself. Throws `argument_wrong` that lists the names. */
export function lossNamed(loss: LossName | Loss): Loss {
  if (typeof loss !== "string") return loss;
  if (Object.hasOwn(losses, loss)) return losses[loss]!;
  throw mistake(`loss: one of ${Object.keys(losses).join(", ")}, got "${loss}"`);
}
