import {
  cast,
  constant,
  greater,
  input,
  isNan,
  mul,
  not,
  type Signature,
  where,
} from "../../graph/index.ts";
import { inference, type Loss, type Model, observedMean } from "../../nn/index.ts";
import { parameterConstants } from "../../training/layout.ts";
import type { Vectors } from "../../training/state.ts";

interface ImportedParts {
  readonly model: Model;
  readonly parameters: Vectors;
  readonly loss: Loss;
  /** What stands in for a missing cell, column by column. */
  readonly fill: readonly number[];
  readonly threshold: number;
}

/**
 * The model file of a network over [rows, columns] that was not made here: `x` float32 as the network takes it in;
 * latent, reconstruction, error per column, score and is_anomaly out.
 */
export function importedSignature(parts: ImportedParts): Signature {
  const { model, parameters, loss, fill, threshold } = parts;
  const raw = input("x", "float32", ["rows", fill.length]);
  const missing = isNan(raw);
  const x = where(missing, constant("float32", [fill.length], Float32Array.from(fill)), raw);
  const mask = cast(not(missing), "float32");
  const weights = parameterConstants(model, parameters);
  const latent = model.encode(weights, x, inference);
  const decoded = model.decode(weights, latent, inference);
  const error = mul(loss.errors(decoded, x), mask);
  const score = observedMean(error, mask);
  const limit = constant("float32", [], Float32Array.of(threshold), "threshold");
  return {
    inputs: [raw],
    outputs: { latent, reconstruction: decoded, error, score, is_anomaly: greater(score, limit) },
    names: { prepared: x, mask, decoded },
  };
}
