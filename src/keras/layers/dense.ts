import type { Layer } from "../../nn/index.ts";
import { kerasActivation } from "../activations.ts";
import { activationOf } from "./rectifiers.ts";
import { inOrder, type Read, type Writing } from "./row.ts";

/** Kernel and bias, as far as there is one. */
export const kernelAndBias = (bias: boolean) => inOrder(bias ? ["weight", "bias"] : ["weight"]);

/** Keras' Dense. */
export const denseReads: Readonly<Record<string, Read>> = {
  Dense: (s, shape) => {
    // Keras adds what was learnt in a few dimensions to the kernel that it saves
    s.harmless("lora_rank", "lora_alpha");
    const bias = s.flag("use_bias", true);
    const { named, after } = activationOf(s, shape);
    return {
      layers: [{ layer: "dense", units: s.count("units"), activation: named, bias }, ...after],
      weights: kernelAndBias(bias),
    };
  },
};

/** The Keras layer for our dense one; null for other layers. */
export function writeDense(layer: Layer): Writing | null {
  if (layer.layer !== "dense") return null;
  const { units, activation = "linear", bias = true } = layer;
  return {
    className: "Dense",
    config: { units, activation: kerasActivation(activation), use_bias: bias },
    weights: kernelAndBias(bias),
  };
}
