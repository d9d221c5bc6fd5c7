import { div, maximum, mul, scalar, sum, type Tensor } from "../graph/index.ts";
import type { Loss, Parameters } from "../nn/index.ts";

/** Prepared rows of a table with what a network made of them. */
export interface NetworkRows {
  /** [rows, width] */
  readonly x: Tensor;
  /** [rows, source columns], 1 where a cell was observed. */
  readonly mask: Tensor;
  readonly weights: Parameters;
  readonly latent: Tensor;
  /** [rows, columns] */
  readonly decoded: Tensor;
}

/** How a model file scores: `score` [rows], and what each source column adds to it, `error`. */
export type Scoring = (rows: NetworkRows) => { readonly error: Tensor; readonly score: Tensor };

/** The error of each source column [rows, columns], 0 where it was missing, and their mean over observed cells. */
export function tableErrors(loss: Loss, y: Tensor, x: Tensor, mask: Tensor): ReturnType<Scoring> {
  const error = mul(loss.errors(y, x), mask);
  return { error, score: div(sum(error, 1), maximum(sum(mask, 1), scalar(1))) };
}

/** The scoring of a loss. */
export const lossScoring =
  (loss: Loss): Scoring =>
  ({ x, mask, decoded }) =>
    tableErrors(loss, decoded, x, mask);
