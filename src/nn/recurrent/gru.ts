import {
  add,
  gemm,
  mul,
  reshape,
  split,
  square,
  sub,
  type Tensor,
  transpose,
  zerosLike,
} from "../../graph/index.ts";
import { type Cell, cut, join } from "./cell.ts";

/**
 * z, r = s(z), n = d(x W + b + r (h U + b')), h' = z h + (1 - z) n (Cho et al. 2014, in the form that resets
 * after the product, Keras' reset_after). Keras' bias is [2, 3 units]: b, then b'. Two blocks of our z are
 * the sums of the gates, the others the two parts of n: x W + b, with zeros in U, and h U + b'.
 */
export const gru: Cell = {
  gates: 3,
  biasRows: 2,
  states: 1,
  arrange: ({ weight, recurrentWeight, bias }) => {
    const units = recurrentWeight.shape[0] as number;
    const parts = (x: Tensor): readonly Tensor[] => cut(x, 2 * units, units);
    const [wzr, wn] = parts(weight);
    const [uzr, un] = parts(recurrentWeight);
    const [b, b2] = bias
      ? split(bias, [1, 1], 0).map((row) => parts(reshape(row, [3 * units])))
      : [];
    return {
      weight: join(wzr!, wn!, zerosLike(wn!)),
      recurrentWeight: join(uzr!, zerosLike(un!), un!),
      bias: b && b2 ? join(add(b[0]!, b2[0]!), b[1]!, b2[1]!) : null,
    };
  },
  step: (sums, [h], { activation, recurrentActivation }) => {
    const units = h!.shape[1] as number;
    const [gates, input, product] = cut(sums, 2 * units, units, units);
    const [z, r] = cut(recurrentActivation(gates!), units, units);
    const reset = mul(r!, product!);
    const n = activation(add(input!, reset));
    const old = mul(z!, sub(h!, n));
    const slope = mul(sub(1, z!), sub(1, square(n)));
    // the slopes of h' from the sums of z and r, and from the two parts of n
    const slopes = join(
      sub(old, mul(old, z!)),
      mul(slope, sub(reset, mul(reset, r!))),
      slope,
      mul(slope, r!),
    );
    return { state: [add(n, old)], factors: [slopes, z!] };
  },
  back: ([g], [slopes, z]) => ({
    z: mul(join(g!, g!, g!, g!), slopes!),
    state: [mul(g!, z!)],
  }),
  onnx: "GRU",
  onnxAttributes: { linear_before_reset: 1 },
  arrangeForOnnx: ({ weight, recurrentWeight, bias }) => [
    transpose(weight),
    transpose(recurrentWeight),
    bias && reshape(bias, [2 * (bias.shape[1] as number)]),
  ],
};

/**
 * The form of Cho et al. that resets before the product: n = d(x W + b + (r h) U). Its bias is [3 units]. The
 * product of n is one of its own in each step, so its gradient comes from the step.
 */
export const gruResetBefore: Cell = {
  gates: 3,
  states: 1,
  arrange: ({ weight, recurrentWeight, bias }) => {
    const units = recurrentWeight.shape[0] as number;
    const [gates, inner] = cut(recurrentWeight, 2 * units, units);
    return { weight, recurrentWeight: join(gates!, zerosLike(inner!)), bias, inner: inner! };
  },
  step: (sums, [h], { activation, recurrentActivation }, { inner }) => {
    const units = h!.shape[1] as number;
    const [gates, input] = cut(sums, 2 * units, units);
    const [z, r] = cut(recurrentActivation(gates!), units, units);
    const n = activation(gemm(mul(r!, h!), inner!, input!));
    return { state: [add(n, mul(z!, sub(h!, n)))], factors: [] };
  },
  onnx: "GRU",
  arrangeForOnnx: ({ weight, recurrentWeight, bias }) => [
    transpose(weight),
    transpose(recurrentWeight),
    bias && join(bias, zerosLike(bias)),
  ],
};
