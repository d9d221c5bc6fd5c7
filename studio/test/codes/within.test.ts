import { expect, test } from "vitest";
import {
  leftOut,
  nearestPoint,
  nextPoint,
  rowsWithin,
  usualView,
  wholeView,
  zoomed,
} from "../../src/codes/map/within.ts";

const points = {
  x: Float32Array.of(0, 1, 2, 1, Number.NaN),
  y: Float32Array.of(0, 1, 0, 0.25, 0),
};

test("rows lie within a line by even and odd, and rows without a place within none", () => {
  const square = [
    [-0.5, -0.5],
    [1.5, -0.5],
    [1.5, 0.5],
    [-0.5, 0.5],
  ] as const;
  expect([...rowsWithin(points, square)]).toEqual([0, 3]);
  // a line that crosses itself leaves its middle out where it goes around twice
  const twice = [...square, ...square];
  expect([...rowsWithin(points, twice)]).toEqual([]);
  expect([...rowsWithin(points, square.slice(0, 2))]).toEqual([]);
});

test("the nearest point counts in pixels, and none is near beyond what is allowed", () => {
  expect(nearestPoint(points, [1.1, 0.9], [10, 10], 12)).toBe(1);
  // where a step up is many pixels, another one is nearer
  expect(nearestPoint(points, [0.6, 0.5], [10, 1000], 1e9)).toBe(3);
  expect(nearestPoint(points, [1.1, 0.9], [1000, 1000], 12)).toBe(-1);
});

test("a walk goes to the nearest point of a direction and stops where none is", () => {
  expect(nextPoint(points, 0, [1, 0], [1, 1])).toBe(3);
  expect(nextPoint(points, 3, [0, 1], [1, 1])).toBe(1);
  expect(nextPoint(points, 2, [1, 0], [1, 1])).toBe(-1);
});

test("a usual view leaves far points out, and says how many; a whole one has all", () => {
  const many = Float32Array.from({ length: 1000 }, (_, i) => (i === 500 ? 1e6 : i % 10));
  const crowd = { x: many, y: many };
  expect(leftOut(crowd, usualView(crowd))).toBe(1);
  expect(leftOut(crowd, wholeView(crowd))).toBe(0);
  expect(leftOut(points, wholeView(points))).toBe(0);
});

test("coming nearer keeps the place under the mouse where it is", () => {
  const view = zoomed({ x: [0, 10], y: [0, 4] }, [2, 1], 0.5);
  expect(view).toEqual({ x: [1, 6], y: [0.5, 2.5] });
});
