import {
  constant,
  div,
  greater,
  maximum,
  mul,
  type Signature,
  scalar,
  sum,
  type Tensor,
} from "../graph/index.ts";
import { inference, type Loss, type Model } from "../nn/index.ts";
import { back } from "../preparation/back.ts";
import { front } from "../preparation/front.ts";
import type { Preparation } from "../preparation/plan.ts";
import { parameterConstants } from "../training/layout.ts";
import type { Vectors } from "../training/state.ts";

/** Raw columns in, what a network takes out: the first piece of a model file, and all that training needs. */
export function preparationSignature(preparation: Preparation): Signature {
  const { inputs, x, mask } = front(preparation);
  return { inputs, outputs: { prepared: x, mask } };
}

/** The error of each source column [rows, columns], 0 where it was missing, and their mean over observed cells. */
export function tableErrors(
  loss: Loss,
  y: Tensor,
  x: Tensor,
  mask: Tensor,
): { readonly error: Tensor; readonly score: Tensor } {
  const error = mul(loss.errors(y, x), mask);
  return { error, score: div(sum(error, 1), maximum(sum(mask, 1), scalar(1))) };
}

interface TableParts {
  readonly preparation: Preparation;
  readonly model: Model;
  readonly parameters: Vectors;
  readonly loss: Loss;
  readonly threshold: number;
}

/**
 * The whole model file of a table: raw columns in; latent, reconstruction, error, score and is_anomaly out.
 * `error` has one column per source column, numeric ones first, and 0 where the cell was missing; `score`
 * is its mean over the observed cells.
 */
export function tableSignature({
  preparation,
  model,
  parameters,
  loss,
  threshold,
}: TableParts): Signature {
  const { inputs, x, mask } = front(preparation);
  const weights = parameterConstants(model, parameters);
  const latent = model.encode(weights, x, inference);
  const y = model.decode(weights, latent, inference);
  const { reconstruction, reconstructionCategories } = back(preparation, y);
  const { error, score } = tableErrors(loss, y, x, mask);
  const limit = constant("float32", [], Float32Array.of(threshold), "threshold");
  const outputs: Record<string, Tensor> = {
    latent,
    ...(reconstruction && { reconstruction }),
    ...(reconstructionCategories && { reconstruction_categories: reconstructionCategories }),
    error,
    score,
    is_anomaly: greater(score, limit),
  };
  return { inputs, outputs, names: { prepared: x, mask, decoded: y } };
}
