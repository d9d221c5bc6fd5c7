import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { histogram } from "../../src/metrics/histogram.ts";
import { explainedVariance, psnr } from "../../src/metrics/reconstruction.ts";
import {
  mad,
  mean,
  median,
  momentsOf,
  quantile,
  quantiles,
  sd,
} from "../../src/metrics/statistics.ts";
import { distance, golden } from "./golden.ts";

describe.each(golden.samples)("$name, as in numpy", (expected) => {
  const values = Float64Array.from(expected.values);

  test("moments and order statistics agree", () => {
    expect(mean(values)).toBeCloseTo(expected.mean, 12);
    expect(sd(values)).toBeCloseTo(expected.sd, 12);
    expect(quantiles(values, expected.shares)).toEqual(expected.quantiles);
    expect(median(values)).toBe(expected.median);
    expect(mad(values)).toBe(expected.mad);
  });

  test("moments of what is there leave gaps out, and count n", () => {
    const { mean: centre, deviation } = momentsOf([Number.NaN, ...values, Number.NaN]);
    expect(centre).toBeCloseTo(expected.mean, 12);
    const n = values.length;
    expect(deviation).toBeCloseTo(expected.sd * Math.sqrt((n - 1) / n), 10);
    expect(momentsOf([Number.NaN])).toEqual({ mean: 0, deviation: 0 });
  });

  test("the histogram agrees", () => {
    const { counts, edges } = histogram(values, { bins: 7 });
    expect([...counts]).toEqual(expected.counts);
    expect(distance(edges, expected.edges)).toBeLessThan(1e-12);
  });
});

const numbers = fc
  .array(fc.float({ noNaN: true, noDefaultInfinity: true }), { minLength: 1 })
  .map((values) => values.map((value) => value + 0));

describe("laws", () => {
  test("quantiles rise and stay between the extremes", () => {
    fc.assert(
      fc.property(numbers, fc.double({ min: 0, max: 1, noNaN: true }), (values, q) => {
        const [low, middle, high] = quantiles(values, [0, q, 1]);
        expect(low).toBe(Math.min(...values));
        expect(high).toBe(Math.max(...values));
        expect(middle).toBeGreaterThanOrEqual(low!);
        expect(middle).toBeLessThanOrEqual(high!);
      }),
    );
  });

  test("every finite value falls into one bin of the histogram", () => {
    fc.assert(
      fc.property(numbers, fc.integer({ min: 1, max: 50 }), (values, bins) => {
        const { counts, edges } = histogram(values, { bins });
        expect(counts.reduce((a, b) => a + b)).toBe(values.length);
        expect(edges.length).toBe(bins + 1);
      }),
    );
  });

  test("the arguments stay as they came", () => {
    const values = Float32Array.of(3, 1, 2);
    median(values);
    mad(values);
    histogram(values);
    expect([...values]).toEqual([3, 1, 2]);
  });
});

describe("at the edges", () => {
  test("no values have no quantile and no mean", () => {
    expect([quantile([], 0.5), median([]), mean([]), sd([])]).toEqual(Array(4).fill(Number.NaN));
    expect([...histogram([]).counts]).toEqual(Array(10).fill(0));
  });

  test("values outside the range of a histogram, and NaN, are not counted", () => {
    const { counts } = histogram([-1, 0, 0.5, 1, 2, Number.NaN], { bins: 2, range: [0, 1] });
    expect([...counts]).toEqual([1, 2]);
  });

  test("impossible arguments are refused", () => {
    expect(() => quantile([1], 1.5)).toThrow("q must be in [0, 1], got 1.5");
    expect(() => histogram([1], { bins: 0 })).toThrow("bins must be a number of at least 1, got 0");
    expect(() => psnr([1], [1, 2])).toThrow("equally long, got 1 and 2");
    expect(() => explainedVariance([1, 2, 3], [1, 2, 3], 2)).toThrow("do not make rows of 2");
  });
});

describe("reconstructions", () => {
  test("twice the error costs six decibels", () => {
    const image = Float32Array.of(0, 0.5, 1, 0.25);
    const near = image.map((x) => x + 0.125);
    const far = image.map((x) => x + 0.25);
    expect(psnr(image, near) - psnr(image, far)).toBeCloseTo(20 * Math.log10(2), 6);
    expect(psnr(image, image)).toBe(Number.POSITIVE_INFINITY);
    expect(psnr([0, 255], [255, 0], { peak: 255 })).toBeCloseTo(0, 12);
  });

  test("exact rows keep all variance, column means none, and constant rows have none to keep", () => {
    const rows = [1, 10, 3, 30, 5, 20];
    expect(explainedVariance(rows, rows, 2)).toBe(1);
    expect(explainedVariance(rows, [3, 20, 3, 20, 3, 20], 2)).toBe(0);
    const constant = Array(7).fill(0.1);
    expect(explainedVariance(constant, constant, 1)).toBe(1);
    expect(explainedVariance(constant, Array(7).fill(0.2), 1)).toBe(0);
  });
});
