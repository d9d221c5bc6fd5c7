import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { readKerasFile, trained } from "../../src/node.ts";
import { farthest } from "../graph/compute.ts";

const folder = fileURLToPath(new URL("../../../shared/field/keras/", import.meta.url));
const present = existsSync(folder);
if (!present)
  console.warn("test/keras/field: skipped, there is no shared/field beside the checkout");

const numbersOf = (name: string): readonly number[] =>
  readFileSync(`${folder}${name}`, "utf8")
    .trim()
    .split("\n")
    .slice(1)
    .join(",")
    .split(",")
    .map(Number);

describe.skipIf(!present)("files that people brought", () => {
  test.each([
    ["keras2-hard-sigmoid-dense.h5", 1e-6, null],
    ["keras-normalization.keras", 1e-6, null],
    // Keras itself computes in numbers of eight bits
    ["keras-bfloat16.keras", 2 ** -8, "bfloat16"],
  ])("%s predicts what Keras predicts", async (name, bound, precision) => {
    const found = await readKerasFile(`${folder}${name}`);
    expect(found.precision).toBe(precision);
    const fitted = await trained(found.model, found.parameters);
    const rows = numbersOf("keras-rows.csv");
    const { data } = await fitted.reconstruct({ data: rows, shape: [rows.length / 4, 4] });
    await fitted.dispose();
    const expected = numbersOf(name.replace(/\.\w+$/, ".expected.csv"));
    expect(farthest(data, expected)).toBeLessThan(bound);
  });

  test("a transposed convolution with output_padding gives back rows of the size that it took", async () => {
    const { model } = await readKerasFile(`${folder}keras-output-padding.keras`);
    expect(model.outputShape).toEqual([7, 7, 1]);
  });

  test.each([
    ["keras-int8.keras", "dtype", "save the model before quantize() is called"],
    ["keras-backward-layer.keras", "activation", "change it in Python"],
  ])("%s is refused with a cure", async (name, setting, cure) => {
    await expect(readKerasFile(`${folder}${name}`)).rejects.toMatchObject({
      code: "keras_setting",
      parameters: { setting, cure: expect.stringContaining(cure) },
    });
  });

  test("a SavedModel leads to .keras", async () => {
    for (const path of [`${folder}saved-model`, `${folder}saved-model/saved_model.pb`])
      await expect(readKerasFile(path)).rejects.toThrow('.save("model.keras")');
  });
});
