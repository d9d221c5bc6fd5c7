import { add, gemm, mul, sub, transpose, zerosLike } from "../../graph/index.ts";
import { affine, stackedProduct } from "../dense.ts";
import { type Cell, type CellWeights, cut, join, reorder } from "./cell.ts";

/** The gates in the order i, f, o, c: those with a sigmoid lie together. */
const sigmoidsFirst = ({ weight, recurrentWeight, bias }: CellWeights): CellWeights => {
  const units = recurrentWeight.shape[0] as number;
  const turn = (x: CellWeights["weight"]) => reorder(x, units, [0, 1, 3, 2]);
  return {
    weight: turn(weight),
    recurrentWeight: turn(recurrentWeight),
    bias: bias && turn(bias),
  };
};

/**
 * i, f, o = s(x W + h U + b), g = d(x W + h U + b), c' = f c + i g, h' = o d(c') (Hochreiter and
 * Schmidhuber 1997, with the forget gate of Gers et al. 2000). Keras' order of gates is i, f, c, o.
 */
export const lstm: Cell = {
  gates: 4,
  states: 2,
  prepare: (x, weights) => {
    const { weight, recurrentWeight, bias } = sigmoidsFirst(weights);
    return { sequences: [affine(x, weight, bias)], captured: [recurrentWeight] };
  },
  step: ([h, c], { sequences: [xw], captured: [u] }, { activation, recurrentActivation }) => {
    const units = h!.shape[1] as number;
    const [zs, zg] = cut(gemm(h!, u!, xw!), 3 * units, units);
    const s = recurrentActivation(zs!);
    const g = activation(zg!);
    const [i, f, o] = cut(s, units, units, units);
    const fresh = mul(i!, g);
    const old = mul(f!, c!);
    const next = add(old, fresh);
    const squashed = activation(next);
    const out = mul(o!, squashed);
    // the slopes of c', c' and h' from the gates i, f and o, such as g i (1 - i), then of c' from g
    const slopes = join(mul(join(fresh, old, out), sub(1, s)), sub(i!, mul(fresh, g)));
    // dh'/dc' = o (1 - tanh² c') and dc'/dc = f
    return { state: [out, next], kept: [slopes, sub(o!, mul(out, squashed)), f!] };
  },
  back: ([gh, gc], [slopes, outer, f], [u]) => {
    const g = add(gc!, mul(gh!, outer!));
    const dz = mul(join(g, g, gh!, g), slopes!);
    return { state: [gemm(dz, u!, null, { transB: true }), mul(g, f!)], kept: [dz] };
  },
  collect: ([dz], _, before) => ({ sequences: [dz!], captured: [stackedProduct(before, dz!)] }),
  onnx: "LSTM",
  arrange: (weights) => {
    const units = weights.recurrentWeight.shape[0] as number;
    // ONNX's order is i, o, f, c
    const turn = (x: CellWeights["weight"]) => reorder(x, units, [0, 3, 1, 2]);
    const { weight, recurrentWeight, bias } = weights;
    return [
      transpose(turn(weight)),
      transpose(turn(recurrentWeight)),
      bias && join(turn(bias), zerosLike(bias)),
    ];
  },
};
