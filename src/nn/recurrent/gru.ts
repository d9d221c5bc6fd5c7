import { add, gemm, mul, reshape, split, square, sub, sum, transpose } from "../../graph/index.ts";
import { affine, stackedProduct } from "../dense.ts";
import { type Cell, cut, join } from "./cell.ts";

/**
 * z, r = s(x W + h U + b), n = d(x W + b + r (h U + b')), h' = z h + (1 - z) n (Cho et al. 2014, in the
 * form that resets after the product, Keras' reset_after). Gates z, r, h; bias [2, 3 units]: b, then b'.
 */
export const gru: Cell = {
  gates: 3,
  states: 1,
  prepare: (x, { weight, recurrentWeight, bias }) => {
    const units = recurrentWeight.shape[0] as number;
    const [wzr, wn] = cut(weight, 2 * units, units);
    const [uzr, un] = cut(recurrentWeight, 2 * units, units);
    if (!bias)
      return { sequences: [affine(x, wzr!, null), affine(x, wn!, null)], captured: [uzr!, un!] };
    const [b, b2] = split(bias, [1, 1], 0).map((row) =>
      cut(reshape(row, [3 * units]), 2 * units, units),
    );
    return {
      sequences: [affine(x, wzr!, add(b![0]!, b2![0]!)), affine(x, wn!, b![1]!)],
      captured: [uzr!, un!, b2![1]!],
    };
  },
  step: (
    [h],
    { sequences: [xzr, xn], captured: [uzr, un, b] },
    { activation, recurrentActivation },
  ) => {
    const units = h!.shape[1] as number;
    const [z, r] = cut(recurrentActivation(gemm(h!, uzr!, xzr!)), units, units);
    const product = gemm(h!, un!, b ?? null);
    const reset = mul(r!, product);
    const n = activation(add(xn!, reset));
    const old = mul(z!, sub(h!, n));
    // the slope of h' from n's sum; those from the sums of z and r, and from h U + b'
    const slope = mul(sub(1, z!), sub(1, square(n)));
    const slopes = join(
      sub(old, mul(old, z!)),
      mul(slope, sub(reset, mul(reset, r!))),
      mul(slope, r!),
    );
    return { state: [add(n, old)], kept: [slopes, slope, z!] };
  },
  back: ([g], [slopes, , z], [uzr, un]) => {
    const d = mul(join(g!, g!, g!), slopes!);
    const before = gemm(d, join(uzr!, un!), mul(g!, z!), { transB: true });
    return { state: [before], kept: [d, g!] };
  },
  collect: ([d, g], [, slope], before) => {
    const units = g!.shape[2] as number;
    const [dzr, dn] = cut(d!, 2 * units, units);
    return {
      sequences: [dzr!, mul(g!, slope!)],
      captured: [...cut(stackedProduct(before, d!), 2 * units, units), sum(dn!, [0, 1])],
    };
  },
  onnx: "GRU",
  arrange: ({ weight, recurrentWeight, bias }) => [
    transpose(weight),
    transpose(recurrentWeight),
    bias && reshape(bias, [2 * (bias.shape[1] as number)]),
  ],
};
