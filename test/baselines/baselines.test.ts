import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { isolationForest, neighbourScores } from "../../src/baselines/index.ts";
import { rocAuc } from "../../src/metrics/index.ts";
import { mean, sd } from "../../src/metrics/statistics.ts";
import { random } from "../../src/random.ts";

interface Golden {
  readonly columns: number;
  readonly train: readonly number[];
  readonly test: readonly number[];
  readonly labels: readonly number[];
  readonly forest: {
    readonly seeds: number;
    readonly mean: number;
    readonly deviation: number;
    readonly scores: readonly number[];
  };
  readonly distances: readonly number[];
}
const golden: Golden = JSON.parse(
  readFileSync(new URL("../golden/baselines.json", import.meta.url), "utf8"),
);
const { columns, labels } = golden;
const [train, rows] = [Float32Array.from(golden.train), Float32Array.from(golden.test)];

describe("the isolation forest", () => {
  const forests = Array.from({ length: 30 }, (_, seed) =>
    isolationForest(train, columns, { seed }),
  );
  const scores = forests.map((forest) => forest.score(rows));

  test("tells anomalies as well as scikit-learn's, within what seeds make of it", () => {
    const areas = scores.map((score) => rocAuc(score, labels));
    const error = Math.hypot(sd(areas), golden.forest.deviation) / Math.sqrt(areas.length);
    expect(Math.abs(mean(areas) - golden.forest.mean)).toBeLessThan(4 * error);
    expect(sd(areas)).toBeLessThan(2 * golden.forest.deviation);
  });

  test("gives each row the score of scikit-learn's, on average over seeds", () => {
    const differences = labels.map(
      (_, i) => mean(scores.map((score) => score[i]!)) - golden.forest.scores[i]!,
    );
    // a score of one forest deviates by some 0.01, a mean of 30 by 0.002
    expect(Math.abs(mean(differences))).toBeLessThan(0.002);
    expect(Math.max(...differences.map(Math.abs))).toBeLessThan(0.012);
  });

  test("is the same for the same seed, and another for another", () => {
    const again = isolationForest(train, columns, { seed: 1 }).score(rows);
    expect(again).toEqual(scores[1]);
    expect(again).not.toEqual(scores[2]);
  });

  test("takes rows that are all the same, and columns that never change", () => {
    const same = new Float32Array(40).fill(7);
    const forest = isolationForest(same, 4);
    expect([...forest.score(same)]).toEqual(new Array(10).fill(forest.score(same)[0]));
    const source = random(1);
    const half = Float32Array.from({ length: 200 }, (_, i) => (i % 2 ? source.normal() : 3));
    const [usual, odd] = isolationForest(half, 2).score(Float32Array.of(3, 0, 3, 9));
    expect(odd).toBeGreaterThan(usual!);
    expect(() => isolationForest(same, 3)).toThrow("rows of 3 columns");
    expect(() => forest.score(new Float32Array(5))).toThrow("rows of 4 columns");
  });
});

describe("the distance to the k-th neighbour", () => {
  test("is that of scikit-learn", () => {
    const scores = neighbourScores(train, rows, columns);
    for (const [i, score] of scores.entries()) expect(score).toBeCloseTo(golden.distances[i]!, 4);
  });

  test("is of a sample where known rows are many, and of all where they are fewer than k", () => {
    const sampled = neighbourScores(train, rows, columns, { most: 100, seed: 1 });
    expect(sampled).not.toEqual(neighbourScores(train, rows, columns, { most: 100, seed: 2 }));
    expect(rocAuc(sampled, labels)).toBeGreaterThan(0.8);
    expect([...neighbourScores(Float32Array.of(0, 3), Float32Array.of(1), 1)]).toEqual([2]);
  });
});
