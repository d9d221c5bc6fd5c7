import fc from "fast-check";
import { expect, test } from "vitest";
import { roundMarks } from "../../src/explore/round-marks.ts";

test("marks are 1, 2 and 5 of each power of ten, or powers where not all have room", () => {
  expect(roundMarks(0.5, 7, 4)).toEqual([0.5, 1, 2, 5]);
  expect(roundMarks(0.5, 9000, 4)).toEqual([1, 10, 100, 1000]);
  expect(roundMarks(0.003, 0.02, 9)).toEqual([0.005, 0.01, 0.02]);
});

test("a short range has none of them", () => {
  expect(roundMarks(0.2, 0.7, 4)).toBeNull();
  expect(roundMarks(1.8, 2.3, 4)).toBeNull();
});

test("marks rise within the range, and are few", () => {
  const positive = fc.double({ min: 1e-12, max: 1e12, noNaN: true });
  fc.assert(
    fc.property(positive, fc.double({ min: 1, max: 1e9, noNaN: true }), (low, factor) => {
      const marks = roundMarks(low, low * factor, 5) ?? [];
      expect(marks.length).toBeLessThanOrEqual(6);
      marks.forEach((mark, i) => {
        expect(mark).toBeGreaterThan(i === 0 ? 0 : marks[i - 1]!);
        expect(mark >= low && mark <= low * factor).toBe(true);
      });
    }),
  );
});
