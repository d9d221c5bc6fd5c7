import { describe, expect, test } from "vitest";
import { input, mean } from "../../src/graph/index.ts";
import { autoencoder } from "../../src/models/autoencoder.ts";
import { contractive } from "../../src/models/contractive.ts";
import { denoising } from "../../src/models/denoising.ts";
import { sparse } from "../../src/models/sparse.ts";
import { tied } from "../../src/models/tied.ts";
import { variational } from "../../src/models/variational.ts";
import type { Model } from "../../src/nn/index.ts";
import { random } from "../../src/random.ts";
import { fit } from "../../src/training/fit.ts";
import { compute, farthest } from "../graph/compute.ts";
import { planeRows, runHere } from "../training/run.ts";

// Errors that other tools have or had, and that ours must not have.

const x = planeRows(64, 6);
const base = { input: 6, hidden: [5], latentDim: 2, activation: "tanh" } as const;

describe("the weight of the sparse penalty has its effect", () => {
  test.each(["kl", "l1"] as const)("%s", async (penalty) => {
    const sparsityAt = async (weight: number): Promise<number> => {
      const model = sparse(autoencoder(base), { penalty, weight });
      const { history } = await runHere(model, x, { epochs: 60, learningRate: 0.01 });
      return history.at(-1)!.metrics!.sparsity as number;
    };
    expect(await sparsityAt(1)).toBeLessThan(0.5 * (await sparsityAt(0)));
  });
});

test("denoising draws noise anew for every batch, and every batch is learnt from", async () => {
  // what each step saw of one cell: rows are constant, so that only the noise differs
  const model = denoising(told(autoencoder(base)), { amount: 0.5 });
  const seen = async (epochs: number): Promise<number[]> => {
    const steps: number[] = [];
    const rows = new Float32Array(64 * 6).fill(1);
    const { history } = await runHere(model, rows, { epochs, batchSize: 64 });
    for (const { metrics } of history) steps.push(metrics!.seen as number);
    return steps;
  };
  const means = await seen(5);
  expect(new Set(means).size).toBe(5);
  expect(await seen(5)).toEqual(means);
  // rows of the second batch only: they change what is learnt
  const halves = (value: number): Float32Array => x.map((v, i) => (i < 32 * 6 ? v : value));
  const learnt = async (rows: Float32Array) =>
    (await runHere(denoising(autoencoder(base)), rows, { epochs: 1, shuffle: false })).vectors;
  expect(await learnt(halves(1))).not.toEqual(await learnt(halves(2)));
});

/** A model that reports the mean of what it gets. */
const told = (model: Model): Model => ({
  ...model,
  objectives: (parameters, batch, loss, context) =>
    model
      .objectives(parameters, batch, loss, context)
      .map((each) => ({ ...each, metrics: { seen: mean(batch.x) } })),
});

test("the last batch trains, however few rows it has", async () => {
  // 33 rows in batches of 32: the last row alone says what its column is
  const rows = new Float32Array(33 * 2);
  rows.set([4, -4], 64);
  const model = autoencoder({ input: 2, latentDim: 2, activation: "linear", l2: 1e-6 });
  const options = { epochs: 400, batchSize: 32, learningRate: 0.01, validationSplit: 0 };
  const fitted = await fit(model, rows, options);
  const rebuilt = await fitted.reconstruct(Float32Array.of(4, -4));
  expect(farthest(rebuilt.data, [4, -4])).toBeLessThan(0.2);
  await fitted.dispose();
});

test("KL is summed over the units of the code, as the reconstruction is over the cells", async () => {
  // with weights of zero the posterior is m = 0, s = 0 but for the biases
  const model = variational(autoencoder({ ...base, latentDim: 4 }));
  const entries = Object.entries(model.parameters);
  const tensors = entries.map(([name, { shape }]) => input(name, "float32", shape));
  const batch = input("x", "float32", ["batch", 6]);
  const noise = input("noise", "float32", ["batch", 4]);
  const [objective] = model.objectives(
    Object.fromEntries(entries.map(([name], i) => [name, tensors[i]!])),
    { x: batch, target: batch, mask: null, weight: null },
    { name: "zero", errors: (y) => y },
    { training: true, noise: () => noise, step: () => noise, update: () => {} },
  );
  const cells = (shape: readonly number[]): number => shape.reduce((n, dim) => n * dim, 1);
  const given = entries.map(([name, { shape }]) => ({
    shape,
    cells: new Array<number>(cells(shape)).fill(name === "mean.0.bias" ? 3 : 0),
  }));
  const zeros = (columns: number) => ({
    shape: [2, columns],
    cells: new Array(2 * columns).fill(0),
  });
  const results = await compute(
    [...tensors, batch, noise],
    { loss: objective!.loss, ...objective!.metrics },
    [...given, zeros(6), zeros(4)],
  );
  // four units, each m^2 / 2 = 4.5
  expect(results.kl).toEqual([18]);
  expect(results.klPerUnit).toEqual([4.5, 4.5, 4.5, 4.5]);
});

test("a collapsed posterior is told", async () => {
  const source = random(3);
  const noise = Float32Array.from({ length: 300 * 6 }, () => source.normal());
  const collapsed = await fit(variational(autoencoder(base), { beta: 20 }), noise, {
    epochs: 30,
    learningRate: 0.01,
  });
  expect(collapsed.collapsedUnits).toEqual([0, 1]);
  const alive = await fit(variational(autoencoder(base), { variance: 0.01 }), x, {
    epochs: 60,
    learningRate: 0.01,
  });
  expect(alive.collapsedUnits).toEqual([]);
  const plain = await fit(autoencoder(base), x, { epochs: 1 });
  expect(plain.collapsedUnits).toBeNull();
  for (const fitted of [collapsed, alive, plain]) await fitted.dispose();
});

test("a matrix that tied weights share is penalised once", async () => {
  const still = { epochs: 1, learningRate: 0, validationSplit: 0 };
  const fitted = await fit(tied(autoencoder(base)), x, still);
  const squares = Object.entries(fitted.parameters)
    .filter(([name]) => name.endsWith(".weight"))
    .reduce((sum, [, cells]) => sum + cells.reduce((s, cell) => s + cell * cell, 0), 0);
  const penalised = await fit(tied(autoencoder({ ...base, l2: 0.5 })), x, still);
  const penalty = penalised.history[0]!.loss - fitted.history[0]!.loss;
  expect(Math.abs(penalty / (0.5 * squares) - 1)).toBeLessThan(1e-4);
  await Promise.all([fitted.dispose(), penalised.dispose()]);
});

test("a Jacobian of a row that hangs on other rows is refused", () => {
  const model = autoencoder({ ...base, batchNormalization: true });
  expect(() => contractive(model)).toThrow("ties the rows of a batch to each other");
});
