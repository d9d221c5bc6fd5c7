import { div, maximum, mul, scalar, sum, type Tensor } from "../../graph/index.ts";
import { type Loss, type Model, type Parameters, scoredErrors } from "../../nn/index.ts";

/** Prepared rows with what a network made of them; of images and sequences [rows, ...shape]. */
export interface ArrayRows {
  /** [rows, width] of a table. */
  readonly x: Tensor;
  readonly weights: Parameters;
  readonly latent: Tensor;
  /** [rows, columns] of a table. */
  readonly decoded: Tensor;
}

/** The same of a table. */
export interface NetworkRows extends ArrayRows {
  /** [rows, source columns], 1 where a cell was observed. */
  readonly mask: Tensor;
}

/** `score` [rows], and what each source column, or each cell, adds to it, `error`. */
export interface Scored {
  readonly error: Tensor;
  readonly score: Tensor;
  /** Prepared columns of the most similar row that the file holds, where it holds some. */
  readonly nearest?: Tensor;
}

/** How a model file of a table scores. */
export type Scoring = (rows: NetworkRows) => Scored;
/** How a model file of images or sequences scores. */
export type ArrayScoring = (rows: ArrayRows) => Scored;

/** The error of each source column [rows, columns], 0 where it was missing, and their mean over observed cells. */
export function tableErrors(loss: Loss, y: Tensor, x: Tensor, mask: Tensor): Scored {
  const error = mul(loss.errors(y, x), mask);
  return { error, score: div(sum(error, 1), maximum(sum(mask, 1), scalar(1))) };
}

/** The scoring of a loss. */
export const lossScoring =
  (loss: Loss): Scoring =>
  ({ x, mask, decoded }) =>
    tableErrors(loss, decoded, x, mask);

/** The same for images and sequences, whose missing cells are NaN. */
export const lossArrayScoring =
  (loss: Loss, model: Pick<Model, "masked">): ArrayScoring =>
  ({ x, decoded }) =>
    scoredErrors(loss, decoded, x, model);
