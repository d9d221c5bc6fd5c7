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

/** An `.h5` file as the first versions of Keras 2 wrote it: a list of layers, groups with lists of their weights. */
async function firstForm(
  layers: readonly (Layer & { readonly weights: readonly Cells[] })[],
): Promise<Uint8Array> {
  const { default: h5wasm } = await import("h5wasm");
  const { FS } = await h5wasm.ready;
  const file = new h5wasm.File("first.h5", "w");
  const described = layers.map(({ class_name, config }) => ({ class_name, config }));
  file.create_attribute("keras_version", "2.1.6");
  file.create_attribute(
    "model_config",
    JSON.stringify({ class_name: "Sequential", config: described }),
  );
  file.create_group("model_weights");
  for (const { config, weights } of layers) {
    const path = `model_weights/${config.name}`;
    file.create_group(path);
    const names = weights.map((_, i) => `weight_${i}`);
    const group = file.get(path) as InstanceType<typeof h5wasm.Group>;
    if (names.length > 0) group.create_attribute("weight_names", names);
    weights.forEach(({ shape, data }, i) => {
      file.create_dataset({ name: `${path}/${names[i]}`, data, shape: [...shape], dtype: "<f" });
    });
  }
  file.close();
  const bytes = Uint8Array.from(FS.readFile("first.h5") as Uint8Array);
  FS.unlink("first.h5");
  return bytes;
}
interface Layer {
  readonly class_name: string;
  readonly config: { readonly name: string; readonly [setting: string]: unknown };
}
interface Cells {
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

test("the first form of a file, and what its settings meant that nobody wrote down", async () => {
  const numbers = (...shape: number[]): Cells => {
    const count = shape.reduce((a, b) => a * b, 1);
    return { shape, data: Float32Array.from({ length: count }, (_, i) => Math.sin(i + 1)) };
  };
  const gru = {
    ...{ name: "gru_1", trainable: true, batch_input_shape: [null, 1, 1], dtype: "float32" },
    ...{ units: 1, activation: "tanh", recurrent_activation: "hard_sigmoid", use_bias: true },
    ...{ return_sequences: false, return_state: false, go_backwards: false, stateful: false },
    ...{ unroll: false, implementation: 1, dropout: 0, recurrent_dropout: 0 },
    kernel_initializer: { class_name: "VarianceScaling", config: { scale: 1, seed: null } },
    ...{ kernel_regularizer: null, activity_regularizer: null, kernel_constraint: null },
  };
  const bytes = await firstForm([
    { class_name: "GRU", config: gru, weights: [numbers(1, 3), numbers(1, 3), numbers(3)] },
    { class_name: "Dropout", config: { name: "dropout_1", rate: 0.5 }, weights: [] },
  ]);
  const { model, parameters, version } = await readKeras(bytes);
  expect([version, model.inputShape]).toEqual(["2.1.6", [1, 1]]);
  const fitted = await trained(model, parameters);
  const { data } = await fitted.reconstruct({ data: [0.7], shape: [1, 1, 1] });
  await fitted.dispose();
  // from a state of zeros: h = (1 - z) tanh(x w + b)
  const sum = (i: number) => 0.7 * Math.sin(i + 1) + Math.sin(i + 1);
  const z = Math.min(Math.max(0.2 * sum(0) + 0.5, 0), 1);
  expect(data[0]).toBeCloseTo((1 - z) * Math.tanh(sum(2)), 6);
});
