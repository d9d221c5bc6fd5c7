import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Binned, barsOf, countsAbove } from "../../src/explore/threshold/counts.ts";
import { curvesOf, ratesOf } from "../../src/explore/threshold/rates.ts";
import { isThreshold, rounded } from "../../src/explore/threshold/rounded.ts";
import { inOrder, ruleParts } from "../../src/explore/threshold/rules.ts";

/** Bins of whole scores from 0 to `high`, a row for each, labelled or not (null). */
function binned(rows: readonly { score: number; odd: boolean | null }[], high: number): Binned {
  const counts = new Array<number>(high).fill(0);
  const anomalies = new Array<number>(high).fill(0);
  for (const { score, odd } of rows) {
    counts[score]! += 1;
    if (odd === true) anomalies[score]! += 1;
  }
  const labelled = (value: boolean) => rows.filter(({ odd }) => odd === value).length;
  return {
    edges: Array.from({ length: high + 1 }, (_, i) => i),
    ...{ counts, anomalies },
    all: { rows: rows.length, anomalies: labelled(true), normals: labelled(false) },
  };
}

const row = (odd: fc.Arbitrary<boolean | null>) => fc.record({ score: fc.nat(9), odd });

describe("counts from bins", () => {
  test("at an edge they are those of the rows", () => {
    fc.assert(
      fc.property(fc.array(row(fc.boolean())), fc.integer({ min: -1, max: 11 }), (rows, edge) => {
        const above = rows.filter(({ score }) => score >= edge);
        const anomalies = above.filter(({ odd }) => odd).length;
        expect(countsAbove(binned(rows, 10), edge)).toEqual({
          ...{ rows: above.length, anomalies, normals: above.length - anomalies },
        });
      }),
    );
  });

  test("within a bin its rows are spread evenly", () => {
    const rows = Array.from({ length: 8 }, () => ({ score: 3, odd: false }));
    const scores = binned(rows, 10);
    expect(countsAbove(scores, 3.25).rows).toBe(6);
    expect(countsAbove(scores, 3.75).rows).toBe(2);
  });

  test("rows without a label are no normal rows", () => {
    const rows = [null, null, false, false].map((odd) => ({ score: 5, odd }));
    expect(countsAbove(binned(rows, 10), 0)).toEqual({ rows: 4, anomalies: 0, normals: 2 });
  });

  test("scores that are all the same lie above or not", () => {
    const same = { edges: [2, 2], counts: [7], anomalies: [1] };
    const all = { rows: 7, anomalies: 1, normals: 6 };
    expect(countsAbove({ ...same, all }, 1.9)).toEqual(all);
    expect(countsAbove({ ...same, all }, 2).rows).toBe(0);
  });

  test("bars hold every row once", () => {
    fc.assert(
      fc.property(fc.array(row(fc.boolean())), fc.integer({ min: 1, max: 12 }), (rows, size) => {
        const bars = barsOf(binned(rows, 10), size);
        const total = bars.reduce((sum, { others, anomalies }) => sum + others + anomalies, 0);
        expect(total).toBe(rows.length);
        expect(bars[0]!.from).toBe(0);
        expect(bars.at(-1)!.to).toBe(10);
      }),
    );
  });
});

describe("what a threshold comes to", () => {
  const rows = [
    ...[9, 8, 4].map((score) => ({ score, odd: true })),
    ...[8, 5, 3, 2, 1, 0].map((score) => ({ score, odd: false })),
  ];
  const scores = binned(rows, 10);

  test("its rates", () => {
    const { f1, ...rates } = ratesOf(countsAbove(scores, 8), scores.all);
    expect(rates).toEqual({
      ...{ truePositives: 2, falsePositives: 1, falseNegatives: 1, trueNegatives: 5 },
      ...{ precision: 2 / 3, recall: 2 / 3, fallOut: 1 / 6 },
    });
    expect(f1).toBeCloseTo(2 / 3);
  });

  test("nothing flagged has no precision", () => {
    const rates = ratesOf(countsAbove(scores, 10), scores.all);
    expect(rates.precision).toBeNull();
    expect(rates).toMatchObject({ recall: 0, f1: 0, fallOut: 0 });
  });

  test("without anomalies there is no recall", () => {
    const none = binned([{ score: 1, odd: false }], 10);
    expect(ratesOf(countsAbove(none, 0), none.all)).toMatchObject({ recall: null, precision: 0 });
  });

  test("its point lies on both curves", () => {
    const { precision, roc } = curvesOf(scores);
    for (const { score } of rows) {
      const at = ratesOf(countsAbove(scores, score), scores.all);
      expect(precision).toContainEqual({ x: at.recall, y: at.precision });
      expect(roc).toContainEqual({ x: at.fallOut, y: at.recall });
    }
  });

  test("the curves go from nothing to everything", () => {
    const { precision, roc } = curvesOf(scores);
    expect(roc[0]).toEqual({ x: 0, y: 0 });
    expect(roc.at(-1)).toEqual({ x: 1, y: 1 });
    expect(precision[0]).toEqual({ x: 1 / 3, y: 1 });
    expect(precision.at(-1)).toEqual({ x: 1, y: 3 / 9 });
  });
});

describe("a threshold between pixels", () => {
  test("has as few digits as its step lets it", () => {
    expect(rounded(0.457823, 0.002)).toBe(0.458);
    expect(rounded(0.457823, 0.02)).toBe(0.46);
    expect(rounded(-2.468, 0.1)).toBe(-2.5);
    expect(rounded(123456, 200)).toBe(123500);
    expect(rounded(1.5e-9, 1e-10)).toBe(1.5e-9);
  });

  test("is never a step off", () => {
    fc.assert(
      fc.property(
        fc.double({ min: -1e6, max: 1e6, noNaN: true }),
        fc.double({ min: 1e-6, max: 1e3, noNaN: true }),
        (value, step) => Math.abs(rounded(value, step) - value) <= step,
      ),
    );
  });

  test("stays as it is where there is no step", () => {
    expect(rounded(0.123, 0)).toBe(0.123);
  });

  test("is none where a model has none", () => {
    expect(isThreshold(Number.MAX_VALUE)).toBe(false);
    expect(isThreshold(0)).toBe(true);
  });
});

describe("rules", () => {
  test("in parts", () => {
    expect(ruleParts("budget:30/month")).toEqual({ name: "budget", value: 30, per: "month" });
    expect(ruleParts("quantile:0.99")).toEqual({ name: "quantile", value: 0.99, per: null });
    expect(ruleParts("f1")).toEqual({ name: "f1", value: null, per: null });
    expect(ruleParts("of a person")).toEqual({ name: "of a person", value: null, per: null });
  });

  test("budgets first", () => {
    const rules = ["max", "budget:5", "mad:3", "budget:9"].map((rule) => ({ rule }));
    expect(inOrder(rules).map(({ rule }) => rule)).toEqual([
      "budget:5",
      "budget:9",
      "max",
      "mad:3",
    ]);
  });
});
