import {
  add,
  constant,
  div,
  greater,
  input,
  mul,
  type Signature,
  sub,
  type Tensor,
} from "../../graph/index.ts";
import { inference, type Model } from "../../nn/index.ts";
import { parameterConstants } from "../../training/layout.ts";
import type { Vectors } from "../../training/state.ts";
import { arrayResiduals } from "../scoring/residuals.ts";
import type { ArrayScoring } from "../scoring/scoring.ts";
import type { ArrayScale } from "./metadata.ts";

interface TrainedParts {
  readonly scale: ArrayScale;
  readonly model: Model;
  readonly parameters: Vectors;
}

interface ArrayParts extends TrainedParts {
  readonly scoring: ArrayScoring;
  readonly threshold: number;
}

/** Raw cells [rows, ...shape] in, prepared ones out: all that training needs. */
export function arrayPreparation(shape: readonly number[], scale: ArrayScale): Signature {
  const x = input("x", "float32", ["rows", ...shape]);
  return { inputs: [x], outputs: { prepared: prepare(x, scale) } };
}

/**
 * The whole model file of images or sequences: x [rows, ...shape] in its own units in; latent,
 * reconstruction in the same units, error per prepared cell, score (their mean) and is_anomaly out.
 */
export function arraySignature(parts: ArrayParts): Signature {
  const { scale, scoring, threshold } = parts;
  const { inputs, rows } = forward(parts);
  const { x: prepared, latent, decoded } = rows;
  const { error, score } = scoring(rows);
  const limit = constant("float32", [], Float32Array.of(threshold), "threshold");
  const outputs: Record<string, Tensor> = {
    latent,
    reconstruction: add(mul(decoded, row(scale.deviation)), row(scale.mean)),
    error,
    score,
    is_anomaly: greater(score, limit),
  };
  return { inputs, outputs, names: { prepared, decoded } };
}

/** Raw cells in, flat residuals and, of a masked model, their mask out: what spreads are measured with. */
export function arrayResidualSignature(parts: TrainedParts): Signature {
  const { inputs, rows } = forward(parts);
  const { residual, mask } = arrayResiduals(parts.model, rows);
  return { inputs, outputs: { residual, ...(mask && { mask }) } };
}

/** Raw rows with what a trained network makes of them. */
function forward({ scale, model, parameters }: TrainedParts) {
  const raw = input("x", "float32", ["rows", ...model.inputShape]);
  const x = prepare(raw, scale);
  const weights = parameterConstants(model, parameters);
  const latent = model.encode(weights, x, inference);
  const decoded = model.decode(weights, latent, inference);
  return { inputs: [raw], rows: { x, weights, latent, decoded } };
}

const prepare = (x: Tensor, { mean, deviation }: ArrayScale): Tensor =>
  div(sub(x, row(mean)), row(deviation));

const row = (values: readonly number[]): Tensor =>
  constant("float32", [values.length], Float32Array.from(values));
