import { concat, type RecurrentName, split, type Tensor } from "../../graph/index.ts";

/** The weights of one direction, in Keras' layout and order of gates. */
export interface CellWeights {
  /** [inputs, gates units] */
  readonly weight: Tensor;
  /** [units, gates units] */
  readonly recurrentWeight: Tensor;
  readonly bias: Tensor | null;
}

/** What a cell does between its products. */
export interface CellActivations {
  readonly activation: (x: Tensor) => Tensor;
  readonly recurrentActivation: (x: Tensor) => Tensor;
}

/** The tensors that the steps of a cell use: a slice a step of `sequences`, `captured` whole. */
export interface CellInputs {
  /** Products of the input with its weights for all steps at once, [time, batch, ...]. */
  readonly sequences: readonly Tensor[];
  readonly captured: readonly Tensor[];
}

export interface CellStep {
  /** The state, h first. */
  readonly state: readonly Tensor[];
  /** What the gradient wants to know of the step. */
  readonly kept: readonly Tensor[];
}

/** All steps of a cell, stacked: what they kept, the states they met and left. */
export interface CellHistory {
  readonly kept: readonly Tensor[];
  readonly before: readonly Tensor[];
  /** h after each step. */
  readonly after: Tensor;
}

/**
 * All that is known about a recurrent cell. Its gradient is written by hand: what does not hang on the
 * gradient that is handed from step to step is computed for all steps at once, before and after.
 */
export interface Cell {
  readonly gates: number;
  /** Tensors [batch, units] that a step hands on. */
  readonly states: number;
  prepare(x: Tensor, weights: CellWeights): CellInputs;
  step(state: readonly Tensor[], inputs: CellInputs, activations: CellActivations): CellStep;
  /** What `back` multiplies gradients by, for all steps; `back` gets a slice. For tanh and sigmoid. */
  factors(history: CellHistory): readonly Tensor[];
  /** From gradients of the state after a step: those of the state before, and what is kept of them. */
  back(gradients: readonly Tensor[], factors: readonly Tensor[], inputs: CellInputs): CellStep;
  /** From all that `back` kept: the gradients of the cell's inputs. */
  collect(kept: readonly Tensor[], factors: readonly Tensor[], history: CellHistory): CellInputs;
  /** ONNX's operator for the cell with tanh and sigmoid, and its weights: [gates units, ...] each. */
  readonly onnx: RecurrentName;
  arrange(weights: CellWeights): readonly [Tensor, Tensor, Tensor | null];
}

/** Blocks of the last axis, one a gate, in another order. */
export function reorder(x: Tensor, units: number, order: readonly number[]): Tensor {
  const axis = x.shape.length - 1;
  const blocks = split(
    x,
    order.map(() => units),
    axis,
  );
  return concat(
    order.map((i) => blocks[i]!),
    axis,
  );
}

/** The last axis cut into parts. */
export const cut = (x: Tensor, ...sizes: readonly number[]): readonly Tensor[] =>
  split(x, sizes, x.shape.length - 1);

/** Tensors side by side along the last axis. */
export const join = (...parts: readonly Tensor[]): Tensor =>
  concat(parts, parts[0]!.shape.length - 1);
