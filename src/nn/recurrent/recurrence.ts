import {
  add,
  concat,
  expandLike,
  gemm,
  greater,
  mul,
  repeat,
  reshape,
  type ScanGradient,
  scalar,
  scan,
  slice,
  sub,
  type Tensor,
  tensor,
  unrepeated,
  where,
  zerosLike,
} from "../../graph/index.ts";
import { affine } from "../dense.ts";
import { type Cell, type CellActivations, type CellWeights, join } from "./cell.ts";

export interface RecurrenceOptions extends CellActivations {
  /** From the last step to the first. */
  readonly backwards: boolean;
  /** [time, batch, 1], 0 where the state stays as it was; or null. */
  readonly mask: Tensor | null;
  /** Whether the cell's own gradient holds: it is that of tanh and sigmoid. */
  readonly ownGradient: boolean;
}

/** h after all steps [time, batch, units], each at its time, and after the last one [batch, units]. */
export interface Recurrence {
  readonly all: Tensor;
  readonly last: Tensor;
}

/**
 * Runs a cell over x [time, batch, inputs], from a state of zeros, as one Scan, whose gradient is another.
 * Both do all their work step by step, while its numbers are near: what is kept for the way back is little
 * but the factors, and the weights' gradient grows on the way.
 */
export function recur(
  cell: Cell,
  x: Tensor,
  keras: CellWeights,
  { backwards, mask, ownGradient, ...activations }: RecurrenceOptions,
): Recurrence {
  const weights = cell.arrange(keras);
  const sums = sumsOf(x, weights);
  const column = reshape(slice(slice(x, 0, 1, 0), 0, 1, 2), [x.shape[1]!, 1]);
  const zeros = repeat(zerosLike(column), 1, weights.recurrentWeight.shape[0] as number);
  const result = scan(
    Array.from({ length: cell.states }, () => zeros),
    [sums.sequence, ...(mask ? [mask] : [])],
    (before, slices) => {
      const { z, met } = sums.step(slices[0]!, before[0]!);
      const { state, factors } = cell.step(z, before, activations);
      const observed = mask && greater(slices[1]!, 0);
      const after = observed ? state.map((s, i) => where(observed, s, before[i]!)) : state;
      return { state: after, outputs: [after[0]!, met, ...factors] };
    },
    { backwards, ...(ownGradient && { gradient: gradientOf(cell, sums, zeros, backwards, mask) }) },
  );
  return { all: result.outputs[0]!, last: result.state[0]! };
}

/** How z = x W + h U + b is computed at each step, and the gradients of what it is computed from. */
interface Sums {
  readonly sequence: Tensor;
  /** z [batch, n], and what the state's part of a product was, side by side with what came before it. */
  step(x: Tensor, h: Tensor): { readonly z: Tensor; readonly met: Tensor };
  readonly recurrentWeight: Tensor;
  /** What the gradient is gathered for, over all steps, and how one step adds to it. */
  readonly gathered: readonly Tensor[];
  gather(totals: readonly Tensor[], met: Tensor, dz: Tensor): readonly Tensor[];
  /** The gradient of a slice of the sequence. */
  back(dz: Tensor): Tensor | null;
}

const sumsOf = (x: Tensor, weights: CellWeights): Sums => {
  const still = unrepeated(x, 0);
  return still ? sumsOfStill(still, x.shape[0] as number, weights) : sumsOfMoving(x, weights);
};

/** z = [x, 1, h] M: one product. */
function sumsOfMoving(x: Tensor, { weight, recurrentWeight, bias }: CellWeights): Sums {
  const first = slice(slice(x, 0, 1, 0), 0, 1, 2);
  const column = reshape(first, [x.shape[1]!, 1]);
  const ones = bias ? [expandLike(scalar(1, x.dtype), column)] : [];
  const rows = bias ? [reshape(bias, [1, bias.shape[0]!])] : [];
  const matrix = concat([weight, ...rows, recurrentWeight], 0);
  return {
    sequence: x,
    step: (x, h) => {
      const met = join(x, ...ones, h);
      return { z: gemm(met, matrix), met };
    },
    recurrentWeight,
    gathered: [matrix],
    gather: ([total], met, dz) => [gemm(met, dz, total!, { transA: true })],
    back: (dz) => gemm(dz, weight, null, { transB: true }),
  };
}

/** The same x [1, batch, inputs] at every step: its product is made once. */
function sumsOfStill(
  x: Tensor,
  time: number,
  { weight, recurrentWeight, bias }: CellWeights,
): Sums {
  const fixed = affine(reshape(x, x.shape.slice(1)), weight, bias);
  return {
    // a Scan counts its steps by a sequence
    sequence: repeat(tensor([0], x.dtype), 0, time),
    step: (_, h) => ({ z: gemm(h, recurrentWeight, fixed), met: h }),
    recurrentWeight,
    gathered: [recurrentWeight, fixed],
    gather: ([total, sum], met, dz) => [gemm(met, dz, total!, { transA: true }), add(sum!, dz)],
    back: () => null,
  };
}

const gradientOf =
  (cell: Cell, sums: Sums, zeros: Tensor, backwards: boolean, mask: Tensor | null): ScanGradient =>
  (given, { outputs: [, met, ...factors] }) => {
    const [ofAll] = given.outputs;
    const result = scan(
      [...given.state.map((g) => g ?? zeros), ...sums.gathered.map(zerosLike)],
      [met!, ...factors, ...(mask ? [mask] : []), ...(ofAll ? [ofAll] : [])],
      (carried, slices) => {
        const totals = carried.slice(cell.states);
        const [h, ...others] = carried.slice(0, cell.states);
        const whole = [ofAll ? add(h!, slices.at(-1)!) : h!, ...others];
        const observed = mask && slices[1 + factors.length]!;
        const live = observed ? whole.map((g) => mul(g, observed)) : whole;
        const { z, state } = cell.back(live, slices.slice(1, 1 + factors.length));
        const [direct, ...rest] = state;
        const before = [gemm(z, sums.recurrentWeight, direct!, { transB: true }), ...rest];
        const past = (g: Tensor | null, i: number): Tensor =>
          observed ? add(g!, sub(whole[i]!, live[i]!)) : g!;
        const dx = sums.back(z);
        return {
          state: [...before.map(past), ...sums.gather(totals, slices[0]!, z)],
          outputs: dx ? [dx] : [],
        };
      },
      { backwards: !backwards },
    );
    const totals = result.state.slice(cell.states);
    return new Map([
      ...result.outputs.map((dx) => [sums.sequence, dx] as const),
      ...sums.gathered.map((each, i) => [each, totals[i]!] as const),
    ]);
  };
