import type { Activation } from "../nn/index.ts";
import type { Era } from "./settings.ts";

/** Our activations by the names that Keras writes; several names may be one function. */
const byName: Readonly<Record<string, Activation>> = {
  linear: "linear",
  relu: "relu",
  relu6: "relu6",
  leaky_relu: "leakyRelu",
  elu: "elu",
  selu: "selu",
  gelu: "gelu",
  silu: "swish",
  swish: "swish",
  sigmoid: "sigmoid",
  tanh: "tanh",
  softplus: "softplus",
  softsign: "softsign",
  mish: "mish",
  exponential: "exponential",
  hard_sigmoid: "hardSigmoid",
  hard_silu: "hardSwish",
  hard_swish: "hardSwish",
  softmax: "softmax",
  log_softmax: "logSoftmax",
};

/** An activation of ours; what Keras called so is that of `steeper` times x. */
export interface NamedActivation {
  readonly activation: Activation;
  readonly steeper: number;
}

/**
 * The activation that Keras called so when it wrote the file; undefined where we have none. The hard sigmoid was
 * clip(0.2 x + 0.5) before version 3, since then it is clip(x / 6 + 0.5).
 */
export function activationNamed(name: string, era: Era): NamedActivation | undefined {
  if (!Object.hasOwn(byName, name)) return undefined;
  const activation = byName[name]!;
  return { activation, steeper: activation === "hardSigmoid" && era < 3 ? 1.2 : 1 };
}

/** The name by which Keras knows an activation. */
export const kerasActivation = (ours: Activation): string =>
  Object.entries(byName).find(([, own]) => own === ours)![0];

/** The names that are read. */
export const activationNames = Object.keys(byName);
