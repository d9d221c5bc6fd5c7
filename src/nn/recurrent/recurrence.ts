import {
  add,
  gemm,
  greater,
  mul,
  repeat,
  type ScanGradient,
  scan,
  sub,
  type Tensor,
  where,
  zerosLike,
} from "../../graph/index.ts";
import type { Cell, CellActivations, CellWeights } from "./cell.ts";
import { batchColumn, type Sums, sumsOf } from "./sums.ts";

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
 * Runs a cell over x [time, batch, inputs] from a state of zeros, as one Scan, whose gradient is another.
 * Both work step by step, while numbers are near: little more than the factors is kept for the way back,
 * and the gradient of the weights grows on it. Products for all steps at once, outside the Scan, were
 * slower by a tenth to a sixth: they pass through memory again and again.
 */
export function recur(
  cell: Cell,
  x: Tensor,
  given: CellWeights,
  { backwards, mask, ownGradient, ...activations }: RecurrenceOptions,
): Recurrence {
  const weights = cell.arrange(given);
  const sums = sumsOf(x, weights);
  const units = weights.recurrentWeight.shape[0] as number;
  const zeros = repeat(zerosLike(batchColumn(x)), 1, units);
  const way: Way = { cell, sums, recurrentWeight: weights.recurrentWeight, zeros, backwards, mask };
  const result = scan(
    Array.from({ length: cell.states }, () => zeros),
    [sums.sequence, ...(mask ? [mask] : [])],
    (before, slices) => {
      const { z, met } = sums.step(slices[0]!, before[0]!);
      const { state, factors } = cell.step(z, before, activations, weights);
      const observed = mask && greater(slices[1]!, 0);
      const after = observed ? state.map((s, i) => where(observed, s, before[i]!)) : state;
      return { state: after, outputs: [after[0]!, met, ...factors] };
    },
    { backwards, ...(ownGradient && cell.back && { gradient: wayBack(way) }) },
  );
  return { all: result.outputs[0]!, last: result.state[0]! };
}

/** What the way back knows of the way. */
interface Way extends Pick<RecurrenceOptions, "backwards" | "mask"> {
  readonly cell: Cell;
  readonly sums: Sums;
  readonly recurrentWeight: Tensor;
  readonly zeros: Tensor;
}

/** The gradient of all steps: a Scan the other way. At a step that was not observed it passes on. */
const wayBack =
  ({ cell, sums, recurrentWeight, zeros, backwards, mask }: Way): ScanGradient =>
  (given, { outputs: [, met, ...factors] }) => {
    const [ofAll] = given.outputs;
    const { state: last, outputs } = scan(
      [...given.state.map((g) => g ?? zeros), ...sums.gathered.map(zerosLike)],
      [met!, ...factors, ...(mask ? [mask] : []), ...(ofAll ? [ofAll] : [])],
      (carried, slices) => {
        const [h, ...others] = carried.slice(0, cell.states);
        const whole = [ofAll ? add(h!, slices.at(-1)!) : h!, ...others];
        const observed = mask && slices[1 + factors.length]!;
        const live = observed ? whole.map((g) => mul(g, observed)) : whole;
        const { z, state } = cell.back!(live, slices.slice(1, 1 + factors.length));
        const [direct, ...rest] = state;
        const before = [gemm(z, recurrentWeight, direct!, { transB: true }), ...rest] as Tensor[];
        const totals = sums.gather(carried.slice(cell.states), slices[0]!, z);
        const ofSlice = sums.back(z);
        return {
          state: [
            ...(observed ? before.map((g, i) => add(g, sub(whole[i]!, live[i]!))) : before),
            ...totals,
          ],
          outputs: ofSlice ? [ofSlice] : [],
        };
      },
      { backwards: !backwards },
    );
    return new Map([
      ...outputs.map((g) => [sums.sequence, g] as const),
      ...sums.gathered.map((each, i) => [each, last[cell.states + i]!] as const),
    ]);
  };
