import {
  add,
  div,
  elu,
  erf,
  leakyRelu,
  mul,
  relu,
  selu,
  sigmoid,
  softmax,
  softplus,
  type Tensor,
  tanh,
} from "../graph/index.ts";

/**
 * The activations by their Keras names, each a function of a tensor of any shape (softmax: along the last
 * axis). gelu is the exact one (Hendrycks and Gimpel 2016), swish is x sigmoid(x).
 */
export const activations = {
  linear: (x: Tensor): Tensor => x,
  relu,
  leakyRelu: (x: Tensor): Tensor => leakyRelu(x),
  elu,
  selu,
  gelu: (x: Tensor): Tensor => mul(mul(x, 0.5), add(erf(div(x, Math.SQRT2)), 1)),
  swish: (x: Tensor): Tensor => mul(x, sigmoid(x)),
  sigmoid,
  tanh,
  softplus,
  softmax: (x: Tensor): Tensor => softmax(x),
} as const satisfies Record<string, (x: Tensor) => Tensor>;

export type Activation = keyof typeof activations;

/** The activation of that name. Throws a RangeError that lists them. */
export function activationOf(name: string): (x: Tensor) => Tensor {
  if (Object.hasOwn(activations, name)) return activations[name as Activation];
  throw new RangeError(`activation: one of ${Object.keys(activations).join(", ")}, got "${name}"`);
}
