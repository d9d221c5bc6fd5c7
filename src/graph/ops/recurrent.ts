import { mistake } from "../../errors.ts";
import { type Attributes, apply, type Op, type Tensor } from "../tensor.ts";
import { shapeText, type Type } from "../type.ts";

/** The row of one of ONNX's own recurrent operators, which has `gates` blocks of weights. */
function recurrent(onnx: string, gates: number): Op {
  return {
    onnx,
    type: ([x, w, r, b], { hidden_size }): readonly Type[] => {
      const [time, rows, inputs] = x!.shape;
      const units = hidden_size as number;
      const directions = w!.shape[0]!;
      const expect = (name: string, given: Tensor, ...shape: readonly unknown[]): void => {
        if (String(given.shape) !== String([directions, ...shape]))
          throw mistake(
            `${onnx}: ${name} must be [directions, ${shape.join(", ")}], got ${shapeText(given.shape)}`,
          );
      };
      expect("w", w!, gates * units, inputs);
      expect("r", r!, gates * units, units);
      if (b) expect("b", b, 2 * gates * units);
      const { dtype } = x!;
      return [
        { dtype, shape: [time!, directions, rows!, units] },
        { dtype, shape: [directions, rows!, units] },
      ];
    },
    // their gates stay inside; layers that learn run as a Scan
    grad: "undefined",
  };
}

const recurrentRows = {
  RNN: recurrent("RNN", 1),
  GRU: recurrent("GRU", 3),
  LSTM: recurrent("LSTM", 4),
};
export type RecurrentName = keyof typeof recurrentRows;
export const recurrentOps: readonly Op[] = Object.values(recurrentRows);

/** The weights of one direction, or of both, in ONNX's layout and order of gates. */
export interface RecurrentWeights {
  /** Of the input, [directions, gates units, inputs]. */
  readonly w: Tensor;
  /** Of the state, [directions, gates units, units]. */
  readonly r: Tensor;
  /** Of both, [directions, 2 gates units]. */
  readonly b: Tensor | null;
}

/**
 * A recurrent layer over x [time, rows, inputs] from a state of zeros: the states after all steps
 * [time, directions, rows, units], each at its time, and the last of each direction
 * [directions, rows, units]. Two directions: forwards, then backwards.
 */
export function recurrentLayer(
  name: RecurrentName,
  x: Tensor,
  { w, r, b }: RecurrentWeights,
  attributes: Attributes = {},
): { readonly all: Tensor; readonly last: Tensor } {
  const [directions, , units] = r.shape as readonly number[];
  const [all, last] = apply(recurrentRows[name], b ? [x, w, r, b] : [x, w, r], {
    hidden_size: units!,
    ...(directions === 2 && { direction: "bidirectional" }),
    ...attributes,
  });
  return { all: all!, last: last! };
}
