import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { afterAll, describe, expect, test } from "vitest";
import { fitPca } from "../../src/metrics/pca.ts";
import { autoencoder } from "../../src/models/autoencoder.ts";
import { decodeCheckpoint } from "../../src/training/checkpoint.ts";
import { type FitOptions, fit, startFit } from "../../src/training/fit.ts";
import type { Fitted } from "../../src/training/fitted.ts";
import { farthest } from "../graph/compute.ts";
import { planeRows } from "./run.ts";

const x = planeRows(200, 6);
const model = autoencoder({ input: 6, hidden: [5], latentDim: 2, activation: "tanh" });
const noisy = autoencoder({
  input: 6,
  hidden: [5],
  latentDim: 2,
  activation: "tanh",
  dropout: 0.2,
  noise: 0.1,
  batchNormalization: true,
});
const open: Fitted[] = [];
afterAll(async () => {
  for (const fitted of open) await fitted.dispose();
});
const train = async (options: FitOptions = {}, network = model, rows = x): Promise<Fitted> => {
  const fitted = await fit(network, rows, options);
  open.push(fitted);
  return fitted;
};

test("a fitted network encodes, decodes, reconstructs and scores in the shapes of its rows", async () => {
  const fitted = await train({ epochs: 2 });
  const codes = await fitted.encode(x);
  const rebuilt = await fitted.reconstruct(x);
  const scores = await fitted.scoreSamples(x);
  expect([codes.shape, rebuilt.shape, scores.length]).toEqual([[200, 2], [200, 6], 200]);
  const decoded = await fitted.decode(codes);
  expect(farthest(decoded.data, rebuilt.data)).toBeLessThan(1e-6);
  const score = (row: number): number => {
    const cells = [...Array(6).keys()].map(
      (j) => (x[6 * row + j]! - rebuilt.data[6 * row + j]!) ** 2,
    );
    return cells.reduce((a, b) => a + b, 0) / 6;
  };
  expect(
    farthest(
      scores,
      Array.from(scores, (_, row) => score(row)),
    ),
  ).toBeLessThan(1e-5);
});

describe("the same seed gives the same bytes", () => {
  const options: FitOptions = { epochs: 3, seed: 9 };

  test.each([
    ["a table", model, planeRows(500, 6)],
    ["noise and statistics", noisy, planeRows(500, 6)],
    ["30 columns", autoencoder({ input: 30, hidden: [15], latentDim: 7 }), planeRows(600, 30)],
  ])("with one thread and with two, for %s", async (_, network, rows) => {
    const files: Uint8Array[] = [];
    for (const threads of [1, 2, 2])
      files.push((await train({ ...options, threads }, network, rows)).toOnnx());
    expect(files[1]).toEqual(files[0]);
    expect(files[2]).toEqual(files[1]);
    const other = await train({ ...options, seed: 10 }, network, rows);
    expect(other.toOnnx()).not.toEqual(files[0]);
  });

  test("at the same number of threads for a wide network, and nearly so at another", async () => {
    const wide = autoencoder({ input: 400, hidden: [], latentDim: 32 });
    const rows = planeRows(300, 400);
    const of = (threads: number) => train({ ...options, threads, batchSize: 128 }, wide, rows);
    const [one, two, again] = [await of(1), await of(2), await of(2)];
    expect(again.toOnnx()).toEqual(two.toOnnx());
    for (const name of Object.keys(one.parameters))
      expect(farthest(two.parameters[name]!, one.parameters[name]!)).toBeLessThan(1e-4);
  });
});

test("the WASM engine trains alike", async () => {
  const native = await train({ epochs: 4, engine: "native" }, noisy);
  const wasm = await train({ epochs: 4, engine: "wasm" }, noisy);
  expect(native.engineVersion).toContain("onnxruntime-node");
  expect(wasm.engineVersion).toContain("onnxruntime-web");
  expect(
    farthest(
      wasm.history.map((e) => e.loss),
      native.history.map((e) => e.loss),
    ),
  ).toBeLessThan(1e-4);
  for (const [name, values] of Object.entries(native.parameters))
    expect(farthest(wasm.parameters[name]!, values)).toBeLessThan(1e-3);
  expect(farthest((await wasm.encode(x)).data, (await native.encode(x)).data)).toBeLessThan(1e-3);
});

test("the caller's rows stay as they were, and its event loop stays free", async () => {
  const rows = planeRows(4000, 6);
  const before = rows.slice();
  let ticks = 0;
  const ticking = setInterval(() => ticks++, 1);
  const counted: number[] = [];
  await train({ epochs: 30, patience: 0, onEpoch: () => counted.push(ticks) }, model, rows);
  clearInterval(ticking);
  expect(rows).toEqual(before);
  expect(counted).toHaveLength(30);
  expect(counted.at(-1)).toBeGreaterThan(counted[0]!);
});

describe("a run", () => {
  const options: FitOptions = { epochs: 40, patience: 0, seed: 3 };

  test("pauses, goes on, and ends as if it had never paused", async () => {
    // so long that it is not over before a busy machine lets the pause through
    const epochs = 400;
    const straight = await train({ ...options, epochs });
    let progress = 0;
    let paused = false;
    const run = startFit(model, x, {
      ...options,
      epochs,
      onProgress: () => {
        progress++;
        if (!paused) run.pause();
        paused = true;
      },
    });
    while (!paused) await wait(1);
    // what was under way arrives, and then nothing more
    await wait(300);
    const arrived = progress;
    await wait(300);
    expect(progress).toBe(arrived);
    expect(arrived).toBeLessThan(epochs);
    run.resume();
    const fitted = await run.done;
    open.push(fitted);
    expect(fitted.toOnnx()).toEqual(straight.toOnnx());
    expect(fitted.history).toHaveLength(epochs);
  });

  test("stops when told, keeps the best weights, and still is a fitted network", async () => {
    const run = startFit(model, x, {
      ...options,
      epochs: 100_000,
      onEpoch: ({ epoch }) => epoch === 3 && run.stop(),
    });
    const fitted = await run.done;
    open.push(fitted);
    expect(fitted.stopped).toBe("asked");
    expect(fitted.history.length).toBeLessThan(100_000);
    const losses = fitted.history.map((e) => e.validationLoss!);
    expect(losses[fitted.bestEpoch - 1]).toBe(Math.min(...losses));
    expect((await fitted.encode(x)).shape).toEqual([200, 2]);
  });

  test("stops while it pauses", async () => {
    const run = startFit(model, x, { ...options, epochs: 100_000, onEpoch: () => run.pause() });
    await wait(100);
    run.stop();
    expect((await run.done).stopped).toBe("asked");
  });

  test("stops by the signal of its caller, also by one that was given before", async () => {
    const controller = new AbortController();
    const { signal } = controller;
    const running = train({
      ...options,
      epochs: 100_000,
      signal,
      onEpoch: () => controller.abort(),
    });
    expect((await running).stopped).toBe("asked");
    const late = await train({ ...options, signal });
    expect(late.stopped).toBe("asked");
    expect(late.history).toEqual([]);
    expect((await late.encode(x)).shape).toEqual([200, 2]);
  });

  test("tells a loss that is no number by its code", async () => {
    const wild = train({ optimizer: "sgd", learningRate: 1e30, epochs: 60 });
    await expect(wild).rejects.toMatchObject({ code: "not_finite" });
  });
});

test("a network can be trained towards another array than its input", async () => {
  const sums = Float32Array.from({ length: 400 }, (_, i) => {
    const row = x.subarray(6 * (i >> 1), 6 * (i >> 1) + 6);
    return i % 2 ? row[0]! - row[1]! : row[2]!;
  });
  const network = autoencoder({ input: 6, latentDim: 4, outputSize: 2, activation: "linear" });
  const fitted = await train(
    { target: sums, epochs: 150, learningRate: 0.02, patience: 0 },
    network,
  );
  const rebuilt = await fitted.reconstruct(x);
  expect(rebuilt.shape).toEqual([200, 2]);
  expect(farthest(rebuilt.data, sums)).toBeLessThan(0.1);
  expect(
    farthest(
      sums,
      [...sums].map(() => 0),
    ),
  ).toBeGreaterThan(1);
});

test("rows of weight 0 do not train: whatever stands in them, the weights are the same", async () => {
  const sampleWeight = Float32Array.from({ length: 200 }, (_, i) => (i % 4 === 0 ? 0 : 1));
  const changed = x.map((v, i) => (Math.floor(i / 6) % 4 === 0 ? 7 : v));
  const options: FitOptions = { sampleWeight, epochs: 3, validationSplit: 0 };
  const first = await train(options);
  expect((await train(options, model, changed)).toOnnx()).toEqual(first.toOnnx());
  const unweighted = { epochs: 3, validationSplit: 0 };
  expect((await train(unweighted)).toOnnx()).not.toEqual(first.toOnnx());
});

test("weights that are given are where it starts from", async () => {
  const first = await train({ epochs: 2 });
  const same = await train({ epochs: 0, initial: first.parameters });
  expect(same.parameters).toEqual(first.parameters);
});

test.each<[string, FitOptions, string]>([
  ["epochs", { epochs: 1.5 }, "fit: epochs must be a whole number, got 1.5"],
  ["batchSize", { batchSize: 0 }, "fit: batchSize must be a number of at least 1, got 0"],
  [
    "validationSplit",
    { validationSplit: 1 },
    "fit: validationSplit must be a number of less than 1, got 1",
  ],
  [
    "loss",
    { loss: "mape" as never },
    "fit: loss must be one of mse, mae, huber, binaryCrossentropy",
  ],
  ["target", { target: new Float32Array(6) }, "fit: target must have 200 rows, got 1"],
  [
    "the name of an initial weight",
    { initial: { "encoder.9.weight": new Float32Array(10) } },
    "fit: initial names weights of the network, one of encoder.0.weight,",
  ],
  [
    "the size of an initial weight",
    { initial: { "encoder.0.weight": new Float32Array(7) } },
    "fit: initial encoder.0.weight must have 30 numbers, [6, 5], got 7",
  ],
])("%s is checked where it is given", (_, options, message) => {
  expect(() => startFit(model, x, options)).toThrow(message);
});

test("rows are checked where they are given, and the bad cell is named", () => {
  const bad = x.slice();
  bad[6 * 3 + 2] = Number.NaN;
  const message = "fit: every cell must be a finite number, got NaN in row 3, column 2";
  expect(() => startFit(model, bad)).toThrow(message);
  expect(() => startFit(model, [[1, 2, 3]])).toThrow("fit: row 0 must have 6 numbers, got 3");
  expect(() => startFit(model, new Float32Array(7))).toThrow("needs one or more rows of 6 numbers");
  expect(() => startFit(model, [])).toThrow("needs one or more rows of 6 numbers, got 0 numbers");
});

test("rows are taken in every form that people hold them in", async () => {
  const lists = Array.from({ length: 200 }, (_, i) => [...x.subarray(6 * i, 6 * i + 6)]);
  const flat = (await train({ epochs: 1 })).toOnnx();
  for (const rows of [lists, { data: x, shape: [200, 6] }, Float64Array.from(x)]) {
    const fitted = await fit(model, rows, { epochs: 1 });
    open.push(fitted);
    expect(fitted.toOnnx()).toEqual(flat);
  }
});

test("killed in the middle and resumed, it ends with the weights of a run that was not", async () => {
  const folder = mkdtempSync(join(tmpdir(), "espejo-test-"));
  const path = join(folder, "checkpoint.bin");
  const url = (name: string): string => new URL(`../../dist/${name}`, import.meta.url).href;
  const script = `
    import { autoencoder } from ${JSON.stringify(url("models/autoencoder.js"))};
    import { fit } from ${JSON.stringify(url("training/fit.js"))};
    const rows = Float32Array.from(${JSON.stringify([...x])});
    const options = ${JSON.stringify(noisy.architecture)};
    await fit(autoencoder(options), rows, { epochs: 1e6, patience: 0, checkpointPath: ${JSON.stringify(path)} });`;
  const child = spawn(process.execPath, ["--input-type=module", "-e", script], {
    stdio: "inherit",
  });
  try {
    while (!existsSync(path) && child.exitCode === null) await wait(5);
    const first = decodeCheckpoint(readFileSync(path));
    // a later one, from the middle of things
    while (decodeCheckpoint(readFileSync(path)).totalSteps === first.totalSteps) await wait(5);
    const exit = once(child, "exit");
    child.kill("SIGKILL");
    expect(await exit).toEqual([null, "SIGKILL"]);
    const resume = decodeCheckpoint(readFileSync(path));
    const epochs = resume.epoch + 3;
    const resumed = await train({ epochs, patience: 0, resume }, noisy);
    const straight = await train({ epochs, patience: 0 }, noisy);
    expect(resume.totalSteps).toBeGreaterThan(0);
    expect(resumed.toOnnx()).toEqual(straight.toOnnx());
    expect(resumed.history.map((e) => e.loss)).toEqual(straight.history.map((e) => e.loss));
  } finally {
    child.kill("SIGKILL");
    rmSync(folder, { recursive: true, force: true });
  }
});

test("a linear autoencoder with k code units spans the subspace of k principal components", async () => {
  const rows = planeRows(400, 8, 5, 0.3);
  const k = 2;
  const means = [...Array(8).keys()].map(
    (j) => rows.reduce((t, v, i) => (i % 8 === j ? t + v : t), 0) / 400,
  );
  const centred = rows.map((v, i) => v - means[i % 8]!);
  const linear = autoencoder({ input: 8, latentDim: k, activation: "linear" });
  const fitted = await train(
    {
      epochs: 400,
      learningRate: 0.02,
      schedule: { kind: "cosine", decaySteps: 400 * 7 },
      validationSplit: 0,
      batchSize: 64,
    },
    linear,
    centred,
  );
  const { components } = fitPca(centred, 400, 8, k);
  const decoder = fitted.parameters["decoder.0.weight"]!;
  const ours = orthonormal([0, 1].map((c) => [...decoder.subarray(8 * c, 8 * c + 8)]));
  const theirs = [0, 1].map((c) => [...components].slice(8 * c, 8 * c + 8) as number[]);
  // cosines of the principal angles: singular values of the 2 by 2 matrix of inner products
  const m = theirs.map((a) => ours.map((b) => dot(a, b)));
  const determinant = m[0]![0]! * m[1]![1]! - m[0]![1]! * m[1]![0]!;
  const squares = m.flat().reduce((t, v) => t + v * v, 0);
  const smallest = Math.sqrt(
    (squares - Math.sqrt(Math.max(0, squares ** 2 - 4 * determinant ** 2))) / 2,
  );
  expect(smallest).toBeGreaterThan(0.9999);
});

const dot = (a: readonly number[], b: readonly number[]): number =>
  a.reduce((t, v, i) => t + v * b[i]!, 0);

function orthonormal(vectors: readonly (readonly number[])[]): number[][] {
  const basis: number[][] = [];
  for (const vector of vectors) {
    const rest = basis.reduce<number[]>(
      (left, b) => left.map((v, i) => v - dot(left, b) * b[i]!),
      [...vector],
    );
    const length = Math.sqrt(dot(rest, rest));
    basis.push(rest.map((v) => v / length));
  }
  return basis;
}

test("the weights can be watched: those of the last epoch are the network's own", async () => {
  const told: { epoch: number; score: number }[] = [];
  let last: Readonly<Record<string, Float32Array>> = {};
  const fitted = await train(
    {
      ...{ epochs: 3, validationSplit: 0 },
      onWeights: (parameters, epoch) => {
        told.push({ epoch, score: parameters["encoder.0.weight"]![0]! });
        last = parameters;
      },
    },
    model,
    planeRows(400, 6),
  );
  expect(told.map(({ epoch }) => epoch)).toEqual([1, 2, 3]);
  expect(new Set(told.map(({ score }) => score)).size).toBe(3);
  expect(last).toEqual(fitted.parameters);
});
