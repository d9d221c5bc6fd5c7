import { describe, expect, test } from "vitest";
import type { Values } from "../../src/engine/engine.ts";
import { loadEngine } from "../../src/engine/node.ts";
import { add, mul, slice, sum } from "../../src/graph/index.ts";
import { type Model, mse } from "../../src/nn/index.ts";
import { ruleOf } from "../../src/training/optimizers.ts";
import { trainingProgram } from "../../src/training/program.ts";
import { rateAt } from "../../src/training/schedules.ts";
import { farthest } from "../graph/compute.ts";
import { golden } from "./golden.ts";

const { rate, start, gradients, runs } = golden.optimizers;

/** A model whose loss is the product of its parameters with the row: the row is the gradient. */
const parameter = (shape: readonly number[]) =>
  ({ shape, initial: "zeros", group: "weights", trained: true }) as const;
const model: Model = {
  kind: "gradients as given",
  architecture: {},
  inputShape: [5],
  outputShape: [5],
  latentDim: 5,
  codeActivation: "linear",
  masked: false,
  network: null,
  parameters: { a: parameter([2]), b: parameter([3]) },
  layers: [],
  encode: (_, x) => x,
  decode: (_, code) => code,
  objectives: ({ a, b }, { x }) => {
    const of = (from: number, to: number) => sum(slice(x, from, to, 1), 0);
    const loss = add(sum(mul(a!, of(0, 2))), sum(mul(b!, of(2, 5))));
    return [{ name: "loss", loss, groups: ["weights"] }];
  },
};

test.each(runs)("$name moves the parameters as Keras does", async ({ options, steps }) => {
  const rule = ruleOf(options.optimizer);
  const program = trainingProgram(model, mse, rule, { x: [5] }, options);
  const loaded = await (await loadEngine()).load(program.bytes);
  // one step at a time: the parameters after each are compared
  let state: Record<string, Float32Array> = Object.fromEntries(
    Object.entries(program.state).map(([name, size]) => [name, new Float32Array(size)]),
  );
  state.weights = Float32Array.from(start);
  const moved: number[] = [];
  for (const [i, gradient] of gradients.entries()) {
    const feeds: Record<string, Values[string]> = {
      x: { dtype: "float32", shape: [1, 1, 5], data: Float32Array.from(gradient) },
    };
    for (const [name, data] of Object.entries(state))
      feeds[name] = { dtype: "float32", shape: [data.length], data };
    for (const [name, value] of Object.entries(rule.scalars(i + 1, rate)))
      feeds[name] = { dtype: "float32", shape: [1], data: Float32Array.of(value) };
    const results = await loaded.run(feeds);
    state = Object.fromEntries(
      Object.keys(state).map((name) => [name, results[`next.${name}`]!.data as Float32Array]),
    );
    moved.push(...state.weights!);
  }
  await loaded.dispose();
  expect(farthest(moved, steps.flat())).toBeLessThan(1e-5);
});

test("every run moves far from where it began and from the others", () => {
  const ends = runs.map(({ steps }) => steps.at(-1)!);
  for (const [i, end] of ends.entries()) {
    expect(farthest(end, start)).toBeGreaterThan(1e-2);
    for (const other of ends.slice(0, i)) expect(farthest(end, other)).toBeGreaterThan(1e-4);
  }
});

describe("the learning rate", () => {
  test.each(golden.schedules.runs)("of $schedule is that of Keras", ({ schedule, rates }) => {
    const ours = rates.map((_, step) => rateAt(schedule, golden.schedules.rate, step));
    const scaled = (values: readonly number[]) => values.map((v) => v / golden.schedules.rate);
    expect(farthest(scaled(ours), scaled(rates))).toBeLessThan(1e-6);
    expect(new Set(rates).size).toBeGreaterThan(2);
  });

  test("stays as it is when constant, after its warm-up", () => {
    const schedule = { kind: "constant", warmupSteps: 4 } as const;
    const rates = [0, 1, 2, 3, 4, 5].map((step) => rateAt(schedule, 0.1, step));
    expect(farthest(rates, [0, 0.025, 0.05, 0.075, 0.1, 0.1])).toBeLessThan(1e-12);
  });

  test("holds, then falls to 0 in a straight line", () => {
    const schedule = { kind: "linear", holdSteps: 2, decaySteps: 4 } as const;
    const rates = [0, 1, 2, 3, 4, 5, 6, 7].map((step) => rateAt(schedule, 0.1, step));
    expect(farthest(rates, [0.1, 0.1, 0.1, 0.075, 0.05, 0.025, 0, 0])).toBeLessThan(1e-12);
  });
});

test("an unknown optimizer is refused with the names of the known", () => {
  expect(() => ruleOf({ name: "lion" } as never)).toThrow(
    'optimizer: one of sgd, rmsprop, adam, adamw, got "lion"',
  );
});
