import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { autoencoder } from "../../src/models/autoencoder.ts";
import { type KindOptions, kinds, makeModel, type NetworkOptions } from "../../src/models/kinds.ts";
import { parameterCount } from "../../src/models/summary.ts";
import { type Activation, activations, type Model } from "../../src/nn/index.ts";
import { type FitOptions, fit } from "../../src/training/fit.ts";
import type { Fitted } from "../../src/training/fitted.ts";
import { planeRows, runHere } from "../training/run.ts";

/** Networks of images and sequences, 6 cells a row. */
const arrays: readonly (readonly [string, NetworkOptions & KindOptions])[] = [
  ["images, dense", { input: [3, 2, 1], hidden: [5], latentDim: 2 }],
  ["images, convolutional", { network: "convolutional", input: [3, 2, 1], filters: [4, 3] }],
  [
    "images, convolutional, pooled and upsampled",
    {
      network: "convolutional",
      input: [3, 2, 1],
      filters: [4],
      down: "pooled",
      up: "upsampled",
      latentDim: 2,
      batchNormalization: true,
    },
  ],
  [
    "images, convolutional, variational",
    { network: "convolutional", input: [3, 2, 1], filters: [4], latentDim: 2, variational: {} },
  ],
  [
    "images, convolutional, tied",
    { network: "convolutional", input: [2, 3, 1], filters: [4, 3], tied: {} },
  ],
  [
    "images with blots",
    { input: [3, 2, 1], latentDim: 2, denoising: { noise: "blots", amount: 0.5 } },
  ],
  ["sequences, convolutional", { network: "convolutional", input: [3, 2], filters: [4] }],
  ["sequences, lstm", { network: "recurrent", input: [3, 2], units: [4], latentDim: 2 }],
  [
    "sequences, gru, stacked and bidirectional",
    {
      network: "recurrent",
      input: [3, 2],
      cell: "gru",
      units: [4, 3],
      latentDim: 2,
      bidirectional: true,
    },
  ],
  [
    "sequences, plain cells, variational",
    {
      network: "recurrent",
      input: [3, 2],
      cell: "simple",
      units: [4],
      latentDim: 2,
      variational: {},
    },
  ],
  ["sequences, dense, masked", { input: [3, 2], hidden: [5], latentDim: 2, masked: true }],
  [
    "images, tied and contractive, masked",
    { input: [3, 2, 1], latentDim: 2, masked: true, tied: {}, contractive: {} },
  ],
  [
    "sequences, masked",
    { network: "recurrent", input: [3, 2], units: [4], latentDim: 2, masked: true },
  ],
];

/** Every kind of model, in the shapes that people choose; all take rows of 6 cells. */
const models: readonly { readonly name: string; readonly make: () => Model }[] = [
  { name: "simple and undercomplete", make: () => autoencoder({ input: 6, latentDim: 2 }) },
  {
    name: "simple and overcomplete",
    make: () => autoencoder({ input: 6, latentDim: 9, l1: 1e-3 }),
  },
  {
    name: "deep and undercomplete",
    make: () => autoencoder({ input: 6, hidden: [5, 4], latentDim: 2 }),
  },
  {
    name: "deep and overcomplete",
    make: () => autoencoder({ input: 6, hidden: [8], latentDim: 12, l2: 1e-3, activation: "elu" }),
  },
  {
    name: "asymmetric",
    make: () => autoencoder({ input: 6, hidden: [5], latentDim: 1, decoderHidden: [3, 4] }),
  },
  {
    name: "with noise, dropout and batch statistics",
    make: () =>
      autoencoder({
        input: 6,
        hidden: [5],
        latentDim: 2,
        noise: 0.1,
        dropout: 0.2,
        batchNormalization: true,
      }),
  },
  ...Object.entries({
    tied: {},
    variational: {},
    "variational with a warm-up": { variational: { beta: 2, warmUp: 10 } },
    adversarial: {},
    "adversarial towards a mixture": { adversarial: { prior: { kind: "mixture" } } },
    "adversarial towards a cube": { adversarial: { prior: { kind: "uniform" } } },
    wasserstein: {},
    sparse: {},
    "sparse by l1": { sparse: { penalty: "l1" } },
    contractive: {},
    robust: {},
    "robust by Huber": { robust: { loss: "huber" } },
    denoising: {},
    "denoising masked cells": { denoising: { noise: "masking", amount: 0.2 } },
    "denoising salt and pepper": { denoising: { noise: "saltAndPepper", low: -2, high: 2 } },
    "robust and denoising": { robust: {}, denoising: {} },
    "variational and denoising": { variational: {}, denoising: {} },
  } satisfies Record<string, KindOptions>).map(([name, own]) => ({
    name,
    make: (): Model =>
      makeModel({
        ...{ input: 6, hidden: [5], latentDim: 2, activation: "tanh" },
        ...(Object.keys(own).length > 0 ? own : { [name]: {} }),
      }),
  })),
  {
    name: "an ensemble",
    make: () => makeModel({ network: "ensemble", input: 6, hidden: 5, codes: [1, 2] }),
  },
  ...arrays.map(([name, options]) => ({ name, make: (): Model => makeModel(options) })),
];

const open: Fitted[] = [];
afterAll(async () => {
  for (const fitted of open) await fitted.dispose();
});
async function train(model: Model, x: Float32Array, options: FitOptions = {}): Promise<Fitted> {
  const fitted = await fit(model, x, { epochs: 2, seed: 1, ...options });
  open.push(fitted);
  return fitted;
}
const finite = (values: ArrayLike<number>): boolean => Array.from(values).every(Number.isFinite);

describe.each(models)("a model that is $name", ({ make }) => {
  const x = planeRows(40, 6);
  const model = make();
  let fitted: Fitted;
  beforeAll(async () => {
    fitted = await train(model, x);
  });

  test("has numbers in the shapes that it promises", async () => {
    const codes = await fitted.encode(x);
    expect(codes.shape).toEqual([40, model.latentDim]);
    expect((await fitted.decode(codes)).shape).toEqual([40, ...model.outputShape]);
    const rebuilt = await fitted.reconstruct(x);
    expect(rebuilt.shape).toEqual([40, ...model.inputShape]);
    expect(finite(codes.data) && finite(rebuilt.data)).toBe(true);
    const held = Object.values(fitted.parameters).reduce((n, { length }) => n + length, 0);
    expect(parameterCount(model)).toBe(held);
    expect(model.outputShape).toEqual(model.inputShape);
  });

  test("learns the same from the same rows, whatever it was fitted to before", async () => {
    await train(model, planeRows(30, 6, 9));
    const again = await train(model, x);
    expect(again.toOnnx()).toEqual(fitted.toOnnx());
  });

  test("is made again by its architecture, which is plain data", async () => {
    const copy = makeModel(JSON.parse(JSON.stringify(model.architecture)));
    expect(copy.kind).toBe(model.kind);
    expect((await train(copy, x)).toOnnx()).toEqual(fitted.toOnnx());
  });

  test("learns: the loss falls", async () => {
    const { history } = await runHere(make(), x, { epochs: 40 });
    expect(history.at(-1)!.loss).toBeLessThan(history[0]!.loss);
  });

  test.each([
    ["one row", planeRows(1, 6)],
    ["constant rows", new Float32Array(60).fill(3)],
    ["rows of zeros", new Float32Array(60)],
    ["more columns than rows", planeRows(3, 6)],
    ["large numbers", planeRows(20, 6).map((v) => 1e6 * v)],
  ])("stays finite on %s", async (_, rows) => {
    const fitted = await train(make(), rows, { epochs: 3 });
    expect(finite(fitted.history.map((e) => e.loss))).toBe(true);
    expect(finite(await fitted.scoreSamples(rows))).toBe(true);
    expect(fitted.history).toHaveLength(3);
  });
});

describe("any activation may stand in any place", () => {
  const x = planeRows(32, 6).map((v) => 1 / (1 + Math.exp(-v)));
  const names = Object.keys(activations) as Activation[];
  test.each(
    names.flatMap((name) =>
      (["activation", "latentActivation", "output"] as const).map(
        (place) => [name, place] as const,
      ),
    ),
  )("%s as %s", async (name, place) => {
    const model = autoencoder({ input: 6, hidden: [5], latentDim: 3, [place]: name });
    const { history, vectors } = await runHere(model, x, { epochs: 10, validation: [0, 1, 2] });
    expect(finite(history.flatMap((e) => [e.loss, e.validationLoss!]))).toBe(true);
    expect(finite(vectors.weights!)).toBe(true);
    expect(history.at(-1)!.loss).toBeLessThan(history[0]!.loss);
  });

  test("one for each hidden layer, mirrored in the decoder", () => {
    const model = autoencoder({
      input: 6,
      hidden: [5, 4],
      latentDim: 2,
      activation: ["relu", "tanh"],
    });
    expect(model.layers.map(({ activation }) => activation)).toEqual([
      "relu",
      "tanh",
      "tanh",
      "tanh",
      "relu",
      "linear",
    ]);
    const wrong = () =>
      autoencoder({ input: 6, hidden: [5], latentDim: 2, activation: ["relu", "tanh"] });
    expect(wrong).toThrow("activation must be one, or one for each of 1 hidden layers, got 2");
  });
});

test("every kind is in the contract", () => {
  const met = new Set(models.flatMap(({ make }) => make().kind.split("+")));
  expect(kinds.map(({ name }) => name).filter((name) => !met.has(name))).toEqual([]);
});

test.each([
  [{ input: 0, latentDim: 2 }, "input must be a number of at least 1"],
  [{ input: 4, latentDim: 1.5 }, "latentDim must be a whole number, got 1.5"],
  [{ input: 4, latentDim: 2, hidden: [3, -1] }, "hidden[1] must be a number of at least 1, got -1"],
  [
    { input: 4, latentDim: 2, activation: "squash" as never },
    "activation must be one of linear, relu",
  ],
  [{ input: 4, latentDim: 2, output: "squash" as never }, "output must be one of linear, relu"],
])("a size or an activation that cannot be is refused: %j", async (options, message) => {
  const use = async () => {
    const model = autoencoder(options);
    return fit(model, new Float32Array(4));
  };
  await expect(use()).rejects.toThrow(message);
});
