import { describe, expect, test } from "vitest";
import { kerasClasses } from "../../src/keras/layers.ts";
import { readKeras, trained } from "../../src/node.ts";
import { farthest } from "../graph/compute.ts";
import { keptOfKeras2, made } from "./kept.ts";

describe.each(keptOfKeras2)("$file of Keras 2", ({ bytes, file, code, input, output, x, y }) => {
  test("predicts what Keras 2 predicts", async () => {
    const found = await readKeras(bytes, { path: file });
    expect([found.code, found.version?.split(".")[0]]).toEqual([code, "2"]);
    const fitted = await trained(found.model, found.parameters);
    const { data, shape } = await fitted.reconstruct({ data: x, shape: [2, ...input] });
    await fitted.dispose();
    expect(shape).toEqual([2, ...output]);
    expect(farthest(data, y) / Math.max(1, ...y.map(Math.abs))).toBeLessThan(1e-5);
  });
});

test("its files have every layer that is read", () => {
  const met = new Set(keptOfKeras2.flatMap(({ classes }) => classes!));
  expect(kerasClasses.filter((name) => !met.has(name))).toEqual([]);
});

const x = Float32Array.from([-9, -2.7, -1, 0, 0.5, 2.4, 2.7, 9]);
const clipped = (f: (x: number) => number) => Array.from(x, (v) => Math.min(Math.max(f(v), 0), 1));
const sigmoids = {
  "2.2.4": clipped((v) => 0.2 * v + 0.5),
  "2.15.0": clipped((v) => 0.2 * v + 0.5),
  "3.0.0": clipped((v) => v / 6 + 0.5),
};
const layers = [
  {
    class_name: "Dense",
    config: { units: 1, use_bias: false, activation: "hard_sigmoid" },
    group: "dense",
    weights: { "vars/0": { shape: [1, 1], data: Float32Array.of(1) } },
  },
  { class_name: "Activation", config: { activation: "hard_sigmoid" } },
  {
    class_name: "SimpleRNN",
    config: { units: 1, activation: { class_name: "function", config: "hard_sigmoid" } },
    group: "simple_rnn",
    weights: {
      "cell/vars/0": { shape: [1, 1], data: Float32Array.of(1) },
      "cell/vars/1": { shape: [1, 1], data: Float32Array.of(0) },
      "cell/vars/2": { shape: [1], data: Float32Array.of(0) },
    },
  },
];
const versions = Object.entries(sigmoids);
test.each(layers.flatMap((layer) => versions.map(([version, y]) => ({ ...layer, version, y }))))(
  "the hard sigmoid of a $class_name means what it meant in Keras $version",
  async ({ version, y, ...layer }) => {
    const input = layer.class_name === "SimpleRNN" ? [1, 1] : [1];
    const { model, parameters } = await readKeras(await made({ input, layers: [layer], version }));
    const fitted = await trained(model, parameters);
    const { data } = await fitted.reconstruct({ data: x, shape: [8, ...input] });
    await fitted.dispose();
    expect(farthest(data, y)).toBeLessThan(1e-6);
  },
);

test("the state of an LSTM that passes it once more is refused", async () => {
  const config = { units: 1, activation: "hard_sigmoid" };
  const bytes = await made({
    input: [3, 1],
    layers: [{ class_name: "LSTM", config }],
    version: "2.9",
  });
  await expect(readKeras(bytes)).rejects.toMatchObject({
    code: "keras_setting",
    parameters: { setting: "activation" },
  });
});

test.each([
  ["ReLU", { threshold: 0.5, negative_slope: 0.5 }, [-0.75, 0, 0.75]],
  ["ReLU", { threshold: 0.5, negative_slope: 1 }, [-1.5, 0, 0.75]],
  ["ThresholdedReLU", { theta: 0.5 }, [0, 0, 0.75]],
])("a %s with %o gives 0 where it begins", async (class_name, config, expected) => {
  const { model } = await readKeras(await made({ input: [3], layers: [{ class_name, config }] }));
  const fitted = await trained(model, {});
  const { data } = await fitted.reconstruct({ data: [-1, 0.5, 0.75], shape: [1, 3] });
  await fitted.dispose();
  expect(farthest(data, expected)).toBe(0);
});
