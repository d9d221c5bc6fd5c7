import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import * as g from "../../src/graph/index.ts";
import { operatorNames } from "../../src/graph/index.ts";
import { recurrent } from "../../src/models/recurrent.ts";
import {
  type Context,
  inference,
  initializers,
  type Layer,
  type Model,
  mse,
  sequence,
} from "../../src/nn/index.ts";
import { readModel } from "../../src/onnx/index.ts";
import { random } from "../../src/random.ts";
import { fit } from "../../src/training/fit.ts";
import { evaluationProgram } from "../../src/training/judging.ts";
import { ruleOf } from "../../src/training/optimizers.ts";
import { trainingProgram } from "../../src/training/program.ts";
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
      expect(distance(results[`d.${name}`]!, expected), name).toBeLessThan(2e-5);
  });
});

/** A recurrent autoencoder of rows [time, 2]. */
const recurrentAutoencoder = (time: number, cell: "simple" | "gru" | "lstm" = "lstm"): Model =>
  recurrent({ input: [time, 2], cell, units: [4], latentDim: 3 });

/** Waves of different speeds, two numbers a step. */
const waves = (rows: number, time: number): Float32Array =>
  Float32Array.from({ length: rows * time * 2 }, (_, i) => {
    const [row, step] = [Math.floor(i / (2 * time)), Math.floor(i / 2) % time];
    return Math.sin((0.3 + 0.02 * row) * step + (i % 2));
  });

test.each(["simple", "gru", "lstm"] as const)(
  "an autoencoder of %s layers learns",
  async (kind) => {
    const x = waves(24, 6);
    const options = {
      epochs: 30,
      batchSize: 7,
      learningRate: 0.02,
      validationSplit: 0.25,
      seed: 2,
    };
    const fitted = await fit(recurrentAutoencoder(6, kind), x, options);
    const { loss, validationLoss } = fitted.history.at(-1)!;
    expect(loss).toBeLessThan(0.6 * fitted.history[0]!.loss);
    expect(validationLoss!).toBeLessThan(0.7 * fitted.history[0]!.validationLoss!);
    const rebuilt = await fitted.reconstruct(x);
    expect(rebuilt.shape).toEqual([24, 6, 2]);
    await fitted.dispose();
  },
);

describe("a program", () => {
  const adam = ruleOf({ name: "adam" });
  const training = (time: number) =>
    trainingProgram(recurrentAutoencoder(time), mse, adam, { x: [time, 2] }).bytes;

  test("of longer sequences is no larger", () => {
    expect(Math.abs(training(200).length - training(20).length)).toBeLessThan(20);
  });

  test("that learns scans; one that only computes has ONNX's own operators", () => {
    const operatorsIn = (bytes: Uint8Array): Set<string> =>
      new Set(readModel(bytes, "program", operatorNames).graph!.node!.map(({ opType }) => opType!));
    const model = recurrentAutoencoder(5);
    const used = operatorsIn(evaluationProgram(model, mse, { x: [5, 2] }).bytes);
    expect([used.has("LSTM"), used.has("Scan")]).toEqual([true, false]);
  });
});

test("rows that are no sequences are refused", () => {
  const make = () => sequence("n", [{ layer: "gru", units: 3 }], [4]);
  expect(make).toThrow("gru: takes rows [time, features], got [4]");
});

test("an LSTM starts with open forget gates and an orthogonal state", () => {
  const { parameters } = sequence("n", [{ layer: "lstm", units: 2 }], [5, 3]);
  const initialOf = (name: string) => parameters[`n.0.${name}`]!.initial;
  expect(initialOf("recurrentWeight")).toBe("orthogonal");
  expect([...initializers[initialOf("bias")]([8], random(1))]).toEqual([0, 0, 1, 1, 0, 0, 0, 0]);
});
