import {
  add,
  concat,
  expandLike,
  gemm,
  repeat,
  reshape,
  scalar,
  slice,
  type Tensor,
  tensor,
  unrepeated,
} from "../../graph/index.ts";
import { affine } from "../dense.ts";
import { type CellWeights, join } from "./cell.ts";

/** How the sums z = x W + h U + b of a step are computed, and the gradients of what they come from. */
export interface Sums {
  /** What each step takes a slice of. */
  readonly sequence: Tensor;
  /** z [batch, blocks units] from a slice and h; `met` is what was multiplied, which `gather` wants. */
  step(slice: Tensor, h: Tensor): { readonly z: Tensor; readonly met: Tensor };
  /** The tensors whose gradient grows from step to step, and how a step adds to it. */
  readonly gathered: readonly Tensor[];
  gather(totals: readonly Tensor[], met: Tensor, dz: Tensor): readonly Tensor[];
  /** The gradient of a slice, where it has one. */
  back(dz: Tensor): Tensor | null;
}

/** The sums of x [time, batch, inputs]. */
export const sumsOf = (x: Tensor, weights: CellWeights): Sums => {
  const still = unrepeated(x, 0);
  return still ? sumsOfStill(still, x.shape[0] as number, weights) : sumsOfMoving(x, weights);
};

/** z = [x, 1, h] M is one product, and so is the gradient of M. */
function sumsOfMoving(x: Tensor, { weight, recurrentWeight, bias }: CellWeights): Sums {
  const ones = bias ? [expandLike(scalar(1, x.dtype), batchColumn(x))] : [];
  const rows = bias ? [reshape(bias, [1, bias.shape[0]!])] : [];
  const matrix = concat([weight, ...rows, recurrentWeight], 0);
  return {
    sequence: x,
    step: (row, h) => {
      const met = join(row, ...ones, h);
      return { z: gemm(met, matrix), met };
    },
    gathered: [matrix],
    gather: ([total], met, dz) => [gemm(met, dz, total!, { transA: true })],
    back: (dz) => gemm(dz, weight, null, { transB: true }),
  };
}

/** The same x [1, batch, inputs] at every step, as where a code is repeated: x W + b is made once. */
function sumsOfStill(
  x: Tensor,
  time: number,
  { weight, recurrentWeight, bias }: CellWeights,
): Sums {
  const fixed = affine(reshape(x, x.shape.slice(1)), weight, bias);
  return {
    // a Scan counts its steps by a sequence
    sequence: repeat(tensor([0], x.dtype), 0, time),
    step: (_, h) => ({ z: gemm(h, recurrentWeight, fixed), met: h }),
    gathered: [recurrentWeight, fixed],
    gather: ([total, sum], met, dz) => [gemm(met, dz, total!, { transA: true }), add(sum!, dz)],
    back: () => null,
  };
}

/** Some column [batch, 1] of x [time, batch, inputs], for its size. */
export const batchColumn = (x: Tensor): Tensor =>
  reshape(slice(slice(x, 0, 1, 0), 0, 1, 2), [x.shape[1]!, 1]);
