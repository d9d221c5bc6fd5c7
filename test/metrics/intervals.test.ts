import { describe, expect, test } from "vitest";
import { shareInterval } from "../../src/metrics/binomial.ts";
import {
  averagePrecision,
  comparePrecision,
  rocAuc,
  rocAucInterval,
} from "../../src/metrics/index.ts";
import { random } from "../../src/random.ts";

/** The interval by the definition of DeLong et al., all pairs one by one. */
function byDefinition(scores: readonly number[], labels: readonly number[]) {
  const x = scores.filter((_, i) => labels[i] === 1);
  const y = scores.filter((_, i) => labels[i] === 0);
  const psi = (a: number, b: number) => (a > b ? 1 : a === b ? 0.5 : 0);
  const mean = (list: readonly number[]) => list.reduce((a, b) => a + b, 0) / list.length;
  const variance = (list: readonly number[]) =>
    list.reduce((sum, v) => sum + (v - mean(list)) ** 2, 0) / (list.length - 1);
  const v10 = x.map((a) => mean(y.map((b) => psi(a, b))));
  const v01 = y.map((b) => mean(x.map((a) => psi(a, b))));
  const auc = mean(v10);
  const reach = 1.959964 * Math.sqrt(variance(v10) / x.length + variance(v01) / y.length);
  return { auc, low: Math.max(0, auc - reach), high: Math.min(1, auc + reach) };
}

/** Rounded scores, so that some are tied, of which one in `every` is an anomaly that is shifted. */
function drawn(n: number, seed: number, shift: number, every = 4) {
  const source = random(seed);
  const labels = Array.from({ length: n }, (_, i) => (i % every === 0 ? 1 : 0));
  const scores = labels.map(
    (label) => Math.round(10 * (source.normal() + (label ? shift : 0))) / 10,
  );
  return { labels, scores };
}

describe("the interval of ROC AUC", () => {
  test.each([
    [40, 1, 0.8],
    [200, 2, 0],
    [57, 3, 2],
  ])("of %i rows is that of the definition, ties included", (n, seed, shift) => {
    const { scores, labels } = drawn(n, seed, shift);
    const found = rocAucInterval(scores, labels);
    const wanted = byDefinition(scores, labels);
    expect(found.auc).toBeCloseTo(rocAuc(scores, labels), 12);
    for (const name of ["auc", "low", "high"] as const)
      expect(found[name], name).toBeCloseTo(wanted[name], 10);
  });

  test("by hand: 3 anomalies, 4 others", () => {
    // V10 = 1, 3/4, 2/4; V01 = 1, 1, 2/3, 1/3: variances 1/16 and 0.1018518..., the area is 3/4
    const { auc, low, high } = rocAucInterval([7, 5, 3, 1, 2, 4, 6], [1, 1, 1, 0, 0, 0, 0]);
    expect(auc).toBeCloseTo(0.75, 12);
    const reach = 1.959964 * Math.sqrt(1 / 16 / 3 + 11 / 108 / 4);
    expect(low).toBeCloseTo(0.75 - reach, 12);
    expect(high).toBe(1);
  });

  test("holds the true area in about 95 of 100 samples", () => {
    const truth = 0.7602; // of two normal distributions one deviation apart
    const inside = Array.from({ length: 300 }, (_, seed) => {
      const source = random(seed, 9);
      const labels = Array.from({ length: 120 }, (_, i) => (i < 40 ? 1 : 0));
      const { low, high } = rocAucInterval(
        labels.map((label) => source.normal() + label),
        labels,
      );
      return low <= truth && truth <= high;
    }).filter((holds) => holds).length;
    expect(inside).toBeGreaterThan(270);
    expect(inside).toBeLessThan(297);
  });

  test("knows nothing of one anomaly, has no width where the order is perfect, and needs both classes", () => {
    expect(rocAucInterval([3, 1, 2], [1, 0, 0])).toEqual({ auc: 1, low: 0, high: 1 });
    expect(rocAucInterval([4, 3, 1, 2], [1, 1, 0, 0])).toEqual({ auc: 1, low: 1, high: 1 });
    expect(rocAucInterval([1, 2], [0, 0]).low).toBeNaN();
  });
});

describe("a paired bootstrap of average precision", () => {
  test("gives the average precision of both, and nearly always sees a clear difference", () => {
    const { scores, labels } = drawn(400, 5, 2, 10);
    const noise = drawn(400, 6, 0, 10).scores;
    const found = comparePrecision(scores, noise, labels);
    expect(found.first).toBe(averagePrecision(scores, labels));
    expect(found.second).toBe(averagePrecision(noise, labels));
    expect(found.pValue).toBe(1 / 1000);
    expect(comparePrecision(noise, scores, labels).pValue).toBe(1);
  });

  test("of a ranking with itself is never ahead, and the same seed draws the same", () => {
    const { scores, labels } = drawn(100, 7, 1);
    const other = drawn(100, 8, 0.7).scores;
    expect(comparePrecision(scores, scores, labels).pValue).toBe(1);
    const once = comparePrecision(scores, other, labels, { seed: 3, draws: 200 });
    expect(comparePrecision(scores, other, labels, { seed: 3, draws: 200 })).toEqual(once);
    expect(once.pValue).not.toBe(
      comparePrecision(scores, other, labels, { seed: 4, draws: 200 }).pValue,
    );
  });

  test("draws whole rows: the resampled precision of weighted rows is that of the rows written out", () => {
    // with one anomaly and one other row every draw is the sample itself
    expect(comparePrecision([2, 1], [1, 2], [1, 0], { draws: 9 }).pValue).toBe(0.1);
    // all scores tied: one level, precision is the share of anomalies, whatever is drawn
    expect(comparePrecision([2, 1, 1], [1, 1, 1], [1, 0, 0], { draws: 9 }).pValue).toBe(0.1);
  });

  test("of two rankings without signal seldom says that the first is better", () => {
    const better = Array.from({ length: 150 }, (_, seed) => {
      const source = random(seed, 11);
      const draw = () => Array.from({ length: 150 }, () => source.uniform());
      const labels = Array.from({ length: 150 }, (_, i) => (i < 12 ? 1 : 0));
      return comparePrecision(draw(), draw(), labels, { draws: 199 }).pValue <= 0.01;
    }).filter((each) => each).length;
    expect(better).toBeLessThan(6);
  });

  test("may end as soon as the first was behind often enough", () => {
    const { scores, labels } = drawn(100, 7, 1);
    const other = drawn(100, 8, 0.9).scores;
    const all = comparePrecision(scores, other, labels).pValue;
    const some = comparePrecision(scores, other, labels, { enough: 20 }).pValue;
    expect(Math.abs(some - all)).toBeLessThan(0.15);
    expect(comparePrecision(scores, scores, labels, { enough: 5 }).pValue).toBe(1);
  });

  test("needs rows of both classes", () => {
    expect(() => comparePrecision([1, 2], [2, 1], [1, 1])).toThrow(/both classes/);
  });
});

test.each([
  [10, 100],
  [0, 50],
  [7, 7],
])(
  "the share of %d of %d lies within so many of its own deviations of what was drawn",
  (count, n) => {
    const { share, low, high } = shareInterval(count, n, 1.96);
    expect(share).toBe(count / n);
    for (const limit of [low, high])
      expect(Math.abs(limit - share)).toBeCloseTo(1.96 * Math.sqrt((limit * (1 - limit)) / n), 12);
    expect(low).toBeLessThanOrEqual(share);
    expect(high).toBeGreaterThanOrEqual(share);
  },
);
