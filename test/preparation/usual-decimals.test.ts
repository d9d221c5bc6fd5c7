import { expect, test } from "vitest";
import { decimalsOf, usualDecimals } from "../../src/preparation/usual-decimals.ts";

test.each([
  [7, 0],
  [-1.5, 1],
  [0.07, 2],
  [2e-7, 7],
  [1.25e-6, 8],
  [3e22, 0],
  [Math.PI, 15],
  [Math.PI / 1000, null],
  [Number.POSITIVE_INFINITY, null],
])("%d is written with %s decimals", (value, decimals) => {
  expect(decimalsOf(value)).toBe(decimals);
});

test("decimals are those of most cells, whatever a few have", () => {
  const cents = Array.from({ length: 100 }, (_, i) => i / 100);
  expect(usualDecimals(cents)).toBe(2);
  expect(usualDecimals([...Array.from({ length: 60 }, (_, i) => i), 0.125, 1 / 3])).toBe(0);
  expect(usualDecimals([...cents, Number.NaN, Math.PI])).toBe(2);
  expect(usualDecimals([Math.PI / 1e3, Math.E / 1e3, 1])).toBe(null);
  expect(usualDecimals([])).toBe(null);
});
