import { mistake } from "../errors.ts";
import type { Shape, Tensor } from "../graph/index.ts";

/** What a layer may ask for beyond its input. */
export interface Context {
  /** Dropout, noise and batch statistics act only while training. */
  readonly training: boolean;
  /** 1 at the steps of a sequence that were observed, 0 at padded ones: [rows, time, 1]. */
  readonly mask?: Tensor | null;
  /**
   * Fresh random numbers, other ones in every step; a leading `batch` is the rows of the batch. A validation
   * draws too, the same numbers each time.
   */
  noise(kind: NoiseKind, shape: Shape): Tensor;
  /** The number of the step, from 0, as a scalar; a validation comes after all steps. */
  step(): Tensor;
  /** Gives a parameter that is not trained its next value. */
  update(name: string, value: Tensor): void;
}
/** Uniform in [0, 1), or normal with mean 0 and variance 1. */
export type NoiseKind = "uniform" | "normal";

/** The context of a program that only computes. */
export const inference: Context = {
  training: false,
  noise: () => {
    throw mistake("noise is drawn only while training");
  },
  step: () => {
    throw mistake("steps are counted only while training");
  },
  update: () => {},
};
