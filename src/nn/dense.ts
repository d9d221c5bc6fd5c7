import { add, gemm, matmul, type Tensor } from "../graph/index.ts";
import { type Activation, activationOf } from "./activations.ts";

/**
 * d(x W + b): one layer of the lecture's f(X) = d1(W1 X + b1), with the rows of x as samples.
 * x [rows, inputs], w [inputs, outputs], b [outputs] or null.
 */
export function dense(
  x: Tensor,
  w: Tensor,
  b: Tensor | null,
  activation: Activation = "linear",
): Tensor {
  const z = x.shape.length === 2 ? gemm(x, w, b) : b ? add(matmul(x, w), b) : matmul(x, w);
  return activationOf(activation)(z);
}
