import { zipSync } from "fflate";
import { describe, expect, test } from "vitest";
import { fit, readKeras, trained } from "../../src/node.ts";
import { farthest } from "../graph/compute.ts";
import { changed, type KeptLayer, kept, keptBytes } from "./kept.ts";

describe.each(kept)("$file", ({ file, code, input, output, x, y }) => {
  test("predicts what Keras predicts", async () => {
    const { model, parameters } = await readKeras(keptBytes(file), { path: file });
    expect(model.inputShape).toEqual(input);
    const fitted = await trained(model, parameters);
    const { data, shape } = await fitted.reconstruct({ data: x, shape: [2, ...input] });
    await fitted.dispose();
    expect(shape).toEqual([2, ...output]);
    expect(farthest(data, y) / Math.max(1, ...y.map(Math.abs))).toBeLessThan(1e-5);
  });

  test("has its code where the network is narrowest", async () => {
    expect((await readKeras(keptBytes(file))).code).toBe(code);
  });
});

test("the code is where it is said to be", async () => {
  const found = await readKeras(keptBytes("functional-in-functional.keras"));
  expect([found.code, found.model.latentDim]).toEqual(["code", 3]);
  const told = await readKeras(keptBytes("functional-in-functional.keras"), { code: "dense_7" });
  expect([told.code, told.model.latentDim]).toEqual(["dense_7", 7]);
});

test("what acts while training comes along, or is listed", async () => {
  const sparse = await readKeras(keptBytes("sparse.keras"));
  expect(sparse.model.architecture.sparse).toMatchObject({ penalty: "l1" });
  expect(sparse.leftOut).toEqual([]);
  const penalised = await readKeras(keptBytes("overcomplete.keras"));
  expect(penalised.model.architecture.l2).toBeCloseTo(0.01);
  const lstm = await readKeras(keptBytes("lstm.keras"));
  expect(lstm.leftOut).toEqual([{ layer: "lstm", setting: "dropout", value: "0.1" }]);
  expect([lstm.loss, lstm.version?.slice(0, 2)]).toEqual(["mse", "3."]);
});

test("what is frozen, what wrappers hold and another loss are listed too", async () => {
  const loss = (change: object) =>
    changed("gru.keras", (layers, network) => {
      const [, outer] = layers as [KeptLayer, KeptLayer];
      Object.assign(outer.config, { trainable: false });
      const { layer } = outer.config as unknown as { layer: KeptLayer };
      Object.assign(layer.config, { dropout: 0.3 });
      Object.assign(network, { compile_config: { loss: change } });
    });
  const bce = (config: object) => ({ class_name: "BinaryCrossentropy", config });
  const usual = await readKeras(loss(bce({ from_logits: false, reduction: "sum" })));
  expect(usual.loss).toBe("binaryCrossentropy");
  const name = "bidirectional";
  const own = [
    { layer: name, setting: "dropout", value: "0.3" },
    { layer: name, setting: "trainable", value: "false" },
  ];
  expect(usual.leftOut).toEqual(own);
  const logits = await readKeras(loss(bce({ from_logits: true })));
  expect(logits.loss).toBeUndefined();
  const told = expect.objectContaining({
    setting: "loss",
    value: expect.stringContaining("logits"),
  });
  expect(logits.leftOut).toEqual([...own, told]);
});

test("a network trains on from its weights", async () => {
  const { model, parameters, loss } = await readKeras(keptBytes("deep.keras"));
  const data = Float32Array.from({ length: 64 * 20 }, (_, i) => Math.sin(i * i));
  const x = { data, shape: [64, 20] };
  const before = await trained(model, parameters, { loss: loss! });
  const { loss: start } = await before.evaluate(x);
  const options = { initial: parameters, loss: loss!, learningRate: 0.01, patience: 0 };
  const same = await fit(model, x, { ...options, epochs: 0 });
  expect(same.parameters).toEqual(parameters);
  const further = await fit(model, x, { ...options, epochs: 20 });
  const { loss: end } = await further.evaluate(x);
  expect(end).toBeLessThan((start as number) * 0.8);
  for (const each of [before, same, further]) await each.dispose();
});

test("a trained network needs all of its weights", async () => {
  const { model, parameters } = await readKeras(keptBytes("sparse.keras"));
  const { "encoder.0.bias": _, ...rest } = parameters;
  await expect(trained(model, rest)).rejects.toThrow(
    "trained: encoder.0.bias must have 5 cells, got 0",
  );
});

describe("is refused with the place and a cure", () => {
  type Change = Parameters<typeof changed>[1];
  const setting =
    (name: string, values: object): Change =>
    (layers) => {
      Object.assign(layers.find(({ config }) => config.name === name)!.config, values);
    };
  const open: Change = (layers) =>
    Object.assign(layers[0]!.config, { batch_shape: [null, null, 3] });
  const cases: [what: string, file: string, change: Change, error: string][] = [
    [
      "a layer that Espejo lacks",
      "deep.keras",
      (layers) => Object.assign(layers[3]!, { class_name: "MultiHeadAttention" }),
      'm.keras: layer 3, "dropout", is a MultiHeadAttention, which Espejo does not have; it has Dense, ',
    ],
    [
      "a setting that Espejo lacks",
      "pooled-images.keras",
      setting("conv2d_2", { dilation_rate: [2, 2] }),
      'm.keras: layer 4, "conv2d_2" (Conv2D): dilation_rate is [2,2], Espejo has 1',
    ],
    [
      "a recurrent layer that reads from the end",
      "gru.keras",
      setting("gru_2", { go_backwards: true }),
      'm.keras: layer 4, "gru_2" (GRU): go_backwards is true, Espejo has false',
    ],
    [
      "an activation that Espejo lacks",
      "decoder-alone.keras",
      (layers) => Object.assign(layers[1]!.config, { activation: "glu" }),
      "activation is glu, Espejo has linear | relu | ",
    ],
    [
      "a class of one's own",
      "decoder-alone.keras",
      (_, network) => Object.assign(network, { class_name: "Autoencoder", config: { units: 3 } }),
      "m.keras: the model is a Python class of its own, Autoencoder",
    ],
    [
      "rows of open size",
      "series-convolution.keras",
      open,
      "m.keras: the network takes rows of ?x3, where ? is left open",
    ],
    [
      "a class of somebody else's that is called as one of Keras'",
      "decoder-alone.keras",
      (layers) => Object.assign(layers[1]!, { module: null, registered_name: "Dense" }),
      'm.keras: layer 1, "dense_18", is a __main__.Dense, which Espejo does not have; it has Dense, ',
    ],
    [
      "a layer of one's own that holds layers",
      "decoder-alone.keras",
      ([, first, second]) => {
        const config = { name: "stack", layers: [second] };
        Object.assign(first!, { class_name: "Stack", module: "mine", config });
      },
      'm.keras: layer 1, "stack", is a mine.Stack, which Espejo does not have',
    ],
    [
      "a layer that was called as while training",
      "functional-in-functional.keras",
      ([, inner]) => {
        Object.assign(inner!.inbound_nodes[0]!, { kwargs: { training: true, mask: null } });
      },
      "call(training) is true, Espejo has no such setting; change it in Python",
    ],
    [
      "rows that are no numbers",
      "decoder-alone.keras",
      (layers) => Object.assign(layers[0]!.config, { dtype: "string" }),
      'm.keras: layer 1, "input_layer_18" (InputLayer): dtype is string, Espejo has float32 | ',
    ],
    [
      "a second input that nothing uses",
      "functional-in-functional.keras",
      (_, network) => {
        const config = network.config as unknown as { input_layers: unknown };
        Object.assign(config, {
          input_layers: [
            ["input_layer_3", 0, 0],
            ["other", 0, 0],
          ],
        });
      },
      'm.keras: the network branches at "input_layer_3, other"',
    ],
    [
      "a class that is no text",
      "decoder-alone.keras",
      (layers) => Object.assign(layers[1]!, { class_name: 3 }),
      "Keras model file: its network is not described as Keras does: layers[1].class_name must be a",
    ],
    [
      "a layer without settings",
      "decoder-alone.keras",
      (layers) => Object.assign(layers[2]!, { config: null }),
      "layers[2].config must be an object or a list, got null",
    ],
    [
      "rows of no size",
      "decoder-alone.keras",
      (layers) => Object.assign(layers[0]!.config, { batch_shape: [null, 1.5] }),
      "layers[0].config.batch_shape[1] must be a whole number, got 1.5",
    ],
    [
      "rows of different lengths",
      "decoder-alone.keras",
      (layers) => Object.assign(layers[0]!.config, { ragged: true }),
      "(InputLayer): ragged is true, Espejo has false",
    ],
    [
      "weights of another shape",
      "decoder-alone.keras",
      (layers) => Object.assign(layers[1]!.config, { units: 9 }),
      "its weight should be [3, 9], the file has [3, 8]",
    ],
    [
      "sizes that do not fit",
      "pooled-images.keras",
      setting("conv2d_2", { kernel_size: [40, 40] }),
      'm.keras: layer 4, "conv2d_2" (Conv2D): conv2d: a window of [40, 40] does not fit into',
    ],
    [
      "a network that branches",
      "functional-in-functional.keras",
      ([, inner, outer]) => {
        outer!.inbound_nodes.push(...inner!.inbound_nodes);
      },
      'm.keras: the network branches at "out"',
    ],
  ];
  test.each(cases)("%s", async (_, file, change, error) => {
    const bytes = changed(file, change);
    await expect(readKeras(bytes, { path: "m.keras" })).rejects.toThrow(error);
  });

  test("open sizes can be told, others not", async () => {
    const bytes = changed("series-convolution.keras", open);
    expect((await readKeras(bytes, { inputShape: [24, 3] })).model.inputShape).toEqual([24, 3]);
    await expect(readKeras(bytes, { inputShape: [24, 4] })).rejects.toThrow(
      "the network takes rows of ?x3, not of 24x4",
    );
  });

  test("a code that no layer is called", async () => {
    await expect(readKeras(keptBytes("sparse.keras"), { code: "x" })).rejects.toThrow(
      'no layer is called "x"; the layers are code, ',
    );
  });

  test.each([
    ["an empty file", new Uint8Array(0)],
    ["text", new TextEncoder().encode("keras")],
    ["a file that was cut off", keptBytes("deep.keras").slice(0, 20_000)],
    ["an HDF5 file that was cut off", keptBytes("deep.h5").slice(0, 20_000)],
    ["a zip archive of something else", zipSync({ "a.txt": new Uint8Array(3) })],
    ["a zip archive without weights", zipSync({ "config.json": new TextEncoder().encode("{}") })],
  ])("%s", async (_, bytes) => {
    await expect(readKeras(bytes, { path: "m.keras" })).rejects.toThrow(
      /^m\.keras: not a readable Keras model file: [^\n]+$/,
    );
  });
});
