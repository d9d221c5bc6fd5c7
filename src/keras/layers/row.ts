import type { Activation, Layer } from "../../nn/index.ts";
import { activationNamed, activationNames } from "../activations.ts";
import type { Settings } from "../settings.ts";

/** Cells before and after, for each side of a row but its channels. */
export type Edges = readonly (readonly [before: number, after: number])[];

/** A weight of ours and where it lies in a Keras file, below its layer. */
export interface WeightPlace {
  /** Its name within the layer, such as `weight`. */
  readonly name: string;
  /** Such as `vars/0`. */
  readonly path: string;
  /** Moving statistics are not trained; old files keep them behind all others. */
  readonly trained: boolean;
  /** From the cells of the file to ours, where they differ. */
  readonly change?: (cells: Float32Array) => Float32Array;
}

/** What stands for a Keras layer. */
export interface Reading {
  readonly layers: readonly Layer[];
  readonly weights: readonly WeightPlace[];
  /** Which of our layers has the weights; by default the first. */
  readonly weighted?: number;
  /** What the file keeps among its weights and is a setting of ours. */
  readonly kept?: KeptNumbers;
}

/** Arrays among the weights of a file that make settings of our layers. */
export interface KeptNumbers {
  readonly places: readonly (WeightPlace & { readonly shape: readonly number[] })[];
  /** The layers with these numbers; any others of these shapes make layers of the same shapes. */
  layersOf(arrays: readonly Float32Array[]): readonly Layer[];
}

/** A Keras layer that computes what one of ours does. */
export interface Writing {
  readonly className: string;
  readonly config: Readonly<Record<string, unknown>>;
  readonly weights: readonly WeightPlace[];
}

/** Reads a layer that gets rows of a shape. */
export type Read = (settings: Settings, shape: readonly number[]) => Reading;

/** A layer without weights. */
export const plain = (...layers: readonly Layer[]): Reading => ({ layers, weights: [] });

/** Refuses an axis that is not the last one of rows of a shape. */
export function lastAxis(s: Settings, shape: readonly number[]): void {
  const axis = s.numbers("axis", [-1]);
  if (axis.length !== 1 || (axis[0] !== -1 && axis[0] !== shape.length)) s.refuse("axis", "-1");
}

/** Weights as Keras numbers them. */
export const inOrder = (names: readonly string[], below = ""): readonly WeightPlace[] =>
  names.map((name, i) => ({
    name,
    path: `${below}vars/${i}`,
    trained: !["mean", "variance", "count"].includes(name),
  }));

/**
 * Our layers for what stands as the activation of a layer: a name, or a layer of its own such as
 * LeakyReLU(0.1). `named` is the activation that goes into the layer before it.
 */
export function activationIn(
  settings: Settings,
  setting: string,
  layerOf: (className: string, inner: Settings) => Reading | null,
): { readonly named: Activation; readonly after: readonly Layer[] } {
  const value = settings.get(setting) ?? "linear";
  const name = typeof value === "string" ? value : functionName(value);
  const found = name === null ? undefined : activationNamed(name, settings.era);
  if (found) {
    const { activation, steeper } = found;
    if (steeper === 1) return { named: activation, after: [] };
    const after: readonly Layer[] = [
      { layer: "rescaling", scale: steeper },
      { layer: "activation", activation },
    ];
    return { named: "linear", after };
  }
  const inner = settings.inner(setting);
  const reading = inner && layerOf(inner.className, inner.settings);
  if (reading && reading.weights.length === 0) return { named: "linear", after: reading.layers };
  return settings.refuse(setting, activationNames.join(" | "));
}

/** The name of a function that was written as an object. */
export function functionName(value: unknown): string | null {
  const { class_name: className, config } = value as Readonly<Record<string, unknown>>;
  return className === "function" && typeof config === "string" ? config : null;
}
