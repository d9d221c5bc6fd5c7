import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { strToU8, zipSync } from "fflate";
import { afterAll, describe, expect, test } from "vitest";
import { phrases } from "../../src/errors.ts";
import { readKeras, readKerasFile } from "../../src/node.ts";
import { type Made, made, parts } from "./kept.ts";

const model: Made = {
  input: [2],
  layers: [
    {
      class_name: "Dense",
      config: { units: 2, use_bias: false },
      group: "dense",
      weights: { "vars/0": { shape: [2, 2], data: Float32Array.of(1, 2, 3, 4) } },
    },
  ],
};
const { "config.json": config, "model.weights.h5": weights } = await parts(model);
const none = new Uint8Array(1);
const json = (value: unknown) => strToU8(JSON.stringify(value));

const files: [what: keyof typeof phrases, name: string, bytes: Uint8Array][] = [
  ["keras_saved_model", "saved_model.pb", none],
  ["keras_saved_model", "m", Uint8Array.of(8, 1, 18, 200, 1)],
  ["keras_saved_model", "m.zip", zipSync({ "m/saved_model.pb": none, "m/variables/x": none })],
  ["keras_tfjs", "model.json", json({ format: "layers-model", modelTopology: {} })],
  ["keras_tfjs", "model.json", json({ format: "graph-model", modelTopology: {} })],
  ["keras_tfjs", "m.zip", zipSync({ "model.json": none, "group1-shard1of1.bin": none })],
  ["keras_tflite", "m.tflite", strToU8("\x1c\0\0\0TFL3\0\0")],
  ["keras_graph_file", "frozen.pb", Uint8Array.of(10, 40, 10)],
  ["keras_weights_only", "m.weights.h5", weights],
  ["keras_weights_only", "m.zip", zipSync({ "model.weights.h5": weights })],
  ["keras_network_only", "m.json", config],
  ["keras_other_weights", "m.keras", zipSync({ "config.json": config, "model.weights.npz": none })],
  ["keras_onnx", "m.onnx", Uint8Array.of(8, 9, 18, 6, 101, 115)],
  ["keras_torch", "m.pt", zipSync({ "archive/data.pkl": none, "archive/data/0": none })],
  ["keras_pickle", "m.pkl", Uint8Array.of(0x80, 4, 149)],
];
test.each(files)("%s is told from a Keras model: %s", async (what, path, bytes) => {
  await expect(readKeras(bytes, { path })).rejects.toMatchObject({
    code: "keras_foreign",
    parameters: { path, what: phrases[what] },
  });
});

describe("a folder", () => {
  const root = mkdtempSync(join(tmpdir(), "espejo-keras-"));
  afterAll(() => rmSync(root, { recursive: true, force: true }));
  const folder = (name: string, content: Readonly<Record<string, Uint8Array>>): string => {
    const path = join(root, name);
    mkdirSync(path);
    for (const [file, bytes] of Object.entries(content)) writeFileSync(join(path, file), bytes);
    return path;
  };

  test("with the parts of a .keras file is read as one, and so is its archive", async () => {
    const content = await parts(model);
    const whole = await readKeras(await made(model));
    const unpacked = await readKerasFile(folder("unpacked", content));
    const inFolder = Object.entries(content).map(([name, bytes]) => [`m/${name}`, bytes]);
    const archived = await readKeras(
      zipSync({ ...Object.fromEntries(inFolder), "m/notes.txt": none }),
    );
    for (const each of [unpacked, archived]) expect(each.parameters).toEqual(whole.parameters);
  });

  const layersModel = json({ format: "layers-model", modelTopology: {} });
  const graphModel = json({ format: "graph-model", modelTopology: {} });
  const folders: [cure: keyof typeof phrases, content: Readonly<Record<string, Uint8Array>>][] = [
    ["keras_cure_saved_model", { "saved_model.pb": none, "keras_metadata.pb": none }],
    ["keras_cure_tfjs", { "model.json": layersModel, "group1-shard1of1.bin": none }],
    ["keras_cure_origin", { "model.json": graphModel, "group1-shard1of1.bin": none }],
    ["keras_cure_weights", { checkpoint: none, "m.index": none, "m.data-00000-of-00001": none }],
    ["keras_cure_folder", { "readme.txt": none }],
    ["keras_cure_folder", {}],
  ];
  test.each(folders.map(([cure, content], i) => ({ cure, content, i })))(
    "of something else leads to $cure",
    async ({ cure, content, i }) => {
      const path = folder(`other-${i}`, content);
      await expect(readKerasFile(path)).rejects.toMatchObject({
        code: "keras_foreign",
        parameters: { path, cure: phrases[cure] },
      });
    },
  );
});
