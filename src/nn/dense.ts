import {
  add,
  checkTensor,
  type Dim,
  gemm,
  matmul,
  repeat,
  reshape,
  type Tensor,
  transpose,
  unrepeated,
  unturned,
} from "../graph/index.ts";
import { type Activation, activationOf } from "./activations.ts";

/**
 * d(x W + b): one layer of the lecture's f(X) = d1(W1 X + b1), with the rows of x as samples.
 * x [rows, ..., inputs], w [inputs, outputs], b [outputs] or null.
 */
export function dense(
  x: Tensor,
  w: Tensor,
  b: Tensor | null,
  activation: Activation = "linear",
): Tensor {
  checkTensor("dense", x);
  checkTensor("dense", w);
  return activationOf(activation)(affine(x, w, b));
}

/**
 * x W + b over the last axis of x, as one product of matrices, so that its gradient is two. It is
 * computed before x is repeated, and turned before or after, as the smaller of the two.
 */
export function affine(x: Tensor, w: Tensor, b: Tensor | null): Tensor {
  const last = x.shape.length - 1;
  if (last === 1) return gemm(x, w, b);
  const turned = unturned(x);
  if (turned?.order[last] === last && (w.shape[1] as number) <= (w.shape[0] as number))
    return transpose(affine(turned.x, w, b), turned.order);
  for (let axis = 0; axis < last; axis++) {
    const source = unrepeated(x, axis);
    if (source) return repeat(affine(source, w, b), axis, x.shape[axis] as number);
  }
  const rows = rowsOf(x);
  if (rows === null) return b ? add(matmul(x, w), b) : matmul(x, w);
  return reshape(gemm(reshape(x, [rows, x.shape[last]!]), w, b), [
    ...x.shape.slice(0, -1),
    w.shape[1]!,
  ]);
}

/** The size of all axes but the last as one; null where two of them are not known yet. */
function rowsOf(x: Tensor): Dim | null {
  const sizes = x.shape.slice(0, -1);
  const names = sizes.filter((dim) => typeof dim === "string");
  const known = sizes.reduce<number>((n, dim) => (typeof dim === "number" ? n * dim : n), 1);
  if (names.length > 1) return null;
  const [name] = names;
  if (name === undefined) return known;
  return known === 1 ? name : `${known} ${name}`;
}
