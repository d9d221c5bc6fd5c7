import type { Layer } from "../../nn/index.ts";
import { kerasActivation } from "../activations.ts";
import type { Settings } from "../settings.ts";
import { activationIn, inOrder, lastAxis, plain, type Read, type Writing } from "./row.ts";

/** Keras' activation layers. */
export const activationReads: Readonly<Record<string, Read>> = {
  Activation: (s, shape) => {
    const { named, after } = activationOf(s, shape);
    return after.length > 0 ? plain(...after) : plain({ layer: "activation", activation: named });
  },
  ReLU: (s) =>
    plain({
      layer: "relu",
      slope: s.number("negative_slope", 0),
      ...(s.has("max_value") && { maxValue: s.number("max_value") }),
      threshold: s.number("threshold", 0),
    }),
  // its slope had another name before version 3
  LeakyReLU: (s) =>
    plain({ layer: "relu", slope: s.number(s.has("alpha") ? "alpha" : "negative_slope", 0.3) }),
  ThresholdedReLU: (s) => plain({ layer: "relu", threshold: s.number("theta", 1) }),
  ELU: (s) => plain({ layer: "elu", alpha: s.number("alpha", 1) }),
  PReLU: (s) => ({
    layers: [{ layer: "prelu", sharedAxes: s.numbers("shared_axes", []) }],
    weights: inOrder(["slope"]),
  }),
  Softmax: (s, shape) => {
    lastAxis(s, shape);
    return plain({ layer: "activation", activation: "softmax" });
  },
};

/** The activation of a layer, and what comes after it where that is a layer of its own. */
export const activationOf = (s: Settings, shape: readonly number[]) =>
  activationIn(s, "activation", (className, inner) =>
    Object.hasOwn(activationReads, className) ? activationReads[className]!(inner, shape) : null,
  );

/** The Keras layer for one of our activation layers; null for other layers. */
export function writeActivation(layer: Layer): Writing | null {
  switch (layer.layer) {
    case "activation":
      return {
        className: "Activation",
        config: { activation: kerasActivation(layer.activation) },
        weights: [],
      };
    case "relu":
      return {
        className: "ReLU",
        config: {
          max_value: layer.maxValue ?? null,
          negative_slope: layer.slope ?? 0,
          threshold: layer.threshold ?? 0,
        },
        weights: [],
      };
    case "elu":
      return { className: "ELU", config: { alpha: layer.alpha ?? 1 }, weights: [] };
    case "prelu":
      return {
        className: "PReLU",
        config: { shared_axes: layer.sharedAxes ?? [] },
        weights: inOrder(["slope"]),
      };
    default:
      return null;
  }
}
