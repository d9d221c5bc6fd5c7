import { expect, test } from "vitest";
import { pointsLike } from "../../../src/tasks/compress/points.ts";

const block = {
  rows: 4,
  numbers: [Float64Array.of(1, 3, Number.NaN, 2), Float64Array.of(5, 5, 5, 5)],
  categories: [["a", "b", "", "a"]],
};

test("distances of points are those of standardised numbers, and 1 between categories", () => {
  const points = pointsLike(block as never);
  expect(points.width).toBe(4);
  const rows = points.of(block as never);
  const distance = (i: number, j: number): number =>
    Math.hypot(...[0, 1, 2, 3].map((k) => rows[4 * i + k]! - rows[4 * j + k]!));
  const deviation = Math.sqrt(2 / 3);
  expect(distance(0, 1)).toBeCloseTo(Math.hypot(2 / deviation, 1), 12);
  expect(distance(0, 3)).toBeCloseTo(1 / deviation, 12);
  // a gap lies at the mean, and beside every category
  expect(distance(2, 3)).toBeCloseTo(Math.SQRT1_2, 12);
});

test("what was not among the given rows keeps its distance from what was", () => {
  const points = pointsLike(block as never);
  const other = { rows: 1, numbers: [[2], [9]], categories: [["c"]] };
  expect(Array.from(points.of(other as never))).toEqual([0, 4, 0, 0]);
});
