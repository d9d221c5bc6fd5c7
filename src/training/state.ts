import type { Metrics } from "./figures.ts";

/** One line of the history: means over an epoch. */
export interface Epoch {
  /** Counted from 1. */
  readonly epoch: number;
  readonly loss: number;
  /** Loss of the validation rows after the epoch; absent where there are none. */
  readonly validationLoss?: number;
  /** What the kind reports beside its loss: further objectives, parts of the loss; lists for vectors. */
  readonly metrics?: Metrics;
  readonly learningRate: number;
  readonly seconds: number;
}

/** Flat arrays by name, row-major: of a network its weights, of a checkpoint its groups of them. */
export type Vectors = Readonly<Record<string, Float32Array>>;

/** All that a run needs to go on as if it had never stopped. */
export interface Checkpoint {
  readonly epoch: number;
  /** Steps of the epoch that are done. */
  readonly step: number;
  readonly totalSteps: number;
  readonly vectors: Vectors;
  /** Sums over the epoch so far, weighted by rows. */
  readonly sums: readonly number[];
  readonly best: {
    readonly loss: number;
    readonly epoch: number;
    readonly vectors: Vectors;
  } | null;
  readonly waited: number;
  readonly plateauWaited: number;
  readonly plateauBest: number;
  readonly rateFactor: number;
  readonly history: readonly Epoch[];
}
