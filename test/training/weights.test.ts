import { expect, test } from "vitest";
import { autoencoder, fit } from "../../src/index.ts";
import { random } from "../../src/random.ts";

const source = random(5);
const n = 200;
const x = Float32Array.from({ length: n * 4 }, () => source.normal());
const model = autoencoder({ input: 4, latentDim: 2, hidden: [], activation: "linear" });
const options = { epochs: 5, validationSplit: 0, seed: 1, batchSize: n } as const;

test("rows of weight 0 teach nothing, whatever they hold", async () => {
  const sampleWeight = Float32Array.from({ length: n }, (_, i) => (i % 2 ? 1 : 0));
  const wild = x.map((value, i) => (Math.floor(i / 4) % 2 ? value : 1000 * value));
  const plain = await fit(model, x, { ...options, sampleWeight });
  const spoilt = await fit(model, wild, { ...options, sampleWeight });
  const weight = (fitted: typeof plain): Float32Array => fitted.parameters["encoder.0.weight"]!;
  weight(plain).forEach((value, i) => {
    expect(weight(spoilt)[i]).toBeCloseTo(value, 5);
  });
  const unweighted = await fit(model, wild, options);
  expect(Math.abs(unweighted.history[0]!.loss - plain.history[0]!.loss)).toBeGreaterThan(100);
});

test("weights of 2 double the loss, as Keras' sample_weight does", async () => {
  const once = await fit(model, x, { ...options, epochs: 1 });
  const twice = await fit(model, x, {
    ...options,
    epochs: 1,
    sampleWeight: new Float32Array(n).fill(2),
  });
  expect(twice.history[0]!.loss).toBeCloseTo(2 * once.history[0]!.loss, 5);
});

test("a column that is always missing teaches nothing: its weights stay as they began", async () => {
  const masked = autoencoder({ input: 4, latentDim: 2, activation: "linear", masked: true });
  const gaps = x.map((value, i) => (i % 4 === 3 ? Number.NaN : value));
  const [short, long] = [
    await fit(masked, gaps, { ...options, epochs: 1 }),
    await fit(masked, gaps, { ...options, epochs: 20 }),
  ];
  // [columns, units]: the first columns move, the last does not
  const weights = [short, long].map(({ parameters }) => parameters["encoder.0.weight"]!);
  expect(weights[1]!.subarray(6)).toEqual(weights[0]!.subarray(6));
  expect(weights[1]!.subarray(0, 6)).not.toEqual(weights[0]!.subarray(0, 6));
  expect(long.history.at(-1)!.loss).toBeLessThan(short.history[0]!.loss);
  await expect(fit(model, gaps, options)).rejects.toThrow("column 3; masked: true");
});

test("a weight is needed for every row", async () => {
  const sampleWeight = new Float32Array(3);
  await expect(fit(model, x, { ...options, sampleWeight })).rejects.toThrow(
    "fit: sampleWeight must have 200 numbers, got 3",
  );
});

test("weights are told no more often than is asked for", async () => {
  const heard = async (weightsEvery?: number): Promise<readonly number[]> => {
    const epochs: number[] = [];
    await fit(model, x, {
      ...{ ...options, onWeights: (_, epoch) => void epochs.push(epoch) },
      ...(weightsEvery !== undefined && { weightsEvery }),
    });
    return epochs;
  };
  expect(await heard()).toEqual([1, 2, 3, 4, 5]);
  expect(await heard(3_600_000)).toEqual([1]);
});
