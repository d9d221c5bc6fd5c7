import { type RecurrentName, recurrentLayer } from "../../src/graph/index.ts";
import type { Case } from "./cases.ts";

const [time, rows, features, units] = [3, 2, 2, 2];

/** A step of each cell as its ONNX page has it: `w` and `r` give the sums of a gate from x and from h. */
type Sum = (gate: number, unit: number) => number;
type Step = (w: Sum, r: Sum, h: readonly number[], c: number[]) => number[];

const sigmoid = (z: number): number => 1 / (1 + Math.exp(-z));
const each = (f: (unit: number) => number): number[] =>
  Array.from({ length: units }, (_, k) => f(k));

const steps: Readonly<Record<RecurrentName, { readonly gates: number; readonly step: Step }>> = {
  RNN: { gates: 1, step: (w, r) => each((k) => Math.tanh(w(0, k) + r(0, k))) },
  GRU: {
    gates: 3,
    step: (w, r, h) =>
      each((k) => {
        const z = sigmoid(w(0, k) + r(0, k));
        const reset = sigmoid(w(1, k) + r(1, k));
        return (1 - z) * Math.tanh(w(2, k) + reset * r(2, k)) + z * h[k]!;
      }),
  },
  LSTM: {
    gates: 4,
    step: (w, r, _, c) =>
      each((k) => {
        const [i, o, f] = [0, 1, 2].map((gate) => sigmoid(w(gate, k) + r(gate, k)));
        c[k] = f! * c[k]! + i! * Math.tanh(w(3, k) + r(3, k));
        return o! * Math.tanh(c[k]!);
      }),
  },
};

function reference(name: RecurrentName, directions: number) {
  const { gates, step } = steps[name];
  return (
    x: readonly number[],
    w: readonly number[],
    r: readonly number[],
    b?: readonly number[],
  ) => {
    const all = new Array<number>(time * directions * rows * units);
    for (let d = 0; d < directions; d++)
      for (let row = 0; row < rows; row++) {
        let h = each(() => 0);
        const c = each(() => 0);
        for (let k = 0; k < time; k++) {
          const t = d === 1 ? time - 1 - k : k;
          const seen = x.slice((t * rows + row) * features, (t * rows + row + 1) * features);
          const sumOf =
            (weights: readonly number[], v: readonly number[], part: number): Sum =>
            (gate, unit) => {
              const line = (d * gates + gate) * units + unit;
              const bias = b ? b[((2 * d + part) * gates + gate) * units + unit]! : 0;
              return v.reduce((sum, cell, i) => sum + weights[line * v.length + i]! * cell, bias);
            };
          h = step(sumOf(w, seen, 0), sumOf(r, h, 1), h, c);
          h.forEach((cell, unit) => {
            all[((t * directions + d) * rows + row) * units + unit] = cell;
          });
        }
      }
    return all;
  };
}

/** ONNX's own recurrent operators: in one direction and both, with a bias and without. */
export const recurrentCases: readonly Case[] = (Object.keys(steps) as RecurrentName[]).flatMap(
  (name) =>
    [
      { directions: 1, bias: false },
      { directions: 2, bias: true },
    ].map(({ directions, bias }): Case => {
      const columns = steps[name].gates * units;
      const drawn = (...shape: number[]) => ({ shape, dims: shape, low: -1, high: 1 });
      return {
        op: name,
        title: `${directions} of its directions, ${bias ? "with" : "without"} bias`,
        inputs: [
          { ...drawn(time, rows, features), dims: [time, "rows", features] },
          drawn(directions, columns, features),
          drawn(directions, columns, units),
          ...(bias ? [drawn(directions, 2 * columns)] : []),
        ],
        f: (x, w, r, b) => {
          const attributes = name === "GRU" ? { linear_before_reset: 1 } : {};
          return recurrentLayer(name, x!, { w: w!, r: r!, b: b ?? null }, attributes).all;
        },
        value: (x, w, r, b) => reference(name, directions)(x!, w!, r!, b),
        single: true,
      };
    }),
);
