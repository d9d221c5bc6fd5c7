import { expect, test } from "vitest";
import { isoDate } from "../../src/data/cells/dates.ts";

test.each([
  [0, "1970-01-01"],
  [0.75, "1970-01-01 18:00:00"],
  [-719_528, "0000-01-01"],
  [2_932_897, "+010000-01-01"],
  [2_932_897.5, "+010000-01-01 12:00:00"],
  [Number.NaN, ""],
  [1e12, "day 1000000000000"],
])("day %d is %j", (days, text) => {
  expect(isoDate(days)).toBe(text);
});
