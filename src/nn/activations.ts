import { mistake } from "../errors.ts";
import {
  abs,
  add,
  clip,
  div,
  elu,
  erf,
  exp,
  leakyRelu,
  logSoftmax,
  mul,
  relu,
  selu,
  sigmoid,
  softmax,
  softplus,
  type Tensor,
  tanh,
} from "../graph/index.ts";
import { inShort } from "../schema.ts";

/** A sigmoid of straight lines: (x + 3) / 6 between 0 and 1, as Keras has it since version 3. */
const hardSigmoid = (x: Tensor): Tensor => clip(div(add(x, 3), 6), 0, 1);

/**
 * The activations by their Keras names, each a function of a tensor of any shape (softmax: along the last
 * axis). gelu is the exact one (Hendrycks and Gimpel 2016), swish is x sigmoid(x), mish x tanh(softplus(x))
 * (Misra 2019).
 */
export const activations = {
  /** x. */
  linear: (x: Tensor): Tensor => x,
  relu,
  /** min(max(x, 0), 6). */
  relu6: (x: Tensor): Tensor => clip(x, 0, 6),
  /** x where positive, else 0.2 x. */
  leakyRelu: (x: Tensor): Tensor => leakyRelu(x),
  /** x where positive, else exp(x) - 1 (Clevert et al. 2016). */
  elu: (x: Tensor): Tensor => elu(x),
  selu,
  /** x (1 + erf(x / sqrt(2))) / 2 (Hendrycks and Gimpel 2016). */
  gelu: (x: Tensor): Tensor => mul(mul(x, 0.5), add(erf(div(x, Math.SQRT2)), 1)),
  /** x / (1 + exp(-x)). */
  swish: (x: Tensor): Tensor => mul(x, sigmoid(x)),
  sigmoid,
  tanh,
  softplus,
  /** x / (1 + |x|). */
  softsign: (x: Tensor): Tensor => div(x, add(abs(x), 1)),
  /** x tanh(log(1 + exp(x))) (Misra 2019). */
  mish: (x: Tensor): Tensor => mul(x, tanh(softplus(x))),
  /** exp(x). */
  exponential: exp,
  hardSigmoid,
  /** x hardSigmoid(x). */
  hardSwish: (x: Tensor): Tensor => mul(x, hardSigmoid(x)),
  /** exp(x) over its sum along the last axis. */
  softmax: (x: Tensor): Tensor => softmax(x),
  /** x - log(sum of exp(x)) along the last axis. */
  logSoftmax: (x: Tensor): Tensor => logSoftmax(x),
} as const satisfies Record<string, (x: Tensor) => Tensor>;

/** A name of `activations`: that of Keras, in camel case. */
export type Activation = keyof typeof activations;

/** The activation of that name. Throws `argument_wrong` that lists them. */
export function activationOf(name: string): (x: Tensor) => Tensor {
  if (typeof name === "string" && Object.hasOwn(activations, name))
    return activations[name as Activation];
  throw mistake(`activation: one of ${Object.keys(activations).join(", ")}, got ${inShort(name)}`);
}
