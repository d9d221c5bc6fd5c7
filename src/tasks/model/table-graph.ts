import { constant, greater, type Signature, type Tensor } from "../../graph/index.ts";
import { inference, type Model } from "../../nn/index.ts";
import { back } from "../../preparation/back.ts";
import { front } from "../../preparation/front.ts";
import { blocksOf, type Preparation } from "../../preparation/plan.ts";
import { parameterConstants } from "../../training/layout.ts";
import type { Vectors } from "../../training/state.ts";
import { tableResiduals } from "../scoring/residuals.ts";
import type { Scoring } from "../scoring/scoring.ts";
import { withFilledGaps } from "./filled-gaps.ts";

/** Raw columns in, what a network takes out: the first piece of a model file, and all that training needs. */
export function preparationSignature(preparation: Preparation): Signature {
  const { inputs, x, mask } = front(preparation);
  return { inputs, outputs: { prepared: x, mask } };
}

interface TrainedParts {
  readonly preparation: Preparation;
  readonly model: Model;
  readonly parameters: Vectors;
}

interface TableParts extends TrainedParts {
  readonly scoring: Scoring;
  readonly threshold: number;
}

/**
 * The whole model file of a table: raw columns in; latent, reconstruction, error, score and is_anomaly out.
 * `error` has one column per source column, numeric ones first, and 0 where the cell was missing; `score`
 * is its mean over the observed cells, as the kind's scoring has it.
 */
export function tableSignature({
  preparation,
  model,
  parameters,
  scoring,
  threshold,
}: TableParts): Signature {
  const { inputs, rows } = forward({ preparation, model, parameters });
  const { x, mask, latent, decoded } = rows;
  const { reconstruction, reconstructionCategories } = back(preparation, decoded);
  const { error, score, nearest } = scoring(rows);
  const similar = nearest && back(preparation, nearest);
  const limit = constant("float32", [], Float32Array.of(threshold), "threshold");
  const outputs: Record<string, Tensor> = {
    latent,
    ...(reconstruction && { reconstruction }),
    ...(reconstructionCategories && { reconstruction_categories: reconstructionCategories }),
    error,
    score,
    is_anomaly: greater(score, limit),
    ...(similar?.reconstruction && { nearest: similar.reconstruction }),
    ...(similar?.reconstructionCategories && {
      nearest_categories: similar.reconstructionCategories,
    }),
  };
  return { inputs, outputs, names: { prepared: x, mask, decoded } };
}

/** Raw columns in, residuals of the source columns and their mask out: what spreads are measured with. */
export function residualSignature(parts: TrainedParts): Signature {
  const { inputs, rows } = forward(parts);
  const { residual, mask } = tableResiduals(blocksOf(parts.preparation), rows);
  return { inputs, outputs: { residual, mask: mask! } };
}

/** Raw rows with what a trained network makes of them. */
function forward({ preparation, model, parameters }: TrainedParts) {
  const { inputs, mask, ...prepared } = front(preparation);
  const weights = parameterConstants(model, parameters);
  const x = withFilledGaps({ preparation, model }, weights, { ...prepared, mask });
  const latent = model.encode(weights, x, inference);
  const decoded = model.decode(weights, latent, inference);
  return { inputs, rows: { x, mask, weights, latent, decoded } };
}
