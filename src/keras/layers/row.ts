import type { Layer } from "../../nn/index.ts";
import { activationNamed, activationNames } from "../activations.ts";
import type { Settings } from "../settings.ts";

/** A weight of ours and where it lies in a Keras file, below its layer. */
export interface WeightPlace {
  /** Its name within the layer, such as `weight`. */
  readonly name: string;
  /** Such as `vars/0`. */
  readonly path: string;
  /** Moving statistics are not trained; old files keep them behind all others. */
  readonly trained: boolean;
}

/** What stands for a Keras layer: the first of our layers has the weights. */
export interface Reading {
  readonly layers: readonly Layer[];
  readonly weights: readonly WeightPlace[];
}

/** A Keras layer that computes what one of ours does. */
export interface Writing {
  readonly className: string;
  readonly config: Readonly<Record<string, unknown>>;
  readonly weights: readonly WeightPlace[];
}

export type Read = (settings: Settings) => Reading;

/** A layer without weights. */
export const plain = (...layers: readonly Layer[]): Reading => ({ layers, weights: [] });

/** Weights as Keras numbers them. */
export const inOrder = (names: readonly string[], below = ""): readonly WeightPlace[] =>
  names.map((name, i) => ({
    name,
    path: `${below}vars/${i}`,
    trained: name !== "mean" && name !== "variance",
  }));

/**
 * Our layers for what stands as the activation of a layer: a name, or a layer of its own such as
 * LeakyReLU(0.1). `named` is the activation that goes into the layer before it.
 */
export function activationIn(
  settings: Settings,
  setting: string,
  layerOf: (className: string, inner: Settings) => Reading | null,
): {
  readonly named: NonNullable<ReturnType<typeof activationNamed>>;
  readonly after: readonly Layer[];
} {
  const value = settings.values[setting] ?? "linear";
  const name = typeof value === "string" ? value : functionName(value);
  const named = name === null ? undefined : activationNamed(name);
  if (named) return { named, after: [] };
  const inner = settings.inner(setting);
  const reading = inner && layerOf(inner.className, inner.settings);
  if (reading && reading.weights.length === 0) return { named: "linear", after: reading.layers };
  return settings.refuse(setting, activationNames.join(" | "));
}

/** The name of a function that was written as an object. */
function functionName(value: unknown): string | null {
  const { class_name: className, config } = value as Readonly<Record<string, unknown>>;
  return className === "function" && typeof config === "string" ? config : null;
}
