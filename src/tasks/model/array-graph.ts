import {
  add,
  cast,
  constant,
  dataOf,
  div,
  greater,
  input,
  less,
  mul,
  type Signature,
  sub,
  type Tensor,
  where,
} from "../../graph/index.ts";
import { inference, type Model } from "../../nn/index.ts";
import { farthest } from "../../preparation/front.ts";
import { parameterConstants } from "../../training/layout.ts";
import type { Vectors } from "../../training/state.ts";
import { arrayResiduals } from "../scoring/residuals.ts";
import type { ArrayScoring } from "../scoring/scoring.ts";
import type { Precision } from "./array-feeds.ts";
import type { ArrayScale } from "./metadata.ts";

interface RawCells {
  readonly scale: ArrayScale;
  /** Of `x` and its reconstruction: scaling runs in it, the network in float32. */
  readonly precision: Precision;
}

interface TrainedParts extends RawCells {
  readonly model: Model;
  readonly parameters: Vectors;
}

interface ArrayParts extends TrainedParts {
  readonly scoring: ArrayScoring;
  readonly threshold: number;
}

/** Raw cells [rows, ...shape] in, prepared ones out: all that training needs. */
export function arrayPreparation(shape: readonly number[], raw: RawCells): Signature {
  const x = input("x", raw.precision, ["rows", ...shape]);
  return { inputs: [x], outputs: { prepared: prepare(x, raw) } };
}

/**
 * The whole model file of images or sequences: x [rows, ...shape] in its own units in; latent,
 * reconstruction in the same units, error per prepared cell, score (their mean) and is_anomaly out.
 */
export function arraySignature(parts: ArrayParts): Signature {
  const { scoring, threshold } = parts;
  const { inputs, rows } = forward(parts);
  const { x: prepared, latent, decoded } = rows;
  const { error, score } = scoring(rows);
  const limit = constant("float32", [], Float32Array.of(threshold), "threshold");
  const outputs: Record<string, Tensor> = {
    latent,
    reconstruction: unscale(decoded, parts),
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
function forward(parts: TrainedParts) {
  const { precision, model, parameters } = parts;
  const raw = input("x", precision, ["rows", ...model.inputShape]);
  const x = prepare(raw, parts);
  const weights = parameterConstants(model, parameters);
  const latent = model.encode(weights, x, inference);
  const decoded = model.decode(weights, latent, inference);
  return { inputs: [raw], rows: { x, weights, latent, decoded } };
}

/** What lies too far out for squares in float32 is taken as so far, as in a table; NaN stays. */
function prepare(x: Tensor, { scale: { mean, deviation }, precision }: RawCells): Tensor {
  const scaled = div(sub(x, row(mean, precision)), row(deviation, precision));
  if (precision === "float32") return scaled;
  const below = where(greater(scaled, farthest), farthest, scaled);
  return cast(where(less(below, -farthest), -farthest, below), "float32");
}

function unscale(decoded: Tensor, { scale: { mean, deviation }, precision }: RawCells): Tensor {
  const y = precision === "float32" ? decoded : cast(decoded, precision);
  return add(mul(y, row(deviation, precision)), row(mean, precision));
}

const row = (values: readonly number[], precision: Precision): Tensor =>
  constant(precision, [values.length], dataOf(precision, values));
