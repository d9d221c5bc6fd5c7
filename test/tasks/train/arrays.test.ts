import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { arraysFromData } from "../../../src/data/memory/memory-arrays.ts";
import type { Note } from "../../../src/data/terms/notes.ts";
import { random } from "../../../src/random.ts";
import { detectArrays } from "../../../src/tasks/detect/detect-arrays.ts";
import { evaluateArrays } from "../../../src/tasks/evaluate/evaluate.ts";
import { ArrayModel } from "../../../src/tasks/model/array-model.ts";
import { type TrainArraysOptions, trainArrays } from "../../../src/tasks/train/train-arrays.ts";
import { scratch } from "../tables.ts";

/** Waves of two features, [rows, time, 2]; every tenth row is a step instead, and of class "odd". */
function waves(rows: number, time = 12, seed = 1) {
  const source = random(seed);
  const data = new Float32Array(rows * time * 2);
  const labels: string[] = [];
  for (let i = 0; i < rows; i++) {
    const odd = i % 10 === 3;
    const phase = 6 * source.uniform();
    labels.push(odd ? "odd" : "fine");
    for (let t = 0; t < time; t++) {
      const at = (i * time + t) * 2;
      data[at] = 100 + 20 * (odd ? Number(t > time / 2) : Math.sin(phase + t));
      data[at + 1] = odd ? source.normal() : Math.cos(phase + t) + 0.05 * source.normal();
    }
  }
  return { data, shape: [rows, time, 2], labels };
}

/** Images [rows, 6, 6, 1] in 0..255 with one bright bar. */
function bars(rows: number, seed = 2) {
  const source = random(seed);
  const data = new Float32Array(rows * 36);
  for (let i = 0; i < rows; i++) {
    const [upright, at] = [source.uniform() < 0.5, source.below(6)];
    for (let k = 0; k < 6; k++) data[i * 36 + (upright ? k * 6 + at : at * 6 + k)] = 255;
  }
  return { data, shape: [rows, 6, 6, 1] };
}

const open: { dispose(): Promise<void> }[] = [];
afterAll(async () => {
  for (const each of open) await each.dispose();
});
async function trained(
  given: Parameters<typeof arraysFromData>[0],
  options: TrainArraysOptions = {},
) {
  const notes: Note[] = [];
  const arrays = arraysFromData(given);
  const result = await trainArrays(arrays, {
    ...{ epochs: 3, seed: 1, onNote: (note) => notes.push(note) },
    ...options,
  });
  open.push(result.model, result.fitted);
  return { ...result, arrays, notes };
}

describe("images and sequences of every kind become one model file", () => {
  const kinds = ["basic", "variational", "adversarial", "wasserstein", "sparse", "robust"];
  test.each([
    ...[...kinds, "convolutional", "denoising", "convolutional+variational"].map(
      (kind) => ["images", kind] as const,
    ),
    ...[...kinds, "convolutional", "recurrent", "recurrent+variational", "recurrent+denoising"].map(
      (kind) => ["sequences", kind] as const,
    ),
    ["images", "tied"] as const,
    ["images", "contractive"] as const,
    ["images", "convolutional+denoising"] as const,
  ])("%s, %s", async (content, kind) => {
    const given = content === "images" ? bars(60) : waves(60);
    const { model, arrays, network } = await trained(given, { kind, latentDim: 3 });
    expect(network.kind).toBe(kind);
    const read = await ArrayModel.from(model.bytes, "again.onnx");
    open.push(read);
    expect(await read.checkGolden()).toBeNull();
    expect(read.metadata).toMatchObject({ kind, latentDim: 3 });
    const results = await read.run(["latent", "reconstruction", "score"], given.data, 60);
    expect(results.latent!.shape).toEqual([60, 3]);
    expect(results.reconstruction!.shape).toEqual(given.shape);
    const codes = results.latent!.data as Float32Array;
    expect(await read.decode(codes, 60)).toEqual(results.reconstruction!.data);
    // back in the units of the source
    const rebuilt = results.reconstruction!.data as Float32Array;
    const most = content === "images" ? 255 : 200;
    expect(rebuilt.every((value) => Number.isFinite(value) && Math.abs(value) <= most)).toBe(true);
    expect(arrays.rows).toBe(60);
  });
});

test("with classes only the normal ones train, and the others score higher", async () => {
  const given = waves(200);
  const options = { labelled: true, kind: "convolutional", epochs: 60, learningRate: 0.01 };
  const { model, split, evaluation, arrays, labels } = await trained(given, options);
  expect(labels).toMatchObject({ normal: "fine", anomalies: 20 });
  expect(split.counts.out).toBe(12);
  expect(evaluation!.rocAuc).toBeGreaterThan(0.9);
  expect(evaluation!.pca).not.toBeNull();
  const again = await evaluateArrays(model, arrays);
  expect(again.anomalies).toBe(20);
  expect(again.rocAuc).toBeGreaterThan(0.9);
});

describe("cells that are missing do not count, and steps after the end neither", () => {
  const given = waves(80);
  const data = given.data.map((value, i) => (i % 24 >= 18 || i % 31 === 4 ? Number.NaN : value));
  const judged = async (model: ArrayModel): Promise<void> => {
    const { score, error, reconstruction } = await model.run(
      ["score", "error", "reconstruction"],
      data,
      80,
    );
    expect((score!.data as Float32Array).every(Number.isFinite)).toBe(true);
    expect((reconstruction!.data as Float32Array).every(Number.isFinite)).toBe(true);
    const errors = error!.data as Float32Array;
    expect(errors.every((value, i) => !Number.isNaN(data[i]!) || value === 0)).toBe(true);
    const row = Array.from(errors.subarray(0, 24)).filter((_, i) => !Number.isNaN(data[i]!));
    const mean = row.reduce((sum, value) => sum + value, 0) / row.length;
    expect((score!.data as Float32Array)[0]).toBeCloseTo(mean, 4);
  };

  test.each(["basic", "recurrent", "convolutional", "variational", "sparse", "denoising"])(
    "%s",
    async (kind) => {
      const options = { kind, epochs: 3, learningRate: 0.01 };
      const { model, network } = await trained({ ...given, data }, options);
      expect(network.masked).toBe(true);
      await judged(model);
    },
  );

  test.each(["basic", "recurrent", "convolutional"])(
    "%s, where the rows that trained had no gaps",
    async (kind) => {
      const { model, network } = await trained(given, { kind, epochs: 2 });
      expect(network.masked).toBe(false);
      await judged(model);
    },
  );
});

test("noisy rows become the clean ones that are given beside them", async () => {
  const clean = waves(150);
  const source = random(9);
  const data = clean.data.map((value, i) => value + (i % 2 === 0 ? 10 : 0.5) * source.normal());
  const options = { kind: "convolutional", epochs: 60, learningRate: 0.01 };
  const cleaner = await trained({ ...clean, data }, { ...options, clean: arraysFromData(clean) });
  const rebuilt = await cleaner.model.run(["reconstruction"], data, 150);
  const values = rebuilt.reconstruction!.data as Float32Array;
  const distance = (a: Float32Array): number =>
    Math.sqrt(a.reduce((total, v, i) => total + (v - clean.data[i]!) ** 2, 0) / a.length);
  expect(distance(values)).toBeLessThan(0.7 * distance(data));
  await expect(trained(clean, { clean: arraysFromData(waves(20)) })).rejects.toThrow(
    "20 sequences, but 150 noisy ones",
  );
});

test("rows larger than the memory that is allowed train from a file, to the same model", async () => {
  const held = await trained(bars(60), { kind: "convolutional" });
  const streamed = await trained(bars(60), { kind: "convolutional", mostInMemory: 0 });
  const losses = ({ fitted }: typeof held) => fitted.history.map(({ loss }) => loss);
  expect(losses(streamed)).toHaveLength(3);
  expect(losses(streamed).at(-1)!).toBeLessThan(losses(streamed)[0]!);
});

test("what does not go together is refused with the reason", async () => {
  await expect(trained(bars(20), { kind: "recurrent" })).rejects.toThrow(
    "the kind recurrent does not learn from images: it takes sequences",
  );
  await expect(trained(bars(20), { labelled: true })).rejects.toThrow("no classes were found");
  const { model } = await trained(bars(20), { epochs: 1 });
  expect(() => model.batches(arraysFromData(waves(5)))).toThrow("its sequences are 12 x 2");
  await expect(trained(bars(20), { kind: "sparse", latentActivation: "relu" })).rejects.toThrow(
    "the kl penalty needs a code between bounds",
  );
});

test("a detector of sequences scores them in their order, tells its threshold, and can be kept", async () => {
  const given = waves(200);
  const arrays = arraysFromData(given);
  const detector = await detectArrays(arrays, {
    ...{ labelled: true, epochs: 30, learningRate: 0.01, seed: 1 },
  });
  open.push(detector);
  const scored = await detector.score(arrays);
  expect(scored.map(({ row }) => row)).toEqual(Array.from({ length: 200 }, (_, i) => i));
  for (const { score, isAnomaly } of scored) expect(isAnomaly).toBe(score > detector.threshold);
  const { anomalies, ranked } = await detector.rank(arrays);
  expect(anomalies).toBe(scored.filter(({ isAnomaly }) => isAnomaly).length);
  expect(anomalies).toBeGreaterThan(0);
  for (const { reason, ...item } of ranked) {
    expect(item).toEqual(scored[item.row]);
    expect(reason).toMatchObject({ step: expect.any(Number), actual: expect.any(Number) });
  }
  expect(detector.evaluation!.rocAuc).toBeGreaterThan(0.9);
  expect(detector.summary()).toMatch(/threshold .+ \(quantile:0.99\)\nROC AUC [01]\.\d{3}/);
  const path = join(scratch, "waves.onnx");
  await detector.save(path);
  const kept = await ArrayModel.read(path);
  open.push(kept);
  const { score } = await kept.run(["score"], given.data, 200);
  expect(Array.from(score!.data as Float32Array)).toEqual(scored.map((each) => each.score));
  await expect(detector.score(arraysFromData(bars(5)))).rejects.toThrow("its images are 6 x 6 x 1");
});

test("a posterior that collapsed is said", async () => {
  const { notes } = await trained(bars(60), {
    ...{ kind: "variational", variational: { beta: 1000 }, epochs: 20, learningRate: 0.01 },
  });
  expect(notes.map(({ code }) => code)).toContain("posterior_collapsed");
});
