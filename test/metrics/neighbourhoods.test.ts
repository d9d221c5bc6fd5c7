import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import {
  elbowOf,
  nearestNeighbours,
  neighbourAccuracy,
  neighbourhoods,
} from "../../src/metrics/index.ts";

interface Case {
  readonly name: string;
  readonly k: number;
  readonly columns: number;
  readonly latent: number;
  readonly rows: readonly number[];
  readonly codes: readonly number[];
  readonly trustworthiness: number;
  readonly continuity: number;
  readonly classes: readonly number[];
  readonly accuracy: number;
}
const { cases }: { cases: readonly Case[] } = JSON.parse(
  readFileSync(new URL("../golden/neighbours.json", import.meta.url), "utf8"),
);

describe("as in scikit-learn", () => {
  test.each(cases)("$name", (given) => {
    const { k, columns, latent, classes } = given;
    const rows = Float64Array.from(given.rows);
    const codes = Float64Array.from(given.codes);
    const [found] = neighbourhoods(rows, columns, [{ data: codes, columns: latent }], { k });
    expect(found!.trustworthiness).toBeCloseTo(given.trustworthiness, 10);
    expect(found!.continuity).toBeCloseTo(given.continuity, 10);
    const half = classes.length / 2;
    const [searched, queries] = [codes.subarray(0, half * latent), codes.subarray(half * latent)];
    const neighbours = nearestNeighbours(queries, searched, latent, k);
    const accuracy = neighbourAccuracy(neighbours, classes.slice(0, half), classes.slice(half));
    // scikit-learn breaks a tie of votes by the smaller class, we by the nearest neighbour
    expect(Math.abs(accuracy - given.accuracy)).toBeLessThanOrEqual(1 / half + 1e-12);
  });
});

test("several codes are judged as each alone", () => {
  const rows = Float64Array.from({ length: 40 }, (_, i) => Math.sin(i * 1.7) * i);
  const first = { data: rows.filter((_, i) => i % 2 === 0), columns: 1 };
  const second = { data: rows.filter((_, i) => i % 2 === 1), columns: 1 };
  expect(neighbourhoods(rows, 2, [first, second])).toEqual([
    ...neighbourhoods(rows, 2, [first]),
    ...neighbourhoods(rows, 2, [second]),
  ]);
  expect(() => neighbourhoods(rows, 2, [first], { k: 10 })).toThrow("below 10, got 10");
});

test("a tie of votes goes to the nearest neighbour", () => {
  const neighbours = { indices: Uint32Array.of(2, 0), distances: Float64Array.of(1, 2) };
  expect(neighbourAccuracy(neighbours, ["a", "a", "b"], ["b"])).toBe(1);
  expect(neighbourAccuracy(neighbours, ["a", "a", "b"], ["a"])).toBe(0);
});

describe("the elbow of a curve", () => {
  test("is its corner", () => {
    const { index, depth } = elbowOf([0, 1, 2, 3, 4, 6, 8], [1, 0.6, 0.2, 0.19, 0.18, 0.16, 0.14]);
    expect(index).toBe(2);
    expect(depth).toBeCloseTo(1 - 2 / 8 - (0.2 - 0.14) / 0.86, 12);
  });

  test("is nowhere on a straight line, whatever the steps of its sizes", () => {
    const sizes = [0, 1, 2, 3, 4, 6, 8, 12];
    expect(
      elbowOf(
        sizes,
        sizes.map((size) => 1 - size / 24),
      ).depth,
    ).toBeLessThan(1e-12);
    expect(elbowOf([0, 1, 2], [1, 1.5, 1])).toEqual({ index: 0, depth: 0 });
  });

  test("does not hang on a step that rises by chance", () => {
    expect(elbowOf([0, 1, 2, 3, 4], [1, 0.3, 0.35, 0.25, 0.2]).index).toBe(1);
    expect(() => elbowOf([1, 1], [2, 1])).toThrow("sizes must rise");
  });
});
