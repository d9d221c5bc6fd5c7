import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import * as g from "../../src/graph/index.ts";
import { type Context, inference, type Layer, sequence } from "../../src/nn/index.ts";
import { writeProgram } from "../../src/onnx/index.ts";
import { compute, type Given } from "../graph/compute.ts";

/** Numbers of Keras 3; test/golden/recurrent.py makes them. All arrays are flat. */
interface Golden {
  readonly time: number;
  readonly rows: number;
  readonly features: number;
  readonly cases: readonly {
    readonly title: string;
    readonly layers: readonly Layer[];
    readonly x: readonly number[];
    readonly mask: readonly number[] | null;
    readonly weights: Readonly<Record<string, { shape: readonly number[]; cells: number[] }>>;
    readonly probe: readonly number[];
    readonly y: readonly number[];
    readonly gradients: Readonly<Record<string, readonly number[]>>;
  }[];
}
const golden: Golden = JSON.parse(
  readFileSync(new URL("../golden/recurrent.json", import.meta.url), "utf8"),
);
const { time, rows, features } = golden;
const learning: Context = { ...inference, training: true };

/** How far an array is from what was expected, relative to its largest number. */
function distance(got: readonly number[], expected: readonly number[]): number {
  if (got.length !== expected.length) return Number.POSITIVE_INFINITY;
  const scale = Math.max(...expected.map(Math.abs));
  return Math.max(...got.map((v, i) => Math.abs(v - expected[i]!))) / scale;
}

describe.each(golden.cases)("$title", ({ layers, x, mask, weights, probe, y, gradients }) => {
  const network = sequence("n", layers, [time, features]);
  const input = g.input("x", "float32", ["batch", time, features]);
  const observed = mask && g.input("mask", "float32", ["batch", time, 1]);
  const parameters = Object.fromEntries(
    Object.entries(weights).map(([name, { shape }]) => [name, g.input(name, "float32", shape)]),
  );
  const inputs = [input, ...Object.values(parameters), ...(observed ? [observed] : [])];
  const given: Given[] = [
    { shape: [rows, time, features], cells: x },
    ...Object.values(weights),
    ...(mask ? [{ shape: [rows, time, 1], cells: mask }] : []),
  ];
  const outputOf = (context: Context): g.Tensor =>
    network.apply(parameters, input, { ...context, mask: observed });

  test("its weights have the names and shapes of Keras'", () => {
    const shapes = Object.entries(network.parameters).map(([name, { shape }]) => [name, shape]);
    expect(Object.fromEntries(shapes)).toEqual(
      Object.fromEntries(Object.entries(weights).map(([name, { shape }]) => [name, shape])),
    );
  });

  test("its states are those of Keras, in training and in inference", async () => {
    const outputs = { trained: outputOf(learning), inferred: outputOf(inference) };
    expect(outputs.trained.shape).toEqual(["batch", ...network.outputShape]);
    const results = await compute(inputs, outputs, given);
    expect(distance(results.trained!, y)).toBeLessThan(1e-5);
    expect(distance(results.inferred!, y)).toBeLessThan(1e-5);
  });

  test("its gradients are those of Keras", async () => {
    const shape = [rows, ...network.outputShape];
    const weighting = g.input("probe", "float32", ["batch", ...network.outputShape]);
    const loss = g.sum(g.mul(outputOf(learning), weighting));
    const wrt = { x: input, ...parameters };
    const found = g.gradient(loss, Object.values(wrt));
    const outputs = Object.fromEntries(Object.keys(wrt).map((name, i) => [`d.${name}`, found[i]!]));
    const all = [...given, { shape, cells: probe }];
    const results = await compute([...inputs, weighting], outputs, all);
    for (const [name, expected] of Object.entries(gradients))
      expect(distance(results[`d.${name}`]!, expected), name).toBeLessThan(1e-5);
  });
});
