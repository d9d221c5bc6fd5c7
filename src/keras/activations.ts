import type { Activation } from "../nn/index.ts";

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

/** The activation that Keras calls so; undefined where we have none. */
export const activationNamed = (name: string): Activation | undefined =>
  Object.hasOwn(byName, name) ? byName[name] : undefined;

/** The name by which Keras knows an activation. */
export const kerasActivation = (ours: Activation): string =>
  Object.entries(byName).find(([, own]) => own === ours)![0];

/** The names that are read. */
export const activationNames = Object.keys(byName);
