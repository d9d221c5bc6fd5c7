import { expect, test } from "vitest";
import { coloringOf, missingPlace, otherPlace, steps } from "../../src/codes/map/coloring.ts";

const head = { groups: [], missing: 0 } as const;

test("numbers are coloured between their hundredths; beyond, the colour stays", () => {
  const values = Float32Array.from({ length: 1001 }, (_, i) => (i === 1000 ? 1e9 : i));
  const { places, ends } = coloringOf({ ...head, kind: "number" }, values);
  expect(ends).toEqual([10, 990]);
  expect([places[0], places[500], places[1000]]).toEqual([0, steps / 2, steps - 1]);
});

test("a column of one number has one colour, and what is missing another", () => {
  const values = Float32Array.of(3, 3, Number.NaN);
  const { places } = coloringOf({ ...head, kind: "number" }, values);
  expect([...places]).toEqual([0, 0, missingPlace]);
});

test("the commonest groups have colours of their own, the rest one together", () => {
  const values = Float32Array.of(0, 6, 7, 50, Number.NaN);
  const { places, ends } = coloringOf({ ...head, kind: "groups" }, values);
  expect([...places]).toEqual([0, 6, otherPlace, otherPlace, missingPlace]);
  expect(ends).toBeNull();
});
