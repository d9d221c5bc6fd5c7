import { afterAll, describe, expect, test } from "vitest";
import { tableFromColumns } from "../../../src/data/memory/memory.ts";
import { arraysFromData } from "../../../src/data/memory/memory-arrays.ts";
import { fit } from "../../../src/index.ts";
import { autoencoder } from "../../../src/models/autoencoder.ts";
import { ArrayModel } from "../../../src/tasks/model/array-model.ts";
import { train } from "../../../src/tasks/train/train.ts";
import { trainArrays } from "../../../src/tasks/train/train-arrays.ts";

const open: { dispose(): Promise<void> }[] = [];
afterAll(async () => {
  for (const each of open) await each.dispose();
});

const options = { epochs: 1, latentDim: 2, seed: 1 };
const data = Float64Array.from({ length: 40 * 16 }, (_, i) => 100 + 50 * Math.sin(i * i));

describe.each([Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])("%s in a row", (wrong) => {
  const x = data.slice(0, 48);
  x[20] = wrong;

  test("of images is an error that names the row, whatever is asked for", async () => {
    const arrays = arraysFromData({ data, shape: [40, 4, 4, 1] });
    const { model, fitted } = await trainArrays(arrays, options);
    open.push(model, fitted);
    for (const asked of [["score"], ["is_anomaly"], ["latent", "score", "is_anomaly"]] as const)
      await expect(model.run(asked, x, 3, 10)).rejects.toMatchObject({
        code: "score_not_finite",
        parameters: { row: 12 },
      });
  });

  test("of sequences of a file from before they were double is one too", async () => {
    const model = await ArrayModel.read("test/golden/sequences-of-schema-1.onnx");
    open.push(model);
    const row = Float32Array.from({ length: 12 }, (_, i) => (i === 5 ? wrong : 3));
    await expect(model.run(["score"], row, 1)).rejects.toMatchObject({
      code: "score_not_finite",
      parameters: { row: 1 },
    });
  });

  test.each(["sequences", "tables"])("of %s is as far out as a number can be", async (content) => {
    if (content === "tables") {
      const columns = Array.from({ length: 4 }, (_, j) => [
        `c${j}`,
        data.filter((_, i) => i % 4 === j),
      ]);
      const { model, fitted } = await train(tableFromColumns(Object.fromEntries(columns)), options);
      open.push(model, fitted);
      const raw = { rows: 12, numeric: x, categories: [] };
      const { score, is_anomaly } = await model.run(["score", "is_anomaly"], raw);
      expect((score!.data as Float32Array)[5]).toBeGreaterThan(1e6);
      expect((is_anomaly!.data as Uint8Array)[5]).toBe(1);
      return;
    }
    const arrays = arraysFromData({ data, shape: [40, 4, 4] });
    const { model, fitted } = await trainArrays(arrays, options);
    open.push(model, fitted);
    const { is_anomaly } = await model.run(["is_anomaly"], x, 3);
    expect((is_anomaly!.data as Uint8Array)[1]).toBe(1);
  });
});

test("a verdict comes alone where it is asked for alone", async () => {
  const arrays = arraysFromData({ data, shape: [40, 4, 4] });
  const { model, fitted } = await trainArrays(arrays, options);
  open.push(model, fitted);
  expect(Object.keys(await model.run(["is_anomaly"], data.slice(0, 16), 1))).toEqual([
    "is_anomaly",
  ]);
});

test("a row whose error single precision cannot hold is an error of scoreSamples", async () => {
  const rows = { data: data.map((value) => value / 100), shape: [160, 4] };
  const fitted = await fit(autoencoder({ input: 4, latentDim: 2 }), rows, { epochs: 1, seed: 1 });
  open.push(fitted);
  const far = Float32Array.from({ length: 8 }, (_, i) => (i === 6 ? 3e38 : 1));
  await expect(fitted.scoreSamples(far)).rejects.toMatchObject({
    code: "score_not_finite",
    parameters: { row: 2 },
  });
});
