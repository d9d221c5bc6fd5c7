import { expect, test } from "vitest";
import { seconds } from "../../src/cli/parsers.ts";

test.each([
  ["45", 45],
  ["45s", 45],
  ["2m", 120],
  ["2 min", 120],
  ["1h", 3600],
  ["1h30m", 5400],
  ["0.5H", 1800],
])("a time of %s is %d seconds", (text, expected) => {
  expect(seconds(text, "--budget")).toBe(expected);
});

test.each(["", "0", "-5", "2x", "s", "1h 5", "0s", "m2"])("%j is no time", (text) => {
  expect(() => seconds(text, "--budget")).toThrow(/--budget: a time such as 45s/);
});
