import { mistake } from "../errors.ts";
import { add, div, mul, sqrt, sub, type Tensor } from "../graph/index.ts";

/** Optimizers as plain data, named and defaulted as in Keras 3. */
export type Optimizer =
  | { readonly name: "sgd"; readonly momentum?: number; readonly nesterov?: boolean }
  | {
      readonly name: "rmsprop";
      readonly rho?: number;
      readonly momentum?: number;
      readonly epsilon?: number;
    }
  | ({ readonly name: "adam" } & AdamOptions)
  | ({ readonly name: "adamw"; readonly weightDecay?: number } & AdamOptions);

interface AdamOptions {
  readonly beta1?: number;
  readonly beta2?: number;
  readonly epsilon?: number;
}

/** An optimizer by its name alone, with the defaults of Keras 3. */
export type OptimizerName = Optimizer["name"];

/** An optimizer ready to be written as graph, over one flat vector of parameters. */
export interface Rule {
  /** Vectors that it keeps beside the parameters, zero at first. */
  readonly slots: readonly string[];
  /** What changes from step to step (1, 2, ...), computed outside in double: a number per name. */
  scalars(step: number, rate: number): Readonly<Record<string, number>>;
  update(
    theta: Tensor,
    g: Tensor,
    slots: readonly Tensor[],
    scalars: Readonly<Record<string, Tensor>>,
  ): { readonly theta: Tensor; readonly slots: readonly Tensor[] };
}

type Rules = { readonly [N in OptimizerName]: (options: Extract<Optimizer, { name: N }>) => Rule };

const rules: Rules = {
  /** v = momentum v - rate g; theta + v, or with Nesterov's look ahead theta + momentum v - rate g. */
  sgd: ({ momentum = 0, nesterov = false }) => ({
    slots: momentum > 0 ? ["momentum"] : [],
    scalars: (_, rate) => ({ rate }),
    update: (theta, g, [v], { rate }) => {
      const move = mul(g, rate!);
      if (!v) return { theta: sub(theta, move), slots: [] };
      const next = sub(mul(v, momentum), move);
      const step = nesterov ? sub(mul(next, momentum), move) : next;
      return { theta: add(theta, step), slots: [next] };
    },
  }),

  /** v = rho v + (1 - rho) g^2; theta - rate g / sqrt(v + epsilon) (Hinton 2012), as Keras places epsilon. */
  rmsprop: ({ rho = 0.9, momentum = 0, epsilon = 1e-7 }) => ({
    slots: momentum > 0 ? ["square", "momentum"] : ["square"],
    scalars: (_, rate) => ({ rate }),
    update: (theta, g, [v, m], { rate }) => {
      const next = add(mul(v!, rho), mul(mul(g, g), 1 - rho));
      const step = div(mul(g, rate!), sqrt(add(next, epsilon)));
      if (!m) return { theta: sub(theta, step), slots: [next] };
      const moved = add(mul(m, momentum), step);
      return { theta: sub(theta, moved), slots: [next, moved] };
    },
  }),

  adam: (options) => adam(options, 0),
  adamw: ({ weightDecay = 0.004, ...options }) => adam(options, weightDecay),
};

/**
 * Adam (Kingma and Ba 2015) and, with weight decay, AdamW (Loshchilov and Hutter 2019). The moments are
 * kept as m / (1 - beta1) and v / (1 - beta2): the factors go into the rate and epsilon, and a step has
 * fewer passes over memory.
 */
function adam({ beta1 = 0.9, beta2 = 0.999, epsilon = 1e-7 }: AdamOptions, decay: number): Rule {
  const scale = (1 - beta1) / Math.sqrt(1 - beta2);
  return {
    slots: ["mean", "square"],
    scalars: (step, rate) => ({
      rate: (scale * rate * Math.sqrt(1 - beta2 ** step)) / (1 - beta1 ** step),
      ...(decay > 0 && { keep: 1 - decay * rate }),
    }),
    update: (theta, g, [m, v], { rate, keep }) => {
      const mean = add(mul(m!, beta1), g);
      const square = add(mul(v!, beta2), mul(g, g));
      const step = div(mean, add(sqrt(square), epsilon / Math.sqrt(1 - beta2)));
      const kept = keep ? mul(theta, keep) : theta;
      return { theta: sub(kept, mul(step, rate!)), slots: [mean, square] };
    },
  };
}

/** The rule of an optimizer. Throws `argument_wrong` for an unknown name. */
export function ruleOf(optimizer: Optimizer): Rule {
  if (Object.hasOwn(rules, optimizer.name)) return rules[optimizer.name](optimizer as never);
  const names = Object.keys(rules).join(", ");
  throw mistake(`optimizer: one of ${names}, got "${optimizer.name}"`);
}
