import type { Datatype } from "./decode/tensors.ts";
import type { ServedFacts } from "./models/served.ts";
import type { Wanted } from "./rows.ts";

export type OutputName =
  | "score"
  | "is_anomaly"
  | "latent"
  | "reconstruction"
  | "reconstruction_categories"
  | "error"
  | "reasons";

/** A tensor that a model takes or gives; -1 stands for the number of rows. */
export interface TensorFacts<Name extends string = string> {
  readonly name: Name;
  readonly datatype: Datatype;
  readonly shape: readonly number[];
}

/** What a model takes: its own tensors. A table may come column by column too. */
export function declaredInputs(facts: ServedFacts): readonly TensorFacts[] {
  if (facts.content !== "table") {
    const datatype = facts.precision === "float64" ? "FP64" : "FP32";
    return [{ name: "x", datatype, shape: [-1, ...facts.shape] }];
  }
  const { numeric, categories } = facts;
  const inputs: TensorFacts[] = [
    { name: "numeric", datatype: "FP64", shape: [-1, numeric.length] },
    { name: "categories", datatype: "BYTES", shape: [-1, categories.length] },
  ];
  return inputs.filter(({ shape }) => shape[1] !== 0);
}

const declared = new WeakMap<ServedFacts, readonly TensorFacts<OutputName>[]>();

/** What a model gives. */
export function declaredOutputs(facts: ServedFacts): readonly TensorFacts<OutputName>[] {
  const known = declared.get(facts) ?? outputsOf(facts);
  declared.set(facts, known);
  return known;
}

function outputsOf(facts: ServedFacts): readonly TensorFacts<OutputName>[] {
  const common: TensorFacts<OutputName>[] = [
    { name: "score", datatype: "FP32", shape: [-1] },
    { name: "is_anomaly", datatype: "BOOL", shape: [-1] },
    { name: "latent", datatype: "FP32", shape: [-1, facts.latentDim] },
  ];
  const reasons = { name: "reasons", datatype: "BYTES", shape: [-1] } as const;
  if (facts.content !== "table") {
    const datatype = facts.precision === "float64" ? "FP64" : "FP32";
    const shape = [-1, ...facts.shape];
    return [
      ...common,
      { name: "reconstruction", datatype, shape },
      { name: "error", datatype: "FP32", shape },
      reasons,
    ];
  }
  const [p, q] = [facts.numeric.length, facts.categories.length];
  return [
    ...common,
    ...(p > 0 ? [{ name: "reconstruction", datatype: "FP64", shape: [-1, p] } as const] : []),
    ...(q > 0
      ? [{ name: "reconstruction_categories", datatype: "BYTES", shape: [-1, q] } as const]
      : []),
    { name: "error", datatype: "FP32", shape: [-1, p + q] },
    reasons,
  ];
}

/** What must be computed for some outputs. */
export const wantedBy = (names: readonly OutputName[], allReasons: boolean): Wanted => ({
  latent: names.includes("latent"),
  reconstruction: names.includes("reconstruction") || names.includes("reconstruction_categories"),
  error: names.includes("error"),
  reasons: !names.includes("reasons") ? "none" : allReasons ? "all" : "anomalies",
});
