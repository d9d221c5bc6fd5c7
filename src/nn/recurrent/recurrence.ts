import {
  add,
  greater,
  mul,
  reshape,
  type ScanGradient,
  scan,
  slice,
  sub,
  type Tensor,
  where,
  zerosLike,
} from "../../graph/index.ts";
import type { Cell, CellActivations, CellInputs } from "./cell.ts";

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

/** Runs a cell over its inputs, from a state of zeros, as one Scan, whose gradient is another. */
export function recur(
  cell: Cell,
  { sequences, captured }: CellInputs,
  units: number,
  { backwards, mask, ownGradient, ...activations }: RecurrenceOptions,
): Recurrence {
  const zeros = zeroState(sequences[0]!, units);
  const masks = mask ? [mask] : [];
  const result = scan(
    Array.from({ length: cell.states }, () => zeros),
    [...sequences, ...masks],
    (before, slices) => {
      const inputs = { sequences: slices.slice(0, sequences.length), captured };
      const { state, kept } = cell.step(before, inputs, activations);
      const observed = mask && greater(slices.at(-1)!, 0);
      const after = observed ? state.map((s, i) => where(observed, s, before[i]!)) : state;
      return { state: after, outputs: [after[0]!, ...kept] };
    },
    {
      backwards,
      ...(ownGradient && {
        gradient: gradientOf(cell, { sequences, captured }, { backwards, mask, zeros }),
      }),
    },
  );
  return { all: result.outputs[0]!, last: result.state[0]! };
}

interface Run extends Pick<RecurrenceOptions, "backwards" | "mask"> {
  readonly zeros: Tensor;
}

/** The gradient of all steps: a Scan the other way, between what is computed for all steps at once. */
const gradientOf =
  (cell: Cell, inputs: CellInputs, { backwards, mask, zeros }: Run): ScanGradient =>
  (given, { outputs: [, ...factors], before }) => {
    const [ofAll] = given.outputs;
    const result = scan(
      given.state.map((g) => g ?? zeros),
      [...factors, ...(mask ? [mask] : []), ...(ofAll ? [ofAll] : [])],
      (carried, slices) => {
        const whole = ofAll ? [add(carried[0]!, slices.at(-1)!), ...carried.slice(1)] : carried;
        const observed = mask && slices[factors.length]!;
        const live = observed ? whole.map((g) => mul(g, observed)) : whole;
        const { state, kept } = cell.back(live, slices.slice(0, factors.length), inputs.captured);
        const past = (g: Tensor, i: number): Tensor => add(g, sub(whole[i]!, live[i]!));
        return { state: observed ? state.map(past) : state, outputs: kept };
      },
      { backwards: !backwards },
    );
    const { sequences, captured } = cell.collect(result.outputs, factors, before[0]!);
    return new Map([
      ...inputs.sequences.map((each, i) => [each, sequences[i]!] as const),
      ...inputs.captured.map((each, i) => [each, captured[i]!] as const),
    ]);
  };

/** Zeros [batch, units], with the batch of a sequence [time, batch, at least units]. */
function zeroState(sequence: Tensor, units: number): Tensor {
  const first = slice(slice(sequence, 0, 1, 0), 0, units, 2);
  return zerosLike(reshape(first, [sequence.shape[1]!, units]));
}
