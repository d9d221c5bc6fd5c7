import { mul, square, sub, transpose, zerosLike } from "../../graph/index.ts";
import { type Cell, join } from "./cell.ts";

/** h' = d(x W + h U + b) (Elman 1990). */
export const simpleRnn: Cell = {
  gates: 1,
  states: 1,
  arrange: (weights) => weights,
  step: (z, _, { activation }) => {
    const next = activation(z);
    return { state: [next], factors: [sub(1, square(next))] };
  },
  back: ([g], [slope]) => ({ z: mul(g!, slope!), state: [null] }),
  onnx: "RNN",
  arrangeForOnnx: ({ weight, recurrentWeight, bias }) => [
    transpose(weight),
    transpose(recurrentWeight),
    bias && join(bias, zerosLike(bias)),
  ],
};
