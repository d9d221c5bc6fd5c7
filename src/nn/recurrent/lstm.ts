import { add, mul, sub, type Tensor, transpose, zerosLike } from "../../graph/index.ts";
import { type Cell, cut, join, reorder } from "./cell.ts";

/** From Keras' order of gates i, f, c, o to i, f, o, c: those with a sigmoid lie together. */
const sigmoidsFirst = (x: Tensor): Tensor => reorder(x, [0, 1, 3, 2]);
/** To ONNX's order i, o, f, c. */
const onnxOrder = (x: Tensor): Tensor => reorder(x, [0, 3, 1, 2]);

/**
 * i, f, o = s(z), g = d(z), each of its own block, c' = f c + i g, h' = o d(c') (Hochreiter and Schmidhuber
 * 1997, with the forget gate of Gers et al. 2000).
 */
export const lstm: Cell = {
  gates: 4,
  states: 2,
  arrange: ({ weight, recurrentWeight, bias }) => ({
    weight: sigmoidsFirst(weight),
    recurrentWeight: sigmoidsFirst(recurrentWeight),
    bias: bias && sigmoidsFirst(bias),
  }),
  step: (z, [, c], { activation, recurrentActivation }) => {
    const units = c!.shape[1] as number;
    const [zs, zg] = cut(z, 3 * units, units);
    const s = recurrentActivation(zs!);
    const g = activation(zg!);
    const [i, f, o] = cut(s, units, units, units);
    const fresh = mul(i!, g);
    const old = mul(f!, c!);
    const next = add(old, fresh);
    const squashed = activation(next);
    const out = mul(o!, squashed);
    // the slopes of c', c' and h' from the sums of i, f and o, such as g i (1 - i), and of c' from g's
    const slopes = join(mul(join(fresh, old, out), sub(1, s)), sub(i!, mul(fresh, g)));
    // dh'/dc' = o (1 - tanh² c') and dc'/dc = f
    return { state: [out, next], factors: [slopes, sub(o!, mul(out, squashed)), f!] };
  },
  back: ([gh, gc], [slopes, outer, f]) => {
    const g = add(gc!, mul(gh!, outer!));
    return { z: mul(join(g, g, gh!, g), slopes!), state: [null, mul(g, f!)] };
  },
  onnx: "LSTM",
  arrangeForOnnx: ({ weight, recurrentWeight, bias }) => [
    transpose(onnxOrder(weight)),
    transpose(onnxOrder(recurrentWeight)),
    bias && join(onnxOrder(bias), zerosLike(bias)),
  ],
};
