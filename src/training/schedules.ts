/** How the learning rate changes with the step; plain data. Lengths are in steps of one batch. */
export type Schedule =
  | { readonly kind: "constant"; readonly warmupSteps?: number }
  | {
      readonly kind: "exponential";
      readonly decaySteps: number;
      readonly decayRate: number;
      readonly staircase?: boolean;
      readonly warmupSteps?: number;
    }
  | {
      readonly kind: "cosine";
      readonly decaySteps: number;
      /** The share of the rate that is left at the end. */
      readonly alpha?: number;
      readonly warmupSteps?: number;
    }
  | {
      /** As it is for `holdSteps`, then in a straight line to 0 over `decaySteps`. */
      readonly kind: "linear";
      readonly holdSteps?: number;
      readonly decaySteps: number;
      readonly warmupSteps?: number;
    };

/**
 * The learning rate of step 0, 1, ...: Keras' ExponentialDecay, CosineDecay or a straight line, each after a linear
 * warm-up from 0 over `warmupSteps`.
 */
export function rateAt(schedule: Schedule, rate: number, step: number): number {
  const { warmupSteps = 0 } = schedule;
  if (step < warmupSteps) return (rate * step) / warmupSteps;
  const since = step - warmupSteps;
  if (schedule.kind === "constant") return rate;
  if (schedule.kind === "linear") {
    const { holdSteps = 0, decaySteps } = schedule;
    return rate * Math.min(1, Math.max(0, 1 - (since - holdSteps) / decaySteps));
  }
  const share = since / schedule.decaySteps;
  if (schedule.kind === "exponential")
    return rate * schedule.decayRate ** (schedule.staircase ? Math.floor(share) : share);
  const { alpha = 0 } = schedule;
  const cosine = 0.5 * (1 + Math.cos(Math.PI * Math.min(share, 1)));
  return rate * ((1 - alpha) * cosine + alpha);
}

/** Cuts the rate when the monitored loss has stopped falling, as Keras' ReduceLROnPlateau. */
export interface Plateau {
  readonly factor?: number;
  readonly patience?: number;
  readonly minimumDelta?: number;
  readonly minimumRate?: number;
}
