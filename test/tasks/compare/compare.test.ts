import { describe, expect, test } from "vitest";
import { arraysFromData } from "../../../src/data/memory/memory-arrays.ts";
import { compare, compareArrays } from "../../../src/node.ts";
import { random } from "../../../src/random.ts";
import { overSeeds } from "../../../src/tasks/compare/compare.ts";
import { settings, settingsFor } from "../../../src/tasks/compare/settings.ts";
import { pairedDifference } from "../../../src/tasks/workbench/paired.ts";
import { mixedCsv } from "../tables.ts";

describe("with a label", () => {
  test("autoencoders and baselines tell anomalies of the same rows, seed by seed", async () => {
    const heard: string[] = [];
    const found = await compare(mixedCsv("contest.csv", 500), {
      ...{ label: "class", epochs: 10, seeds: 2, budget: 600, learningRate: 0.01 },
      onRun: ({ name }, { seed }) => heard.push(`${name} ${seed}`),
    });
    expect(found.labelled).toBe(true);
    expect(found.rows).toMatchObject({ train: 256, calibrate: 100, test: 100 });
    expect(found.baseRate).toBe(0.05);
    const names = found.contenders.map(({ name }) => name);
    expect(names).toEqual(
      expect.arrayContaining(["basic", "linear", "pca", "isolationForest", "neighbours"]),
    );
    for (const { runs, role, options } of found.contenders) {
      expect(runs.map(({ seed }) => seed)).toEqual([42, 43]);
      expect(runs.every(({ cut }) => !cut)).toBe(true);
      expect(options === null).toBe(role === "baseline");
      for (const run of runs) expect(run.rocAuc).toBeGreaterThan(0.3);
    }
    expect(heard).toHaveLength(2 * names.length);
    expect(found.duel!.seeds).toBe(2);
    const { name, rocAuc, rocAucInterval } = found.best!;
    const { runs } = found.contenders.find((each) => each.name === name)!;
    expect(rocAuc).toBeCloseTo((runs[0]!.rocAuc! + runs[1]!.rocAuc!) / 2, 12);
    expect(rocAucInterval[0]).toBeLessThan(rocAuc);
    expect(found.best).toMatchObject({ rows: 100, anomalies: 5 });
    const basic = found.contenders.find(({ name }) => name === "basic")!;
    const { mean } = overSeeds(basic.runs, "rocAuc")!;
    expect(mean).toBeCloseTo((basic.runs[0]!.rocAuc! + basic.runs[1]!.rocAuc!) / 2, 12);
  });

  test("too few anomalies to judge by are refused", async () => {
    const path = mixedCsv("few.csv", 60);
    await expect(compare(path, { label: "class", epochs: 1 })).rejects.toThrow(
      "3 anomalies are too few",
    );
  });
});

test("without a label codes of one size are compared by what they lose", async () => {
  const found = await compare(mixedCsv("rebuilt.csv", 300), {
    ...{ ignore: ["class"], epochs: 5, seeds: 1, budget: 600, latentDim: 2 },
  });
  expect(found.labelled).toBe(false);
  expect(found.baseRate).toBeNull();
  expect(found.best).toBeNull();
  const error = (name: string, latentDim: number): number =>
    found.contenders.find((each) => each.name === name && each.latentDim === latentDim)!.runs[0]!
      .error!;
  expect(error("mean", 0)).toBeGreaterThan(error("pca", 1));
  expect(error("pca", 1)).toBeGreaterThan(error("pca", 2));
  expect(found.duel).toMatchObject({ latentDim: 2, baseline: "pca", seeds: 1 });
  expect(found.duel!.difference.clear).toBe(false);
});

test("a budget that is soon spent gives the first of all, and says what it left out", async () => {
  const found = await compare(mixedCsv("hurry.csv", 400), {
    ...{ label: "class", epochs: 100_000, patience: 0, seeds: 5, budget: 0.5 },
  });
  const [basic] = found.contenders;
  expect(basic!.runs.length).toBeGreaterThan(0);
  expect(basic!.runs[0]!.cut).toBe("budget");
  expect(found.contenders.some(({ runs }) => runs.length === 0)).toBe(true);
});

test("images are compared with the networks that they have", async () => {
  const source = random(1);
  const data = new Float32Array(80 * 36);
  const labels = Array.from({ length: 80 }, (_, i) => (i % 5 === 4 ? "odd" : "fine"));
  for (const [i, label] of labels.entries())
    for (let k = 0; k < 36; k++)
      data[i * 36 + k] = label === "odd" ? 255 * source.uniform() : k % 6 === i % 3 ? 255 : 0;
  const arrays = arraysFromData({ data, shape: [80, 6, 6, 1], labels });
  const options = { epochs: 2, seeds: 1, budget: 600 };
  const found = await compareArrays(arrays, { ...options, labelled: true });
  const names = found.contenders.map(({ name }) => name);
  expect(names).toContain("convolutional");
  expect(names).not.toContain("recurrent");
  expect(found.contenders.every(({ runs }) => runs[0]!.rocAuc! >= 0)).toBe(true);
  const rebuilt = await compareArrays(arrays, options);
  expect(rebuilt.labelled).toBe(false);
  await expect(
    compareArrays(arraysFromData({ data, shape: [80, 6, 6, 1] }), { labelled: true }),
  ).rejects.toThrow("no classes were found");
});

test("a setting is one row, and has a name of its own", () => {
  const names = settings.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  for (const content of ["tables", "images", "sequences"] as const) {
    expect(settingsFor(content, true)[0]!.name).toBe("basic");
    expect(settingsFor(content, false).some(({ detects }) => detects)).toBe(false);
  }
});

describe("paired differences", () => {
  test("are clear as Student's t says", () => {
    // t of three pairs: mean 1, sd 0.4, error 0.4 / sqrt(3), t = 4.33 > 4.303
    const clear = pairedDifference([0.6, 1, 1.4], [0, 0, 0]);
    expect(clear.mean).toBeCloseTo(1, 12);
    expect(clear.error).toBeCloseTo(0.4 / Math.sqrt(3), 12);
    expect(clear.clear).toBe(true);
    expect(pairedDifference([0.59, 1, 1.41], [0, 0, 0]).clear).toBe(false);
    expect(pairedDifference([1], [0])).toMatchObject({ mean: 1, clear: false });
    const many = Array.from({ length: 30 }, (_, i) => (i % 2 ? 1 : -1));
    // sd 1.017, error 0.1857, t 0.975 of 29 degrees 2.045: 0.3797
    const shifted = (by: number) =>
      pairedDifference(
        many.map((x) => x + by),
        many.map(() => 0),
      );
    expect([shifted(0.378).clear, shifted(0.3815).clear]).toEqual([false, true]);
  });

  test("are less so where splits share rows", () => {
    const { error, clear } = pairedDifference([0.6, 1, 1.4], [0, 0, 0], { overlap: 1 / 3 });
    expect(error).toBeCloseTo(0.4 * Math.sqrt(2 / 3), 12);
    expect(clear).toBe(false);
  });
});
