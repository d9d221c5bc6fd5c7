import { add, gemm, mul, square, sub, transpose, zerosLike } from "../../graph/index.ts";
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
    const next = add(mul(f!, c!), mul(i!, g));
    const squashed = activation(next);
    return { state: [mul(o!, squashed), next], kept: [s, g, squashed] };
  },
  // dh'/dc' = o (1 - tanh² c'); the slopes of i, f, o, g from c' or h'; dc'/dc = f
  factors: ({ kept: [s, g, squashed], before: [, c] }) => {
    const units = g!.shape[2] as number;
    const [i, f, o] = cut(s!, units, units, units);
    const [di, df, dO] = cut(mul(s!, sub(1, s!)), units, units, units);
    const slopes = join(
      mul(di!, g!),
      mul(df!, c!),
      mul(dO!, squashed!),
      mul(i!, sub(1, square(g!))),
    );
    return [mul(o!, sub(1, square(squashed!))), slopes, f!];
  },
  back: ([gh, gc], [outer, slopes, f], { captured: [u] }) => {
    const g = add(gc!, mul(gh!, outer!));
    const dz = mul(join(g, g, gh!, g), slopes!);
    return { state: [gemm(dz, u!, null, { transB: true }), mul(g, f!)], kept: [dz] };
  },
  collect: ([dz], _, { before: [h] }) => ({
    sequences: [dz!],
    captured: [stackedProduct(h!, dz!)],
  }),
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
