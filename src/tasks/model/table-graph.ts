import { constant, greater, input, type Signature, type Tensor } from "../../graph/index.ts";
import { inference, type Model, type Parameters } from "../../nn/index.ts";
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

interface NetworkParts {
  readonly preparation: Preparation;
  readonly model: Model;
}

interface TrainedParts extends NetworkParts {
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
  const { inputs, rows } = forward({ preparation, model }, parameterConstants(model, parameters));
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
  const { inputs, rows } = forward(parts, parameterConstants(parts.model, parts.parameters));
  const { residual, mask } = tableResiduals(blocksOf(parts.preparation), rows);
  return { inputs, outputs: { residual, mask: mask! } };
}

/**
 * Raw columns and the weights of a network in, by their names; latent and reconstruction out: one program for a network that
 * changes, such as one that learns.
 */
export function watchSignature(parts: NetworkParts): Signature {
  const weights = Object.entries(parts.model.parameters).map(
    ([name, { shape }]) => [name, input(name, "float32", [...shape])] as const,
  );
  const { inputs, rows } = forward(parts, Object.fromEntries(weights));
  const { reconstruction, reconstructionCategories } = back(parts.preparation, rows.decoded);
  return {
    inputs: [...inputs, ...weights.map(([, tensor]) => tensor)],
    outputs: {
      latent: rows.latent,
      ...(reconstruction && { reconstruction }),
      ...(reconstructionCategories && { reconstruction_categories: reconstructionCategories }),
    },
  };
}

/** Raw rows with what a network makes of them by its weights. */
function forward({ preparation, model }: NetworkParts, weights: Parameters) {
  const { inputs, mask, ...prepared } = front(preparation);
  const x = withFilledGaps({ preparation, model }, weights, { ...prepared, mask });
  const latent = model.encode(weights, x, inference);
  const decoded = model.decode(weights, latent, inference);
  return { inputs, rows: { x, mask, weights, latent, decoded } };
}
