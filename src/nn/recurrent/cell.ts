import { concat, type RecurrentName, split, type Tensor } from "../../graph/index.ts";

/** The weights of one direction. A cell's own are in blocks [..., units], one a column of z. */
export interface CellWeights {
  /** [inputs, blocks units] */
  readonly weight: Tensor;
  /** [units, blocks units] */
  readonly recurrentWeight: Tensor;
  /** [blocks units], or as Keras has it. */
  readonly bias: Tensor | null;
  /** [units, units], where a step has a product of its own beside z. */
  readonly inner?: Tensor;
}

/** What a cell does to its sums. */
export interface CellActivations {
  readonly activation: (x: Tensor) => Tensor;
  readonly recurrentActivation: (x: Tensor) => Tensor;
}

export interface CellStep {
  /** The state that a step leaves, h first; [batch, units] each. */
  readonly state: readonly Tensor[];
  /** What its gradient is multiplied by, for tanh and sigmoid; with others nothing uses it. */
  readonly factors: readonly Tensor[];
}

/** The gradients of what a step met. */
export interface CellGradient {
  readonly z: Tensor;
  /** Those of the state beside its part in z; null where it has no other. */
  readonly state: readonly (Tensor | null)[];
}

/**
 * All that is known about a recurrent cell: what a step computes from z = x W + h U + b, cell by cell. Its
 * gradient is written by hand, with factors that the step keeps, so that the way back is short.
 */
export interface Cell {
  /** Blocks of Keras' weights. */
  readonly gates: number;
  /** Of Keras' bias, where it is a matrix. */
  readonly biasRows?: number;
  /** Tensors [batch, units] that a step hands on. */
  readonly states: number;
  /** From Keras' weights those that give z. */
  arrange(weights: CellWeights): CellWeights;
  step(
    z: Tensor,
    state: readonly Tensor[],
    activations: CellActivations,
    weights: CellWeights,
  ): CellStep;
  /** From the gradients of the state that a step left; without it they come from the step itself. */
  back?(gradients: readonly Tensor[], factors: readonly Tensor[]): CellGradient;
  /** ONNX's operator for the cell with tanh and sigmoid, and its weights: [blocks units, ...] each. */
  readonly onnx: RecurrentName;
  readonly onnxAttributes?: Readonly<Record<string, number>>;
  arrangeForOnnx(weights: CellWeights): readonly [Tensor, Tensor, Tensor | null];
}

/** Blocks of the last axis in another order. */
export function reorder(x: Tensor, order: readonly number[]): Tensor {
  const units = (x.shape.at(-1) as number) / order.length;
  const blocks = cut(x, ...order.map(() => units));
  return join(...order.map((i) => blocks[i]!));
}

/** The last axis cut into parts. */
export const cut = (x: Tensor, ...sizes: readonly number[]): readonly Tensor[] =>
  split(x, sizes, x.shape.length - 1);

/** Tensors side by side along the last axis. */
export const join = (...parts: readonly Tensor[]): Tensor =>
  concat(parts, parts[0]!.shape.length - 1);
