import { expect, test } from "vitest";
import { autoencoder } from "../../src/models/autoencoder.ts";
import { parameterCount, sizeWarnings, summary } from "../../src/models/summary.ts";

test("a summary tells layers, shapes and parameters", () => {
  const model = autoencoder({
    input: 29,
    hidden: [14],
    latentDim: 7,
    batchNormalization: true,
    dropout: 0.1,
  });
  expect(summary(model)).toMatchInlineSnapshot(`
    "layer      kind                output      parameters  activation
    input                          [rows, 29]  0
    encoder.0  dense               [rows, 14]  420         linear
    encoder.1  batchNormalization  [rows, 14]  56
    encoder.2  activation          [rows, 14]  0           relu
    encoder.3  dropout             [rows, 14]  0
    encoder.4  dense               [rows, 7]   105         relu
    decoder.0  dense               [rows, 14]  112         linear
    decoder.1  batchNormalization  [rows, 14]  56
    decoder.2  activation          [rows, 14]  0           relu
    decoder.3  dropout             [rows, 14]  0
    decoder.4  dense               [rows, 29]  435         linear
    1184 parameters"
  `);
  expect(parameterCount(autoencoder({ input: 784, latentDim: 32 }))).toBe(
    784 * 32 + 32 + 32 * 784 + 784,
  );
});

test("an overcomplete code without restriction is warned of, a restricted one is not", () => {
  const of = (options: object) =>
    sizeWarnings(autoencoder({ input: 4, latentDim: 4, ...options }), 1000);
  expect(of({})).toEqual(["overcomplete"]);
  expect(of({ latentDim: 3 })).toEqual([]);
  for (const restriction of ["l1", "l2", "dropout", "noise"])
    expect(of({ [restriction]: 0.1 })).toEqual([]);
});

test("more parameters than cells of data are warned of", () => {
  const model = autoencoder({ input: 10, hidden: [50], latentDim: 5 });
  const rows = Math.ceil(parameterCount(model) / 10);
  expect(sizeWarnings(model, rows - 1)).toEqual(["few_rows"]);
  expect(sizeWarnings(model, rows)).toEqual([]);
});
