import { mistake } from "../../errors.ts";
import { node, type Op, type Tensor } from "../tensor.ts";
import { broadcast, sameShape, shapeText } from "../type.ts";
import { transpose } from "./shape.ts";

interface Flags {
  readonly transA?: boolean;
  readonly transB?: boolean;
}

const Gemm: Op = {
  onnx: "Gemm",
  type: ([a, b, c], { transA, transB }) => {
    const [m, k] = transA ? [a!.shape[1], a!.shape[0]] : a!.shape;
    const [l, n] = transB ? [b!.shape[1], b!.shape[0]] : b!.shape;
    if (a!.shape.length !== 2 || b!.shape.length !== 2 || k !== l || a!.dtype !== b!.dtype)
      throw mistake(
        `gemm: inner sizes must agree, got ${shapeText([m!, k!])} and ${shapeText([l!, n!])}`,
      );
    const shape = [m!, n!];
    if (c && !sameShape(broadcast("gemm", c.shape, shape), shape))
      throw mistake(`gemm: ${shapeText(c.shape)} cannot be added to ${shapeText(shape)}`);
    return { dtype: a!.dtype, shape };
  },
  grad: ({ inputs: [a, b, c], attributes: { transA, transB } }, [g]) => {
    const [ta, tb] = [transA === 1, transB === 1];
    return [
      ta ? gemm(b!, g!, null, { transA: tb, transB: true }) : gemm(g!, b!, null, { transB: !tb }),
      tb ? gemm(g!, a!, null, { transA: true, transB: ta }) : gemm(a!, g!, null, { transA: !ta }),
      ...(c ? [g!] : []),
    ];
  },
};

const MatMul: Op = {
  onnx: "MatMul",
  type: ([a, b]) => {
    const [m, k] = a!.shape.slice(-2);
    const [l, n] = b!.shape.slice(-2);
    if (a!.shape.length < 2 || b!.shape.length < 2 || k !== l || a!.dtype !== b!.dtype)
      throw mistake(
        `matmul: inner sizes must agree, got ${shapeText(a!.shape)} and ${shapeText(b!.shape)}`,
      );
    const batch = broadcast("matmul", a!.shape.slice(0, -2), b!.shape.slice(0, -2));
    return { dtype: a!.dtype, shape: [...batch, m!, n!] };
  },
  grad: ({ inputs: [a, b] }, [g]) => [matmul(g!, transpose(b!)), matmul(transpose(a!), g!)],
};

const Conv: Op = {
  onnx: "Conv",
  type: ([x, w], { pads }) => {
    const rank = w!.shape.length - 2;
    const sides = pads as readonly number[];
    const grid = x!.shape
      .slice(2)
      .map(
        (size, k) =>
          (size as number) + sides[k]! + sides[k + rank]! - (w!.shape[k + 2] as number) + 1,
      );
    if (x!.shape.length !== rank + 2 || x!.shape[1] !== w!.shape[1])
      throw mistake(
        `conv: channels must agree, got ${shapeText(x!.shape)} and ${shapeText(w!.shape)}`,
      );
    return { dtype: x!.dtype, shape: [x!.shape[0]!, w!.shape[0]!, ...grid] };
  },
  grad: "undefined",
};

export const linearOps: readonly Op[] = [Gemm, MatMul, Conv];

/** a b + c for matrices [m, k] and [k, n], each as it stands or transposed; c broadcasts to [m, n]. */
export const gemm = (
  a: Tensor,
  b: Tensor,
  c: Tensor | null = null,
  { transA = false, transB = false }: Flags = {},
): Tensor => node(Gemm, c ? [a, b, c] : [a, b], { transA: transA ? 1 : 0, transB: transB ? 1 : 0 });

/** The matrix product over the last two axes, the others broadcast. */
export const matmul = (a: Tensor, b: Tensor): Tensor => node(MatMul, [a, b]);

/**
 * ONNX' convolution, channels first: x [rows, inputs, ...grid], w [outputs, inputs, ...kernel], b [outputs].
 * `convolve` is the one with a gradient; it stands for this one where that is the fastest.
 */
export const conv = (
  x: Tensor,
  w: Tensor,
  b: Tensor | null,
  pads: { readonly before: readonly number[]; readonly after: readonly number[] },
): Tensor => node(Conv, b ? [x, w, b] : [x, w], { pads: [...pads.before, ...pads.after] });
