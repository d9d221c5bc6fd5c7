import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { covarianceSum } from "../../src/metrics/covariance.ts";
import { fitPca, pcaOf } from "../../src/metrics/pca.ts";
import { inverseTransform, reconstructionErrors, transform } from "../../src/metrics/projection.ts";
import { explainedVariance, psnr } from "../../src/metrics/reconstruction.ts";
import { random } from "../../src/random.ts";
import { distance, golden } from "./golden.ts";

describe.each(golden.pca)("$name, as in scikit-learn", (expected) => {
  const { n, p, k } = expected;
  const rows = Float64Array.from(expected.rows);
  const weights = expected.weights ? Float64Array.from(expected.weights) : undefined;
  const pca = fitPca(rows, n, p, k, weights ? { weights } : {});

  test("mean, components and variances agree", () => {
    expect(distance(pca.mean, expected.mean)).toBeLessThan(1e-9);
    expect(distance(pca.components, expected.components)).toBeLessThan(1e-9);
    expect(distance(pca.explainedVariance, expected.explainedVariance)).toBeLessThan(1e-9);
    expect(distance(pca.explainedVarianceRatio, expected.explainedVarianceRatio)).toBeLessThan(
      1e-9,
    );
  });

  test("codes, reconstructions and their errors agree to float32", () => {
    expect(distance(transform(pca, rows), expected.codes)).toBeLessThan(1e-5);
    const rebuilt = inverseTransform(pca, transform(pca, rows));
    expect(distance(rebuilt, expected.reconstructed)).toBeLessThan(1e-4);
    expect(distance(reconstructionErrors(pca, rows), expected.errors)).toBeLessThan(1e-6);
  });

  test("the quality of the reconstruction agrees", () => {
    const rebuilt = Float64Array.from(expected.reconstructed);
    expect(explainedVariance(rows, rebuilt, p)).toBeCloseTo(expected.explained, 9);
    if (expected.psnr < 200) expect(psnr(rows, rebuilt)).toBeCloseTo(expected.psnr, 6);
  });
});

/** Correlated rows with a large mean in float32. */
function madeRows(n: number, p: number, seed: number): Float32Array {
  const source = random(seed);
  return Float32Array.from({ length: n * p }, (_, i) => source.normal() * (1 + (i % p)) + 50);
}

const shapes = fc.record({
  n: fc.integer({ min: 1, max: 300 }),
  p: fc.integer({ min: 1, max: 12 }),
  k: fc.integer({ min: 1, max: 14 }),
  seed: fc.nat(1000),
});

describe("laws", () => {
  test("components are orthonormal wherever rows vary, and variances fall", () => {
    fc.assert(
      fc.property(shapes, ({ n, p, k, seed }) => {
        const { components, explainedVariance } = fitPca(madeRows(n, p, seed), n, p, k);
        const size = Math.min(k, p);
        expect(explainedVariance.length).toBe(size);
        for (let a = 0; a < size; a++) {
          if (a > 0) expect(explainedVariance[a]).toBeLessThanOrEqual(explainedVariance[a - 1]!);
          for (let b = 0; b <= a; b++) {
            let product = 0;
            for (let j = 0; j < p; j++) product += components[a * p + j]! * components[b * p + j]!;
            expect(product).toBeCloseTo(a === b && explainedVariance[a]! > 0 ? 1 : 0, 9);
          }
        }
      }),
      { numRuns: 60 },
    );
  });

  test("all components rebuild the training rows", () => {
    fc.assert(
      fc.property(shapes, ({ n, p, seed }) => {
        const rows = madeRows(n, p, seed);
        const errors = reconstructionErrors(fitPca(rows, n, p, p), rows);
        expect(Math.max(...errors)).toBeLessThan(1e-9);
      }),
      { numRuns: 40 },
    );
  });

  test("the explained ratio is the variance that the training rows keep", () => {
    const rows = madeRows(500, 9, 3);
    const pca = fitPca(rows, 500, 9, 4);
    const kept = explainedVariance(rows, inverseTransform(pca, transform(pca, rows)), 9);
    expect(kept).toBeCloseTo(
      pca.explainedVarianceRatio.reduce((a, b) => a + b),
      6,
    );
  });

  test("a sum over pieces is the sum over the whole", () => {
    const rows = madeRows(700, 5, 1);
    const pieces = covarianceSum(5);
    for (const [from, to] of [
      [0, 1],
      [1, 130],
      [130, 700],
    ] as const)
      pieces.add(rows.subarray(from * 5, to * 5));
    const whole = covarianceSum(5);
    whole.add(rows);
    expect(distance(pieces.result().matrix, whole.result().matrix)).toBeLessThan(1e-9);
    expect(distance(pieces.result().mean, whole.result().mean)).toBeLessThan(1e-9);
    expect(distance(pcaOf(whole.result(), 2).components, fitPca(rows, 700, 5, 2).components)).toBe(
      0,
    );
  });

  test("rows of weight zero do not count", () => {
    const rows = madeRows(200, 4, 2);
    const weights = Float32Array.from({ length: 200 }, (_, i) => (i < 150 ? 1 : 0));
    const weighted = fitPca(rows, 200, 4, 2, { weights });
    const cut = fitPca(rows.subarray(0, 600), 150, 4, 2);
    expect(distance(weighted.components, cut.components)).toBeLessThan(1e-9);
    expect(distance(weighted.explainedVariance, cut.explainedVariance)).toBeLessThan(1e-9);
  });
});

describe("at the edges", () => {
  test.each([
    ["many rows", 50, 3],
    ["fewer rows than columns", 2, 3],
    ["one row", 1, 3],
  ])("constant data, %s: no variance, no NaN, and a new value shows in its error", (_, n, p) => {
    const pca = fitPca(new Float32Array(n * p).fill(0.1), n, p, 2);
    expect([...pca.explainedVarianceRatio]).toEqual([0, 0]);
    expect([...pca.components]).toEqual(Array(2 * p).fill(0));
    const errors = reconstructionErrors(pca, Float32Array.of(0.1, 0.1, 0.1, 3.1, 0.1, 0.1));
    expect(errors[0]).toBe(0);
    expect(errors[1]).toBeCloseTo(3, 5);
  });

  test("digits survive a mean that is a million times the spread", () => {
    const source = random(5);
    const rows = Float64Array.from(
      { length: 3000 },
      (_, i) => 1e6 + source.normal() * (1 + (i % 3)),
    );
    const shifted = rows.map((x) => x - 1e6);
    const far = fitPca(rows, 1000, 3, 3).explainedVariance;
    expect(distance(far, fitPca(shifted, 1000, 3, 3).explainedVariance)).toBeLessThan(1e-8);
  });

  test("sizes that do not fit are refused", () => {
    expect(() => fitPca(new Float32Array(5), 2, 3, 1)).toThrow("[2, 3] needs 6 values");
    expect(() => covarianceSum(3).add(new Float32Array(4))).toThrow("do not make rows of 3");
    const pca = fitPca(new Float32Array(6), 2, 3, 1);
    expect(() => transform(pca, new Float32Array(4))).toThrow("transform: 4 values");
    const weights = new Float32Array(3);
    expect(() => fitPca(new Float32Array(8), 4, 2, 1, { weights })).toThrow(
      "as many weights, got 3",
    );
  });
});
