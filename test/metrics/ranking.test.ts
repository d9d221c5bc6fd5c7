import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { confusion, f1, fBeta, precision, recall } from "../../src/metrics/confusion.ts";
import { precisionRecallCurve, rocCurve } from "../../src/metrics/curves.ts";
import { averagePrecision, precisionAt, rocAuc } from "../../src/metrics/ranking.ts";
import { distance, golden } from "./golden.ts";

describe.each(golden.rankings)("$name, as in scikit-learn", (expected) => {
  const scores = Float64Array.from(expected.scores);
  const labels = Uint8Array.from(expected.labels);

  test("the areas agree", () => {
    expect(rocAuc(scores, labels)).toBeCloseTo(expected.rocAuc, 12);
    expect(averagePrecision(scores, labels)).toBeCloseTo(expected.averagePrecision, 12);
  });

  test("the precision-recall curve agrees point by point", () => {
    const curve = precisionRecallCurve(scores, labels);
    for (const part of ["precision", "recall", "thresholds"] as const)
      expect(distance(curve[part], expected.precisionRecallCurve[part])).toBeLessThan(1e-12);
  });

  test("the ROC curve agrees point by point", () => {
    const curve = rocCurve(scores, labels);
    for (const part of ["falsePositiveRate", "truePositiveRate"] as const)
      expect(distance(curve[part], expected.rocCurve[part])).toBeLessThan(1e-12);
    expect(curve.thresholds[0]).toBe(Number.POSITIVE_INFINITY);
    expect(distance(curve.thresholds.subarray(1), expected.rocCurve.thresholds)).toBe(0);
  });

  test("the counts and what is made of them agree", () => {
    const counts = confusion(expected.alarms, labels);
    expect([
      counts.trueNegatives,
      counts.falsePositives,
      counts.falseNegatives,
      counts.truePositives,
    ]).toEqual(expected.confusion);
    expect(precision(counts)).toBeCloseTo(expected.precision, 12);
    expect(recall(counts)).toBeCloseTo(expected.recall, 12);
    expect(f1(counts)).toBeCloseTo(expected.f1, 12);
    expect(fBeta(counts, 2)).toBeCloseTo(expected.f2, 12);
  });
});

/** Scores with ties, and labels that hold both classes. */
const ranked = fc
  .array(fc.tuple(fc.integer({ min: -8, max: 8 }), fc.boolean()), { minLength: 2, maxLength: 40 })
  .filter((rows) => rows.some(([, label]) => label) && rows.some(([, label]) => !label))
  .map((rows) => ({
    scores: Float32Array.from(rows, ([score]) => score),
    labels: rows.map(([, label]) => label),
  }));

describe("laws", () => {
  test("a rising map of the scores changes no area", () => {
    fc.assert(
      fc.property(ranked, ({ scores, labels }) => {
        const mapped = Float64Array.from(scores, (score) => Math.exp(score / 4) - 3);
        expect(rocAuc(mapped, labels)).toBe(rocAuc(scores, labels));
        expect(averagePrecision(mapped, labels)).toBe(averagePrecision(scores, labels));
      }),
    );
  });

  test("reversed scores have one minus the ROC AUC", () => {
    fc.assert(
      fc.property(ranked, ({ scores, labels }) => {
        const reversed = scores.map((score) => -score);
        expect(rocAuc(reversed, labels)).toBeCloseTo(1 - rocAuc(scores, labels), 12);
      }),
    );
  });

  test("the ROC AUC is the share of pairs in the right order, ties half", () => {
    fc.assert(
      fc.property(ranked, ({ scores, labels }) => {
        let right = 0;
        let pairs = 0;
        labels.forEach((anomaly, i) => {
          if (!anomaly) return;
          labels.forEach((other, j) => {
            if (other) return;
            pairs++;
            right += scores[i]! > scores[j]! ? 1 : scores[i] === scores[j] ? 0.5 : 0;
          });
        });
        expect(rocAuc(scores, labels)).toBeCloseTo(right / pairs, 12);
      }),
    );
  });

  test("precision at all rows is the base rate, and at one row the share among the highest", () => {
    fc.assert(
      fc.property(ranked, ({ scores, labels }) => {
        const base = labels.filter(Boolean).length / labels.length;
        expect(precisionAt(scores, labels, labels.length)).toBeCloseTo(base, 12);
        expect(precisionAt(scores, labels, labels.length + 5)).toBeCloseTo(base, 12);
        const highest = labels.filter((_, i) => scores[i] === Math.max(...scores));
        const share = highest.filter(Boolean).length / highest.length;
        expect(precisionAt(scores, labels, 1)).toBeCloseTo(share, 12);
      }),
    );
  });

  test("the order of the rows does not matter", () => {
    fc.assert(
      fc.property(ranked, ({ scores, labels }) => {
        const turned = [scores.toReversed(), labels.toReversed()] as const;
        expect(rocAuc(...turned)).toBe(rocAuc(scores, labels));
        expect(precisionAt(...turned, 3)).toBe(precisionAt(scores, labels, 3));
      }),
    );
  });
});

describe("at the edges", () => {
  test("a perfect and a useless ranking have areas 1 and one half", () => {
    expect(rocAuc([1, 2, 3, 4], [0, 0, 1, 1])).toBe(1);
    expect(averagePrecision([1, 2, 3, 4], [0, 0, 1, 1])).toBe(1);
    expect(rocAuc([5, 5, 5, 5], [0, 1, 0, 1])).toBe(0.5);
    expect(rocAuc([0, -0], [1, 0])).toBe(0.5);
  });

  test("one class alone has no ROC AUC", () => {
    expect(rocAuc([1, 2], [0, 0])).toBeNaN();
    expect(averagePrecision([1, 2], [0, 0])).toBeNaN();
    expect(precisionAt([], [], 3)).toBeNaN();
  });

  test("counts without alarms or anomalies make zeros, not NaN", () => {
    const none = confusion([0, 0], [false, false]);
    expect([precision(none), recall(none), f1(none)]).toEqual([0, 0, 0]);
  });

  test("unequal lengths and NaN scores are refused", () => {
    expect(() => rocAuc([1, 2], [1])).toThrow("one label a score is needed, got 1 for 2");
    expect(() => rocAuc([1, Number.NaN], [1, 0])).toThrow("score 1 is not a number");
    expect(() => confusion([1], [1, 0])).toThrow("one label a row is needed, got 2 for 1");
  });

  test("a million rows, most of them tied with none, are ranked", () => {
    const scores = Float32Array.from({ length: 1e6 }, (_, i) => (i * 7919) % 1_000_003);
    const labels = Uint8Array.from(scores, (score) => (score > 980_000 ? 1 : 0));
    expect(rocAuc(scores, labels)).toBe(1);
  });
});
