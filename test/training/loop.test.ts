import { describe, expect, test } from "vitest";
import { autoencoder } from "../../src/models/autoencoder.ts";
import { decodeCheckpoint, encodeCheckpoint } from "../../src/training/checkpoint.ts";
import type { Checkpoint, Epoch } from "../../src/training/state.ts";
import { parametersOf } from "../../src/training/vectors.ts";
import { farthest } from "../graph/compute.ts";
import { type HereOptions, planeRows, recorder, runHere } from "./run.ts";

const x = planeRows(77, 6);
const plain = autoencoder({ input: 6, hidden: [5], latentDim: 2, activation: "tanh" });
/** All that could make a run depend on how it is cut: noise of both kinds, statistics, clipping. */
const noisy = autoencoder({
  input: 6,
  hidden: [5],
  latentDim: 2,
  activation: "tanh",
  dropout: 0.2,
  noise: 0.1,
  batchNormalization: true,
});
const withoutClock = (history: readonly Epoch[]) => history.map(({ seconds: _, ...rest }) => rest);

describe("how a run is cut into calls never changes its numbers", () => {
  test.each([
    ["a plain network", plain, {}],
    [
      "noise, dropout, statistics, clipping and a schedule",
      noisy,
      {
        clipNorm: 0.5,
        schedule: { kind: "exponential", decaySteps: 10, decayRate: 0.9 },
        validation: [3, 5, 70],
      },
    ],
  ] as const)("%s", async (_, model, options: HereOptions) => {
    const whole = await runHere(model, x, { ...options, stepsPerCall: 64 });
    for (const variant of [{ stepsPerCall: 1 }, { stepsPerCall: 2 }, { stepsPerCall: 4 }, {}]) {
      const cut = await runHere(model, x, { ...options, ...variant });
      expect(cut.vectors).toEqual(whole.vectors);
      expect(withoutClock(cut.history)).toEqual(withoutClock(whole.history));
    }
    expect(whole.history).toHaveLength(3);
  });

  test("nor does it matter whether batches are gathered in the program or before it", async () => {
    const outside = await runHere(noisy, x);
    const inside = await runHere(noisy, x, { gathers: true });
    expect(inside.vectors).toEqual(outside.vectors);
    expect(withoutClock(inside.history)).toEqual(withoutClock(outside.history));
  });
});

describe("an epoch", () => {
  const firsts = [...Array(77).keys()].map((i) => x[6 * i]!);
  const sorted = (values: readonly number[]): number[] => [...values].sort((a, b) => a - b);

  test("shows every row once, those of the last, partial batch too", async () => {
    const epochs: number[][] = [];
    await runHere(plain, x, { spy: recorder(epochs) });
    expect(epochs).toHaveLength(3);
    for (const rows of epochs) expect(sorted(rows)).toEqual(sorted(firsts));
  });

  test("has an order of its own, from the seed", async () => {
    const [a, b, c]: number[][][] = [[], [], []];
    await runHere(plain, x, { spy: recorder(a!), seed: 1 });
    await runHere(plain, x, { spy: recorder(b!), seed: 1 });
    await runHere(plain, x, { spy: recorder(c!), seed: 2 });
    expect(a).toEqual(b);
    expect(a![0]).not.toEqual(c![0]);
    expect(a![0]).not.toEqual(a![1]);
    expect(a![0]).not.toEqual(firsts);
  });

  test("keeps the order of the source where shuffling is off", async () => {
    const epochs: number[][] = [];
    await runHere(plain, x, { spy: recorder(epochs), shuffle: false });
    expect(epochs).toEqual([firsts, firsts, firsts]);
  });

  test("reports the mean loss over its rows, the partial batch weighted by its rows", async () => {
    // without learning the loss of every epoch is that of the data
    const still = await runHere(plain, x, { learningRate: 0, epochs: 3, batchSize: 8 });
    const whole = await runHere(plain, x, { learningRate: 0, epochs: 1, batchSize: 77 });
    for (const { loss } of still.history) expect(loss / whole.history[0]!.loss).toBeCloseTo(1, 5);
  });

  test("the last partial batch moves the weights", async () => {
    const nine = x.slice(0, 9 * 6);
    const eight = await runHere(plain, x.slice(0, 8 * 6), { epochs: 1, shuffle: false });
    const partial = await runHere(plain, nine, { epochs: 1, shuffle: false });
    expect(partial.vectors.weights).not.toEqual(eight.vectors.weights);
  });
});

describe("rows that judge", () => {
  const validation = [0, 7, 14, 21, 28, 35, 42, 49];

  test("do not train", async () => {
    const epochs: number[][] = [];
    const outcome = await runHere(plain, x, { validation, spy: recorder(epochs), patience: 0 });
    const judges = new Set(validation.map((i) => x[6 * i]));
    expect(epochs.flat()).toHaveLength(3 * 69);
    expect(epochs.flat().filter((first) => judges.has(first))).toEqual([]);
    const changed = x.slice();
    for (const i of validation) changed.fill(9, 6 * i, 6 * i + 6);
    const other = await runHere(plain, changed, { validation });
    expect(withoutClock(other.history).map((e) => e.loss)).toEqual(
      withoutClock(outcome.history).map((e) => e.loss),
    );
    expect(other.history[0]!.validationLoss).not.toBe(outcome.history[0]!.validationLoss);
  });

  test("stop a run that no longer improves, and its best weights are kept", async () => {
    // a rate so high that the loss soon rises
    const seen: Epoch[] = [];
    const options = { validation, patience: 3, epochs: 200, learningRate: 0.3 } as const;
    const outcome = await runHere(plain, x, {
      ...options,
      watch: { onEpoch: (e) => seen.push(e) },
    });
    expect(outcome.stopped).toBe("patience");
    expect(seen.map(({ epoch }) => epoch)).toEqual(
      [...Array(outcome.history.length).keys()].map((i) => i + 1),
    );
    const losses = outcome.history.map((e) => e.validationLoss!);
    const best = losses.indexOf(Math.min(...losses)) + 1;
    expect(outcome.bestEpoch).toBe(best);
    expect(outcome.history).toHaveLength(best + 3);
    const upToThere = await runHere(plain, x, { ...options, epochs: best });
    expect(upToThere.vectors).toEqual(outcome.vectors);
  });

  test("an improvement below the least that counts is none", async () => {
    const outcome = await runHere(plain, x, {
      validation,
      patience: 2,
      epochs: 50,
      minimumDelta: 1e3,
    });
    expect(outcome.history).toHaveLength(3);
    expect(outcome.bestEpoch).toBe(1);
  });
});

test("the rate falls on a plateau, by its factor and not below its least", async () => {
  const plateau = { factor: 0.5, patience: 2, minimumDelta: 1e3, minimumRate: 0.004 };
  const { history } = await runHere(plain, x, { epochs: 8, plateau, learningRate: 0.01 });
  expect(history.map(({ learningRate }) => learningRate)).toEqual([
    0.01, 0.01, 0.01, 0.005, 0.005, 0.004, 0.004, 0.004,
  ]);
});

test("missing cells do not count: whatever stands in them, the weights are the same", async () => {
  const mask = { columns: 6, data: new Float32Array(x.length).fill(1) };
  const target = x.slice();
  for (let i = 0; i < x.length; i += 5) mask.data[i] = 0;
  const first = await runHere(plain, x, { mask, target });
  for (let i = 0; i < x.length; i += 5) target[i] = 1e3;
  const second = await runHere(plain, x, { mask, target });
  const unmasked = await runHere(plain, x, { target });
  expect(second.vectors).toEqual(first.vectors);
  expect(unmasked.vectors.weights).not.toEqual(first.vectors.weights);
});

test("a loss that is no number ends the run with its epoch and the rate", async () => {
  const wild = runHere(plain, x, { optimizer: { name: "sgd" }, learningRate: 1e30, epochs: 50 });
  await expect(wild).rejects.toMatchObject({
    code: "not_finite",
    parameters: { epoch: expect.any(Number), rate: 1e30 },
  });
  await expect(wild).rejects.toThrow(/lower the learning rate.*clipNorm/);
});

describe("a run that goes on from a checkpoint", () => {
  const options: HereOptions = {
    validation: [1, 2, 3, 4, 5],
    epochs: 4,
    stepsPerCall: 2,
    optimizer: { name: "adamw" },
    plateau: { factor: 0.5, patience: 1, minimumDelta: 1e3 },
    patience: 3,
  };
  /** Every checkpoint that a run could leave behind, as its file. */
  const checkpointsOf = async (
    run: HereOptions,
  ): Promise<{ files: Uint8Array[]; outcome: Awaited<ReturnType<typeof runHere>> }> => {
    const files: Uint8Array[] = [];
    const save = async (checkpoint: () => Checkpoint): Promise<void> => {
      files.push(Buffer.concat(encodeCheckpoint(checkpoint())));
    };
    const outcome = await runHere(noisy, x, { ...run, watch: { save } });
    return { files, outcome };
  };

  test("ends with the same weights and history, bit for bit, wherever it begins", async () => {
    const { files, outcome } = await checkpointsOf(options);
    const steps = new Set<number>();
    expect(files.length).toBeGreaterThan(12);
    for (const file of files) {
      const resume = decodeCheckpoint(file);
      steps.add(resume.step);
      const again = await runHere(noisy, x, { ...options, resume });
      expect(again.vectors).toEqual(outcome.vectors);
      expect(withoutClock(again.history)).toEqual(withoutClock(outcome.history));
      expect(again.bestEpoch).toBe(outcome.bestEpoch);
    }
    expect(steps.size).toBeGreaterThan(3);
  });

  test("does nothing more where patience had already ended it", async () => {
    const impatient = { ...options, patience: 2, minimumDelta: 1e3, epochs: 50 };
    const { files, outcome } = await checkpointsOf(impatient);
    expect(outcome.stopped).toBe("patience");
    const again = await runHere(noisy, x, {
      ...impatient,
      resume: decodeCheckpoint(files.at(-1)!),
    });
    expect(again.stopped).toBe("patience");
    expect(again.vectors).toEqual(outcome.vectors);
    expect(again.history).toHaveLength(outcome.history.length);
  });

  test("a cut-off checkpoint is refused at every length", async () => {
    const { files } = await checkpointsOf({ ...options, epochs: 1 });
    const file = files.at(-1)!;
    for (const length of [0, 3, 4, 50, file.length / 2, file.length - 1])
      expect(() => decodeCheckpoint(file.subarray(0, Math.floor(length)))).toThrow();
  });
});

test("batch statistics move to those of the data, and are what the network computes with", async () => {
  const model = autoencoder({ input: 6, hidden: [4], latentDim: 2, batchNormalization: true });
  const { vectors } = await runHere(model, x, { epochs: 60, learningRate: 0 });
  const parameters = parametersOf(model, vectors);
  const weight = parameters["encoder.0.weight"]!;
  const z = Array.from({ length: 4 }, (_, unit) =>
    Array.from({ length: 77 }, (_, row) =>
      [...Array(6).keys()].reduce((total, j) => total + x[6 * row + j]! * weight[4 * j + unit]!, 0),
    ),
  );
  const mean = (values: readonly number[]): number =>
    values.reduce((a, b) => a + b, 0) / values.length;
  const means = z.map(mean);
  const variances = z.map((unit, k) => mean(unit.map((v) => (v - means[k]!) ** 2)));
  // 600 steps at momentum 0.99 leave a trace of the start, and batches differ
  const scale = Math.max(...variances);
  expect(farthest(parameters["encoder.1.mean"]!, means)).toBeLessThan(0.2 * Math.sqrt(scale));
  expect(farthest(parameters["encoder.1.variance"]!, variances)).toBeLessThan(0.2 * scale);
  expect(scale).toBeGreaterThan(0.5);
});

describe("a checkpoint is refused where its head has", () => {
  const head = {
    ...{ format: 1, epoch: 1, step: 0, totalSteps: 3, sums: [1], waited: 0, plateauWaited: 0 },
    ...{ plateauBest: null, rateFactor: 1, history: [], vectors: { all: 2 }, best: null },
  };
  const fileOf = (changed: object): Uint8Array => {
    const text = Buffer.from(JSON.stringify({ ...head, ...changed }));
    const length = Buffer.from(Uint32Array.of(text.length).buffer);
    return Buffer.concat([length, text, Buffer.alloc(8)]);
  };
  test("nothing wrong: it is read", () => {
    expect(decodeCheckpoint(fileOf({})).vectors.all).toHaveLength(2);
  });
  test.each<[object, string]>([
    ...Object.keys(head).map((name): [object, string] => [{ [name]: undefined }, name]),
    [{ vectors: { all: -1 } }, "vectors.all"],
    [{ vectors: { all: 1e12 } }, "cut off"],
    [{ step: 1.5 }, "step"],
    [{ format: 2 }, "format"],
    [{ history: [{ epoch: 1 }] }, "history[0].loss"],
  ])("%j", (changed, says) => {
    expect(() => decodeCheckpoint(fileOf(changed))).toThrow(says);
  });
});
