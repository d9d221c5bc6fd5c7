import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { EspejoError } from "../../src/errors.ts";
import { confusion, fBeta, precision, recall } from "../../src/metrics/confusion.ts";
import { fitPareto, paretoExcess } from "../../src/metrics/pareto.ts";
import { quantile } from "../../src/metrics/statistics.ts";
import {
  chooseThreshold,
  formatThreshold,
  needsLabels,
  parseThreshold,
} from "../../src/metrics/threshold.ts";
import { random } from "../../src/random.ts";
import { golden } from "./golden.ts";

const every = [
  "quantile:0.99",
  "contamination:0.05",
  "sd:3",
  "mad:3.5",
  "max",
  "budget:50",
  "conformal:0.01",
  "pot:0.001",
  "f1",
  "fbeta:2",
  "recall:0.8",
  "precision:0.9",
  "cost:10",
];
const byLabels = every.filter((text) => needsLabels(parseThreshold(text)));

const choose = (text: string, scores: ArrayLike<number>, labels?: ArrayLike<number | boolean>) =>
  chooseThreshold(parseThreshold(text), scores, labels);

const alarms = (scores: ArrayLike<number>, threshold: number): boolean[] =>
  Array.from(scores, (score) => score > threshold);

const count = (marks: readonly boolean[]): number => marks.filter(Boolean).length;

describe("reading a rule", () => {
  test.each(every)("%s is read and written back", (text) => {
    expect(formatThreshold(parseThreshold(text))).toBe(text);
    expect(parseThreshold(` ${text.toUpperCase()} `)).toEqual(parseThreshold(text));
  });

  test.each([
    [
      "",
      "must be one of quantile:0.99, contamination:0.05, sd:3, mad:3.5, max, budget:50, conformal:0.01, pot:0.001, f1",
    ],
    ["percentile:99", "must be one of quantile:0.99"],
    ["toString", "must be one of quantile:0.99"],
    ["sd:3:4", "must be one of quantile:0.99"],
    ["quantile", "quantile needs a number in [0, 1], as in quantile:0.99, got quantile"],
    ["quantile:", "quantile needs a number in [0, 1]"],
    ["quantile:1.1", "quantile needs a number in [0, 1]"],
    ["contamination:1", "contamination needs a number in (0, 1), as in contamination:0.05"],
    ["sd:-1", "sd needs a number above 0, as in sd:3"],
    ["mad:Infinity", "mad needs a number above 0, as in mad:3.5"],
    ["max:3", "max takes no number"],
    ["f1:2", "f1 takes no number"],
    ["budget:2.5", "budget needs a whole number of alerts above 0, as in budget:50"],
    ["recall:80%", "recall needs a number in (0, 1], as in recall:0.8"],
    ["cost:0", "cost needs a number above 0, as in cost:10"],
  ])("%j is refused, and the message says what would do", (text, message) => {
    expect(() => parseThreshold(text)).toThrow(EspejoError);
    expect(() => parseThreshold(text)).toThrow(`threshold: ${message}`);
  });
});

describe("without labels", () => {
  const scores = Float64Array.from({ length: 101 }, (_, i) => i);

  test("a quantile leaves its share above, and a contamination is its share", () => {
    expect(choose("quantile:0.9", scores).threshold).toBe(90);
    expect(choose("contamination:0.05", scores).threshold).toBeCloseTo(95, 12);
  });

  test("the greatest calibration score itself is no alarm", () => {
    expect(choose("max", scores)).toEqual({
      threshold: 100,
      rule: "max",
      parameters: { rows: 101 },
    });
  });

  test("sd and mad count deviations from the centre", () => {
    const sdOfSteps = Math.sqrt((101 * 102) / 12);
    expect(choose("sd:3", scores).threshold).toBeCloseTo(50 + 3 * sdOfSteps, 10);
    expect(choose("mad:3.5", scores).threshold).toBeCloseTo(50 + 3.5 * 1.4826022185 * 25, 6);
    expect(choose("mad:3.5", scores).parameters).toEqual({ median: 50, mad: 25, rows: 101 });
  });

  test("a budget is spent exactly, halfway between two scores, and said as a quantile", () => {
    const { threshold, parameters } = choose("budget:50", scores);
    expect(threshold).toBe(50.5);
    expect(parameters).toEqual({ quantile: 1 - 50 / 101, alarms: 50, rows: 101 });
  });

  test("a budget is never overspent, ties or not, and a large one alarms on every row", () => {
    const tied = fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(tied, fc.integer({ min: 1, max: 40 }), (values, n) => {
        const single = Float32Array.from(values);
        const { threshold, parameters } = choose(`budget:${n}`, single);
        const spent = count(alarms(single, threshold));
        expect(spent).toBeLessThanOrEqual(n);
        expect(parameters.alarms).toBe(spent);
        if (n >= values.length) expect(spent).toBe(values.length);
        if (new Set(values).size === values.length) expect(spent).toBe(Math.min(n, values.length));
      }),
    );
  });
});

/** Scores in eighths, so that float32 and double hold them alike, with at least one anomaly. */
const labelled = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 40 }), fc.boolean()), { minLength: 1, maxLength: 25 })
  .filter((rows) => rows.some(([, label]) => label))
  .map((rows) => ({
    scores: Float32Array.from(rows, ([score]) => score / 8),
    labels: rows.map(([, label]) => label),
  }));

describe("with labels", () => {
  const worth = {
    f1: (counts: Counts) => fBeta(counts, 1),
    "fbeta:2": (counts: Counts) => fBeta(counts, 2),
    "precision:0.9": (counts: Counts) => (precision(counts) >= 0.9 ? counts.truePositives : 0),
    "cost:10": (counts: Counts) => -10 * counts.falseNegatives - counts.falsePositives,
  };
  type Counts = ReturnType<typeof confusion>;

  test.each(Object.entries(worth))("%s is the best of all thresholds", (text, value) => {
    fc.assert(
      fc.property(labelled, ({ scores, labels }) => {
        const reached = (t: number) => value(confusion(alarms(scores, t), labels));
        const found = reached(choose(text, scores, labels).threshold);
        for (const t of [-1, ...scores]) expect(found).toBeGreaterThanOrEqual(reached(t));
      }),
    );
  });

  test("a recall is reached with as few alarms as can be", () => {
    fc.assert(
      fc.property(labelled, ({ scores, labels }) => {
        const { threshold } = choose("recall:0.8", scores, labels);
        expect(recall(confusion(alarms(scores, threshold), labels))).toBeGreaterThanOrEqual(0.8);
        const next = scores.filter((score) => score > threshold).sort()[0]!;
        expect(recall(confusion(alarms(scores, next), labels))).toBeLessThan(0.8);
      }),
    );
  });

  test("thresholds lie midway, and the parameters tell what was reached", () => {
    const { threshold, parameters } = choose("f1", [1, 2, 4, 8], [0, 0, 1, 1]);
    expect(threshold).toBe(3);
    expect(parameters).toMatchObject({ precision: 1, recall: 1, f1: 1, rows: 4 });
  });

  test("a dear false alarm leads to none at all", () => {
    expect(choose("cost:0.1", [1, 2, 3], [1, 0, 0]).threshold).toBe(3);
  });

  test.each(byLabels)("%s without labels, or without an anomaly, says what to do", (text) => {
    expect(() => choose(text, [1, 2])).toThrow(
      `threshold: ${text} needs labelled calibration rows; name a label column`,
    );
    expect(() => choose(text, [1, 2], [0, 0])).toThrow(
      "needs an anomaly among the calibration rows",
    );
  });
});

describe.each(every)("%s", (text) => {
  const scores = Float32Array.from({ length: 140 }, (_, i) => Math.fround(Math.sqrt(i) / 3));
  const labels = scores.map((_, i) => (i % 7 === 6 || i > 135 ? 1 : 0));

  test("gives a float32 threshold for float32 scores", () => {
    const { threshold } = choose(text, scores, labels);
    expect(threshold).toBe(Math.fround(threshold));
  });

  test("works on one row and on constant scores", () => {
    const least = text.startsWith("conformal") || text.startsWith("pot") ? 100 : 1;
    for (const rows of [least, 3 * least]) {
      const same = new Array<number>(rows).fill(2);
      const { threshold } = choose(
        text,
        Float32Array.from(same),
        same.map(() => 1),
      );
      expect(Number.isFinite(threshold)).toBe(true);
    }
  });

  test("refuses no scores and scores that are not finite", () => {
    expect(() => choose(text, [], [])).toThrow("no calibration scores");
    expect(() => choose(text, [1, Number.NaN], [1, 0])).toThrow("score 1 must be finite, got NaN");
  });
});

test("two neighbouring float32 scores are still told apart", () => {
  const scores = Float32Array.of(1, 1 + 2 ** -23);
  const { threshold } = choose("f1", scores, [0, 1]);
  expect(alarms(scores, threshold)).toEqual([false, true]);
  expect(quantile(scores, 0)).toBe(threshold);
});

describe("a conformal threshold", () => {
  test("keeps its promise: normal rows pass it as seldom as it says", () => {
    const source = random(11);
    const draw = (n: number) => Float64Array.from({ length: n }, () => source.normal() ** 2);
    let alarms = 0;
    const [runs, fresh] = [400, 50];
    for (let run = 0; run < runs; run++) {
      const { threshold, parameters } = choose("conformal:0.05", draw(119));
      expect(parameters).toEqual({ falseAlarms: 6 / 120, rank: 6, rows: 119 });
      for (const score of draw(fresh)) if (score > threshold) alarms++;
    }
    // 20,000 draws, correlated within a run: three deviations of a mean of 400 beta variables
    expect(alarms / (runs * fresh)).toBeLessThan(
      0.05 + 3 * Math.sqrt(0.05 * 0.95 * (1 / 20000 + 1 / (400 * 120))),
    );
    expect(alarms / (runs * fresh)).toBeGreaterThan(0.04);
  });

  test("needs 1 / alpha - 1 rows", () => {
    expect(
      choose(
        "conformal:0.01",
        Array.from({ length: 99 }, (_, i) => i),
      ).threshold,
    ).toBe(98);
    expect(() =>
      choose(
        "conformal:0.01",
        Array.from({ length: 98 }, (_, i) => i),
      ),
    ).toThrow("conformal:0.01 needs at least 99 rows that calibrate, got 98");
  });
});

describe("peaks over threshold", () => {
  test.each(golden.pareto)("fits a $name as scipy does, or better", (expected) => {
    const fitted = fitPareto(expected.excesses);
    const cost = ({ shape, scale }: { shape: number; scale: number }): number =>
      expected.excesses.reduce(
        (sum, x) => sum + Math.log(scale) + (1 + 1 / shape) * Math.log1p((shape * x) / scale),
        0,
      );
    expect(cost(fitted)).toBeLessThan(cost(expected) + 1e-6);
    expect(fitted.shape).toBeCloseTo(expected.shape, 2);
    [0.5, 0.01, 1e-4].forEach((p, i) => {
      expect(paretoExcess(expected, p) / expected.passed[i]!).toBeCloseTo(1, 6);
    });
  });

  test("reaches the quantile of a known tail beyond all that was seen", () => {
    const source = random(5);
    const reached = Array.from({ length: 60 }, () => {
      const scores = Float64Array.from({ length: 1000 }, () => -Math.log(1 - source.uniform()));
      return choose("pot:0.0001", scores).threshold;
    }).sort((a, b) => a - b);
    // the exponential distribution leaves 1e-4 beyond 9.21
    expect(reached[30]).toBeGreaterThan(7.5);
    expect(reached[30]).toBeLessThan(11);
  });
});
