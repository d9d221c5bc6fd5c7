import type { Layer } from "../../nn/index.ts";
import { kerasActivation } from "../activations.ts";
import type { Settings } from "../settings.ts";
import { activationIn, inOrder, plain, type Read, type Reading, type Writing } from "./row.ts";

/** Keras' activation layers. */
export const activationReads: Readonly<Record<string, Read>> = {
  Activation: (s) => {
    const { named, after } = activationIn(s, "activation", readActivation);
    return after.length > 0 ? plain(...after) : plain({ layer: "activation", activation: named });
  },
  ReLU: (s) => {
    const maxValue = s.values.max_value;
    return plain({
      layer: "relu",
      slope: s.number("negative_slope", 0),
      ...(maxValue !== null && maxValue !== undefined && { maxValue: s.number("max_value") }),
      threshold: s.number("threshold", 0),
    });
  },
  // its slope had another name before version 3
  LeakyReLU: (s) =>
    plain({
      layer: "relu",
      slope: s.number("alpha" in s.values ? "alpha" : "negative_slope", 0.3),
    }),
  ELU: (s) => plain({ layer: "elu", alpha: s.number("alpha", 1) }),
  PReLU: (s) => ({
    layers: [{ layer: "prelu", sharedAxes: s.numbers("shared_axes", []) }],
    weights: inOrder(["slope"]),
  }),
  Softmax: (s) => {
    s.only("axis", -1);
    return plain({ layer: "activation", activation: "softmax" });
  },
};

/** An activation layer by its class; null for other classes. */
export function readActivation(className: string, settings: Settings): Reading | null {
  return Object.hasOwn(activationReads, className) ? activationReads[className]!(settings) : null;
}

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
