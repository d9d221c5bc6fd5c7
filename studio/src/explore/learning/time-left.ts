import type { Loss } from "../../../../src/studio/api/runs.ts";

/** Epochs whose mean says how long one takes. */
const recent = 20;

/** Seconds that a training takes at most from its last epoch on; null before one is done. */
export function secondsLeft(losses: readonly Loss[], epochs: number): number | null {
  const last = losses.slice(-recent);
  if (last.length === 0 || last.some(({ seconds }) => !Number.isFinite(seconds))) return null;
  const each = last.reduce((sum, { seconds }) => sum + seconds, 0) / last.length;
  return Math.max(0, epochs - losses.at(-1)!.epoch) * each;
}

/** The rate of the last epoch, where it was not the same all the time; null where it was. */
export function rateNow(losses: readonly Loss[]): number | null {
  const rates = losses.map(({ learningRate }) => learningRate);
  const last = rates.at(-1);
  return last !== undefined && rates.some((rate) => rate !== last) ? last : null;
}
