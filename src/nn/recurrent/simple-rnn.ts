import { gemm, mul, square, sub, transpose, zerosLike } from "../../graph/index.ts";
import { affine, stackedProduct } from "../dense.ts";
import { type Cell, join } from "./cell.ts";

/** h' = d(x W + h U + b) (Elman 1990). */
export const simpleRnn: Cell = {
  gates: 1,
  states: 1,
  prepare: (x, { weight, recurrentWeight, bias }) => ({
    sequences: [affine(x, weight, bias)],
    captured: [recurrentWeight],
  }),
  step: ([h], { sequences: [xw], captured: [u] }, { activation }) => {
    const next = activation(gemm(h!, u!, xw!));
    return { state: [next], kept: [sub(1, square(next))] };
  },
  back: ([g], [slope], [u]) => {
    const dz = mul(g!, slope!);
    return { state: [gemm(dz, u!, null, { transB: true })], kept: [dz] };
  },
  collect: ([dz], _, before) => ({ sequences: [dz!], captured: [stackedProduct(before, dz!)] }),
  onnx: "RNN",
  arrange: ({ weight, recurrentWeight, bias }) => [
    transpose(weight),
    transpose(recurrentWeight),
    bias && join(bias, zerosLike(bias)),
  ],
};
