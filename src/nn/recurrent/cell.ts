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

/** The state that a step leaves, h first, and what is kept of the step. All are [batch, ...]. */
export interface CellStep {
  readonly state: readonly Tensor[];
  readonly kept: readonly Tensor[];
}

/**
 * All that is known about a recurrent cell. Its gradient is written by hand: each step keeps the factors
 * that gradients are multiplied by, so that the way back is short, and what need not be done step by
 * step is done for all of them at once, before and after.
 */
export interface Cell {
  readonly gates: number;
  /** Tensors [batch, units] that a step hands on. */
  readonly states: number;
  prepare(x: Tensor, weights: CellWeights): CellInputs;
  /** Keeps the factors for tanh and sigmoid; with other activations nothing uses them. */
  step(state: readonly Tensor[], inputs: CellInputs, activations: CellActivations): CellStep;
  /** From gradients of the state after a step: those of the state before, and what is kept of them. */
  back(
    gradients: readonly Tensor[],
    factors: readonly Tensor[],
    captured: readonly Tensor[],
  ): CellStep;
  /** From what `back` kept, the factors and h before each step, stacked: the inputs' gradients. */
  collect(kept: readonly Tensor[], factors: readonly Tensor[], before: Tensor): CellInputs;
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
