import type { Epoch } from "../../training/state.ts";
import type { LossPair, TrainingRecord } from "./metadata.ts";

/** Epochs of a long training that a model file keeps the losses of, so that it stays small. */
const mostKept = 200;

/**
 * The losses of a training as a model file keeps them, in six digits. Up to 200 epochs all of them; of more,
 * every k-th, k = epochs / 200 rounded up, and the last.
 */
export function historyRecord(history: readonly Epoch[]): readonly LossPair[] {
  return keptEpochs(history.length).map((epoch): LossPair => {
    const { loss, validationLoss } = history[epoch - 1]!;
    return [rounded(loss), validationLoss === undefined ? null : rounded(validationLoss)];
  });
}

/** One epoch of a training as a model file tells it, counted from 1. */
export interface KeptEpoch {
  readonly epoch: number;
  readonly loss: number;
  readonly validationLoss: number | null;
}

/** The losses of a training record with their epochs; none for files from before they were kept. */
export function epochsOf({ history, epochs }: TrainingRecord): readonly KeptEpoch[] {
  const numbers = keptEpochs(epochs);
  return (history ?? []).map(([loss, validationLoss], i) => ({
    epoch: numbers[i] ?? i + 1,
    loss,
    validationLoss,
  }));
}

function keptEpochs(epochs: number): readonly number[] {
  const step = Math.max(1, Math.ceil(epochs / mostKept));
  const count = Math.ceil(epochs / step);
  return Array.from({ length: count }, (_, i) => Math.min((i + 1) * step, epochs));
}

const rounded = (value: number): number => Number(value.toPrecision(6));
