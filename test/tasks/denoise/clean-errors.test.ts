import { expect, test } from "vitest";
import { mean, median } from "../../../src/metrics/statistics.ts";
import { cleanErrors } from "../../../src/tasks/denoise/clean-errors.ts";

const gap = Number.NaN;
/** Two columns, [rows, 2]; the second one is in units of a hundred, and its clean cell of row 3 is not known. */
const goals = [1, 100, 2, 300, 4, gap, 5, 500, 8, 900];
const was = [1, gap, gap, 300, 3, 200, gap, 500, 8, 600];
const is = [1, 150, 2.5, 300, 4.5, 250, gap, 500, 8, 800];

const rms = (values: readonly number[]): number => Math.sqrt(mean(values.map((x) => x * x)));
const deviation = (values: readonly number[]): number =>
  rms(values.map((value) => value - mean(values)));

test("filled and replaced numbers are measured apart, in deviations, beside medians", () => {
  const [one, other] = [deviation([1, 2, 4, 5, 8]), deviation([100, 300, 500, 900])];
  const errors = cleanErrors(2);
  errors.add({ rows: 2, goals: goals.slice(0, 4), was: was.slice(0, 4), is: is.slice(0, 4) });
  errors.add({ rows: 3, goals: goals.slice(4), was: was.slice(4), is: is.slice(4) });
  const { filled, replaced } = errors.result();
  expect(filled!.cells).toBe(2);
  expect(filled!.model).toBeCloseTo(rms([50 / other, 0.5 / one]), 12);
  const medians = [median([1, 3, 8]), median([300, 200, 500, 600])] as const;
  expect(filled!.median).toBeCloseTo(rms([(medians[1] - 100) / other, (medians[0] - 2) / one]), 12);
  expect(replaced).toEqual({
    cells: 2,
    before: expect.closeTo(rms([1 / one, 300 / other]), 12),
    after: expect.closeTo(rms([0.5 / one, 100 / other]), 12),
  });
});

test("nothing is told of what did not change, nor of a column that never changes", () => {
  const errors = cleanErrors(2);
  errors.add({ rows: 2, goals: [1, 7, 2, 7], was: [1, gap, 2, 5], is: [1, 6, 2, 6] });
  expect(errors.result()).toEqual({ filled: null, replaced: null });
});
