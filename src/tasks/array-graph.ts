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
} from "../graph/index.ts";
import { inference, type Loss, type Model, scoredErrors } from "../nn/index.ts";
import { parameterConstants } from "../training/layout.ts";
import type { Vectors } from "../training/state.ts";
import type { ArrayScale } from "./metadata.ts";

interface ArrayParts {
  readonly scale: ArrayScale;
  readonly model: Model;
  readonly parameters: Vectors;
  readonly loss: Loss;
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
  const { scale, model, parameters, loss, threshold } = parts;
  const x = input("x", "float32", ["rows", ...model.inputShape]);
  const prepared = prepare(x, scale);
  const weights = parameterConstants(model, parameters);
  const latent = model.encode(weights, prepared, inference);
  const y = model.decode(weights, latent, inference);
  const { error, score } = scoredErrors(loss, y, prepared, model);
  const limit = constant("float32", [], Float32Array.of(threshold), "threshold");
  const outputs: Record<string, Tensor> = {
    latent,
    reconstruction: add(mul(y, row(scale.deviation)), row(scale.mean)),
    error,
    score,
    is_anomaly: greater(score, limit),
  };
  return { inputs: [x], outputs, names: { prepared, decoded: y } };
}

const prepare = (x: Tensor, { mean, deviation }: ArrayScale): Tensor =>
  div(sub(x, row(mean)), row(deviation));

const row = (values: readonly number[]): Tensor =>
  constant("float32", [values.length], Float32Array.from(values));
