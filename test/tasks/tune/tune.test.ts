import { describe, expect, test } from "vitest";
import { arraysFromData } from "../../../src/data/memory/memory-arrays.ts";
import { tune, tuneArrays } from "../../../src/node.ts";
import { rungsOf } from "../../../src/tasks/tune/search.ts";
import { candidate } from "../../../src/tasks/tune/search-space.ts";
import { mixedCsv } from "../tables.ts";

const budget = 600;

describe("candidates", () => {
  const ground = { content: "tables", cells: 12, latentDim: null, usual: 3 } as const;

  test("are the usual network, then the same for the same seed, however many there are", () => {
    expect(candidate(ground, 0, {}, 1)).toEqual({});
    expect(candidate({ ...ground, latentDim: 3 }, 0, {}, 1)).toEqual({ latentDim: 3 });
    expect(candidate(ground, 7, {}, 1)).toEqual(candidate(ground, 7, {}, 1));
    const texts = (seed: number) =>
      Array.from({ length: 20 }, (_, i) => JSON.stringify(candidate(ground, i, {}, seed)));
    expect(new Set(texts(1)).size).toBeGreaterThan(18);
    expect(texts(1).slice(1)).not.toEqual(texts(2).slice(1));
  });

  test.each(["tables", "images", "sequences"] as const)("of %s keep what is stated", (content) => {
    const given = { kind: "denoising", learningRate: 0.5, latentDim: 2 };
    for (let i = 1; i < 30; i++)
      expect(candidate({ ...ground, content, cells: 64 }, i, given, 1)).toMatchObject(given);
  });

  test("aim at the squared error where that judges", () => {
    for (let i = 1; i < 60; i++) {
      const { kind, latentDim } = candidate({ ...ground, latentDim: 3 }, i, {}, 1);
      expect(["basic", "denoising"]).toContain(kind);
      expect(latentDim).toBe(3);
    }
  });
});

test("rungs have three times as many epochs as those below", () => {
  expect(rungsOf(200)).toEqual([7, 22, 66, 200]);
  expect(rungsOf(10)).toEqual([3, 10]);
  expect(rungsOf(2)).toEqual([2]);
});

test("with a label the winner has the best precision on rows that choose, and is proved on others", async () => {
  const heard: number[] = [];
  const { search, trained, options } = await tune(mixedCsv("tuned.csv", 500), {
    ...{ label: "class", epochs: 9, trials: 4, budget },
    onTrial: ({ number, epochs }) => heard.push(100 * epochs + number),
  });
  expect(search).toMatchObject({ labelled: true, latentDim: null, rungs: [3, 9] });
  // four for 3 epochs, the best two of them for 9
  expect(heard.slice(0, 4)).toEqual([300, 301, 302, 303]);
  expect(heard.slice(4).every((mark) => mark >= 900)).toBe(true);
  expect(heard).toHaveLength(6);
  const last = search.candidates.filter(({ rung }) => rung === 1);
  expect(search.winner.merit).toBe(Math.max(...last.map(({ merit }) => merit!)));
  expect(options).toMatchObject({ ...search.winner.options, epochs: 9 });
  // the network that is saved is the very one that was proved
  expect(trained.evaluation!.rocAuc).toBe(search.proof!.winner.rocAuc);
  expect(trained.evaluation!.averagePrecision).toBe(search.proof!.winner.averagePrecision);
  expect(search.proof!.usual.rocAuc).toBeGreaterThan(0);
  await trained.model.dispose();
});

test("without one all have a code of one size", async () => {
  const { search, trained } = await tune(mixedCsv("plain.csv", 300), {
    ...{ ignore: ["class"], epochs: 3, trials: 5, latentDim: 2, budget },
  });
  expect(search).toMatchObject({ labelled: false, latentDim: 2, rows: { choose: 30, test: 30 } });
  for (const { options } of search.candidates) expect(options.latentDim).toBe(2);
  expect(search.winner.merit).toBeLessThan(0);
  expect(trained.model.latentDim).toBe(2);
  expect(search.proof!.pca!.error).toBeGreaterThan(0);
  await trained.model.dispose();
});

test("images are searched too", async () => {
  const data = Float32Array.from({ length: 60 * 36 }, (_, i) => ((i % 6) * (i % 5) * 255) / 20);
  const arrays = arraysFromData({ data, shape: [60, 6, 6, 1] });
  const { search, trained } = await tuneArrays(arrays, { epochs: 2, trials: 6, budget });
  expect(search.candidates).toHaveLength(6);
  expect(trained.model.latentDim).toBe(search.latentDim);
  await trained.model.dispose();
});

test("an interruption keeps the best so far", async () => {
  const stop = new AbortController();
  const { search, trained, options } = await tune(mixedCsv("stopped.csv", 300), {
    ...{ label: "class", epochs: 9, trials: 50, budget, signal: stop.signal },
    onTrial: ({ number }) => {
      if (number === 2) stop.abort();
    },
  });
  expect(search).toMatchObject({ interrupted: true, proof: null });
  expect(search.candidates).toHaveLength(3);
  expect(options.epochs).toBe(3);
  expect(trained.fitted.history).toHaveLength(3);
  await trained.model.dispose();
});

test("a search of which nothing comes is an error, not a model", async () => {
  const options = { label: "class", epochs: 3, trials: 3, learningRate: 1e30, optimizer: "sgd" };
  await expect(
    tune(mixedCsv("diverging.csv", 200), { ...options, budget } as never),
  ).rejects.toThrow("no candidate came to an end");
});
