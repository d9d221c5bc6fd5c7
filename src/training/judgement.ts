import { EspejoError } from "../errors.ts";
import type { LoopOptions } from "./job.ts";
import type { Checkpoint, Epoch } from "./state.ts";

type Mutable<T> = { -readonly [K in keyof T]: T[K] };
export type State = Mutable<Omit<Checkpoint, "sums" | "history">> & {
  sums: number[];
  history: Epoch[];
};
/** A state of a run that may change. */
export const mutable = (c: Checkpoint): State => ({
  ...c,
  sums: [...c.sums],
  history: [...c.history],
});

/** Keeps the best weights and the plateaus. Without validation rows nothing is judged. */
export function judge(
  state: State,
  options: LoopOptions,
  { epoch, loss, validationLoss }: Epoch,
): void {
  const watched = validationLoss ?? loss;
  const { plateau } = options;
  if (plateau) {
    const { factor = 0.1, patience = 10, minimumDelta = 1e-4, minimumRate = 0 } = plateau;
    if (watched < state.plateauBest - minimumDelta) {
      state.plateauBest = watched;
      state.plateauWaited = 0;
    } else if (++state.plateauWaited >= patience) {
      const lowest = minimumRate / options.learningRate;
      state.rateFactor = Math.max(state.rateFactor * factor, lowest);
      state.plateauWaited = 0;
    }
  }
  if (validationLoss === undefined) return;
  if (watched < (state.best?.loss ?? Number.POSITIVE_INFINITY) - options.minimumDelta) {
    state.best = { loss: watched, epoch, vectors: state.vectors };
    state.waited = 0;
  } else state.waited++;
}

/** Early stopping: a run that goes on from its last checkpoint stops there too. */
export const exhausted = ({ waited }: State, { patience }: LoopOptions): boolean =>
  patience > 0 && waited >= patience;

/** The error of a loss that is no number any more. */
export const diverged = (value: number, epoch: number, rate: number): EspejoError =>
  new EspejoError("not_finite", { value: String(value), epoch, rate });
