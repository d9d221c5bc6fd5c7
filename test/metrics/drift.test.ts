import { describe, expect, test } from "vitest";
import { binsOf, countIn, placeOf } from "../../src/metrics/bins.ts";
import {
  cumulativeDistance,
  cumulativeLimit,
  logAllFrom,
  logFewBelow,
  logMostAmong,
  logOutside,
  logUnseen,
  totalVariation,
  totalVariationLimit,
} from "../../src/metrics/drift.ts";
import { random } from "../../src/random.ts";

describe("bins", () => {
  test("have their edges at quantiles, and a value that many rows share is one of them", () => {
    const { edges, counts } = binsOf([...Array(90).fill(0), 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect(edges[0]).toBe(0);
    expect(edges).toEqual([0, 5]);
    expect(counts.slice(0, 2)).toEqual([0, 90]);
    expect(counts.reduce((sum, n) => sum + n, 0)).toBe(100);
  });
  test("of 1 to 100 are 20 of five values", () => {
    const { edges, counts } = binsOf(Array.from({ length: 100 }, (_, i) => i + 1));
    expect(edges.slice(0, 3)).toEqual([5, 10, 15]);
    expect(edges.length).toBe(19);
    expect(counts.filter((_, k) => k % 2 === 0)).toEqual([...Array(19).fill(4), 5]);
  });
  test("tell what lies below, on and above their edges", () => {
    expect([0, 1, 2, 5, 9].map((value) => placeOf([1, 5], value))).toEqual([0, 1, 2, 3, 4]);
    expect(countIn([1, 5], [0, 1, 1, 7])).toEqual([1, 2, 0, 0, 1]);
    expect(binsOf([])).toEqual({ edges: [], counts: [0] });
  });
});

describe("the largest difference of shares", () => {
  test("of numbers is that of Kolmogorov and Smirnov, of categories the total variation", () => {
    expect(cumulativeDistance([5, 5, 0], [0, 5, 5])).toBeCloseTo(0.5, 12);
    expect(totalVariation([5, 5, 0], [0, 5, 5])).toBeCloseTo(0.5, 12);
    expect(cumulativeDistance([10, 0, 10], [0, 40, 0])).toBeCloseTo(0.5, 12);
    expect(totalVariation([10, 0, 10], [0, 40, 0])).toBe(1);
    expect(cumulativeDistance([0], [3])).toBe(0);
    expect(totalVariation([0, 0], [3, 1])).toBe(0);
  });

  test("of samples of one distribution passes its limit no more often than it may", () => {
    const draw = random(5);
    const alpha = 0.05;
    let [numbers, categories, files] = [0, 0, 1000];
    for (let file = 0; file < files; file++) {
      const [n, m] = [5 + draw.below(60), 20 + draw.below(200)];
      const one = Array.from({ length: n }, () => draw.normal());
      const { edges, counts } = binsOf(Array.from({ length: m }, () => draw.normal()));
      if (cumulativeDistance(countIn(edges, one), counts) > cumulativeLimit(n, m, alpha)) numbers++;
      const counted = (rows: number): number[] => {
        const own = new Array<number>(10).fill(0);
        for (let i = 0; i < rows; i++) own[Math.floor(10 * draw.uniform() ** 2)]!++;
        return own;
      };
      const [a, b] = [counted(n), counted(m)];
      if (totalVariation(a, b) > totalVariationLimit(a, b, alpha)) categories++;
    }
    expect(numbers / files).toBeLessThan(alpha);
    expect(categories / files).toBeLessThan(alpha);
    // and a shift by one deviation is beyond it
    expect(cumulativeLimit(100, 1000, 1e-6)).toBeLessThan(0.38);
  });
});

describe("chances", () => {
  test("that values all come from one sample shrink with their number", () => {
    const two = (10 * 9) / (40 * 39);
    expect(Math.exp(logAllFrom(10, 30, 2))).toBeCloseTo(two, 9);
    expect(Math.exp(logOutside(10, 30, 2))).toBeCloseTo(3 * two, 9);
    expect(logAllFrom(10, 30, 0)).toBe(0);
    expect(logAllFrom(10, 30, 11)).toBe(Number.NEGATIVE_INFINITY);
    expect(logOutside(10, 30, 0)).toBe(0);
  });
  test("of how many lie below, or carry a mark, are counted over all ways to deal rows", () => {
    const [n, m] = [9, 7];
    let [deals, few, most] = [0, 0, 0];
    for (let dealt = 0; dealt < 2 ** (n + m); dealt++) {
      const places = Array.from({ length: n + m }, (_, i) => i);
      const before = places.filter((i) => (dealt >> i) & 1);
      if (before.length !== n) continue;
      deals++;
      const now = places.filter((i) => !before.includes(i));
      if (now.filter((value) => value <= before[4]!).length <= 1) few++;
      // the four lowest carry a mark
      if (before.filter((value) => value < 4).length >= 3) most++;
    }
    expect(Math.exp(logFewBelow(n, 5, m, 1))).toBeCloseTo(few / deals, 9);
    expect(Math.exp(logMostAmong(n, m, 4, 3))).toBeCloseTo(most / deals, 9);
    expect(logFewBelow(n, 5, m, m)).toBe(0);
    expect(logMostAmong(n, m, 4, 0)).toBeCloseTo(0, 9);
    expect(logMostAmong(n, m, 4, 5)).toBe(Number.NEGATIVE_INFINITY);
  });
  test("of values never seen hang on how many were seen once", () => {
    expect(Math.exp(logUnseen(10, 30, 2, 0))).toBeCloseTo(1 / 16, 12);
    expect(logUnseen(10, 30, 1, 3)).toBe(0);
    expect(logUnseen(10, 30, 5, 3)).toBeGreaterThan(logUnseen(10, 30, 5, 0));
  });
});
