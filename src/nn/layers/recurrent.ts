import { mistake } from "../../errors.ts";
import {
  add,
  concat,
  mul,
  type RecurrentWeights,
  recurrentLayer,
  reshape,
  slice,
  type Tensor,
  transpose,
} from "../../graph/index.ts";
import { type Activation, activationOf } from "../activations.ts";
import type { Context } from "../context.ts";
import type { InitializerName } from "../initializers.ts";
import type { Parameters } from "../parameters.ts";
import type { Cell, CellWeights } from "../recurrent/cell.ts";
import { gru, gruResetBefore } from "../recurrent/gru.ts";
import { lstm } from "../recurrent/lstm.ts";
import { type Recurrence, recur } from "../recurrent/recurrence.ts";
import { simpleRnn } from "../recurrent/simple-rnn.ts";
import type { LayerRow, WeightSpecs } from "./row.ts";

/** How two directions come together, as Keras calls it. */
export type Merge = "concat" | "sum" | "mul" | "ave";

interface Recurrent {
  readonly units: number;
  readonly activation?: Activation;
  /** The state after every step, [time, units], not only after the last. */
  readonly returnSequences?: boolean;
  /** A second set of weights reads from the end. */
  readonly bidirectional?: boolean;
  /** What becomes of the states of both directions: side by side by default, or one of these, cell by cell. */
  readonly merge?: Merge;
  readonly bias?: boolean;
}

/** The plain recurrent layer over rows [time, features]; Keras' SimpleRNN. */
export interface SimpleRnn extends Recurrent {
  readonly layer: "simpleRnn";
}

/** The gated recurrent unit over rows [time, features]; Keras' GRU. */
export interface Gru extends Recurrent {
  readonly layer: "gru";
  readonly recurrentActivation?: Activation;
  /** Whether the state is reset behind its product, as by default, or before it, as Keras did before 2.3. */
  readonly resetAfter?: boolean;
}

/** The long short-term memory over rows [time, features]; the forget gate's bias starts at 1. */
export interface Lstm extends Recurrent {
  readonly layer: "lstm";
  readonly recurrentActivation?: Activation;
}

type Layer = SimpleRnn | Gru | Lstm;

/**
 * A layer out of a cell; `initial` is the bias before training. Weights are named as in Keras, with two directions
 * under `forward.` and `backward.`.
 */
function rowOf<L extends Layer>(
  cellOf: (layer: L) => Cell,
  initial: InitializerName = "zeros",
): LayerRow<L> {
  return {
    weights: (layer, shape) => {
      const { units, bias = true, bidirectional = false } = layer;
      const cell = cellOf(layer);
      const rows = cell.biasRows;
      const columns = cell.gates * units;
      const own: WeightSpecs = {
        weight: { shape: [shape.at(-1)!, columns], initial: "glorotUniform" },
        recurrentWeight: { shape: [units, columns], initial: "orthogonal" },
        ...(bias && { bias: { shape: rows ? [rows, columns] : [columns], initial } }),
      };
      return Object.fromEntries(
        prefixes(bidirectional).flatMap((prefix) =>
          Object.entries(own).map(([name, spec]) => [`${prefix}${name}`, spec]),
        ),
      );
    },
    output: (given, shape) => {
      const { layer, units, returnSequences = false, bidirectional = false } = given;
      if (shape.length !== 2)
        throw mistake(`${layer}: takes rows [time, features], got [${shape.join(", ")}]`);
      const width = bidirectional && (given.merge ?? "concat") === "concat" ? 2 * units : units;
      return returnSequences ? [shape[0]!, width] : [width];
    },
    apply: (layer, own, x, context) => {
      const { returnSequences = false, bidirectional = false, merge = "concat" } = layer;
      const cell = cellOf(layer);
      const directions = prefixes(bidirectional).map((prefix) => weightsUnder(prefix, own));
      const parts = plain(layer, context)
        ? computed(cell, x, directions)
        : recurred(cell, layer, x, directions, context);
      const join = bidirectional ? merges[merge] : merges.concat;
      if (!returnSequences) return join(parts.map(({ last }) => last));
      const all = transpose(join(parts.map((part) => part.all)), [1, 0, 2]);
      // as in Keras: an unobserved step repeats the state, but is zero where two directions meet
      return bidirectional && context.mask ? mul(all, context.mask) : all;
    },
  };
}

const prefixes = (bidirectional: boolean): readonly string[] =>
  bidirectional ? ["forward.", "backward."] : [""];

const weightsUnder = (prefix: string, own: Parameters): CellWeights => ({
  weight: own[`${prefix}weight`]!,
  recurrentWeight: own[`${prefix}recurrentWeight`]!,
  bias: own[`${prefix}bias`] ?? null,
});

const merges: Readonly<Record<Merge, (parts: readonly Tensor[]) => Tensor>> = {
  concat: (parts) => concat(parts, parts[0]!.shape.length - 1),
  sum: ([one, other]) => add(one!, other!),
  mul: ([one, other]) => mul(one!, other!),
  ave: ([one, other]) => mul(add(one!, other!), 0.5),
};

/** Steps come first, so that each is one piece of memory. */
const timeMajor = (x: Tensor): Tensor => transpose(x, [1, 0, 2]);

const activationsOf = (layer: Layer) => {
  const { activation = "tanh" } = layer;
  const recurrentActivation =
    ("recurrentActivation" in layer && layer.recurrentActivation) || "sigmoid";
  return { activation, recurrentActivation };
};

/** Whether the activations are the usual ones. */
function usual(layer: Layer): boolean {
  const { activation, recurrentActivation } = activationsOf(layer);
  return activation === "tanh" && recurrentActivation === "sigmoid";
}

/** Whether ONNX's own operator computes the layer. */
const plain = (layer: Layer, { training, mask }: Context): boolean =>
  !training && !mask && usual(layer);

/** By ONNX's own operator, which has no gradient and no mask. */
function computed(
  cell: Cell,
  x: Tensor,
  directions: readonly CellWeights[],
): readonly Recurrence[] {
  const parts = directions.map((weights) => cell.arrangeForOnnx(weights));
  const stacked = (i: 0 | 1 | 2): Tensor =>
    concat(
      parts.map((part) => reshape(part[i]!, [1, ...part[i]!.shape])),
      0,
    );
  const weights: RecurrentWeights = {
    w: stacked(0),
    r: stacked(1),
    b: parts[0]![2] && stacked(2),
  };
  const { all, last } = recurrentLayer(cell.onnx, timeMajor(x), weights, cell.onnxAttributes ?? {});
  const [time, , rows, units] = all.shape;
  return directions.map((_, i) => ({
    all: reshape(slice(all, i, i + 1, 1), [time!, rows!, units!]),
    last: reshape(slice(last, i, i + 1, 0), [rows!, units!]),
  }));
}

/** By a Scan for each direction. */
function recurred(
  cell: Cell,
  layer: Layer,
  x: Tensor,
  directions: readonly CellWeights[],
  { mask }: Context,
): readonly Recurrence[] {
  const { activation, recurrentActivation } = activationsOf(layer);
  const steps = timeMajor(x);
  return directions.map((weights, i) =>
    recur(cell, steps, weights, {
      backwards: i === 1,
      mask: mask ? timeMajor(mask) : null,
      ownGradient: usual(layer),
      activation: activationOf(activation),
      recurrentActivation: activationOf(recurrentActivation),
    }),
  );
}

export const simpleRnnRow: LayerRow<SimpleRnn> = rowOf(() => simpleRnn);
export const gruRow: LayerRow<Gru> = rowOf(({ resetAfter = true }) =>
  resetAfter ? gru : gruResetBefore,
);
export const lstmRow: LayerRow<Lstm> = rowOf(() => lstm, "unitForgetBias");
