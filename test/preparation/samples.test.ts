import { expect, test } from "vitest";
import { Samples, sampleSize } from "../../src/preparation/samples.ts";
import { random } from "../../src/random.ts";

test("what is kept for quantiles does not grow with the columns", () => {
  expect([1, 30, 100].map(sampleSize)).toEqual([100_000, 100_000, 100_000]);
  expect([200, 2000, 10_000].map((columns) => sampleSize(columns) * columns)).toEqual(
    Array(3).fill(10_000_000),
  );
  expect(sampleSize(100_000)).toBe(1000);
});

test("up to its bound a sample is all values, in order; beyond it each value is as likely as another", () => {
  const columns = 10_000;
  const samples = new Samples(columns, random(42));
  const most = sampleSize(columns);
  for (let count = 1; count <= 20 * most; count++) {
    if (count <= 600) samples.add(3, count, -count);
    samples.add(9999, count, count);
  }
  expect([...samples.of(3, 600)]).toEqual(Array.from({ length: 600 }, (_, i) => -1 - i));
  const kept = samples.of(9999, 20 * most);
  expect(kept.length).toBe(most);
  expect(new Set(kept).size).toBe(most);
  expect(Math.min(...kept)).toBeGreaterThan(0);
  const mean = kept.reduce((a, b) => a + b, 0) / most;
  // the mean of 1,000 of them strays by 183
  expect(Math.abs(mean - 10 * most)).toBeLessThan(730);
  expect(samples.of(0, 0).length).toBe(0);
});
