import { expect, test } from "vitest";
import { rateNow, secondsLeft } from "../../src/explore/learning/time-left.ts";

const epoch = (epoch: number, seconds: number, learningRate = 0.001) => ({
  ...{ epoch, seconds, learningRate, loss: 1, validationLoss: null },
});

test("what is left is the epochs that are left at the pace of the last ones", () => {
  expect(secondsLeft([], 10)).toBe(null);
  expect(secondsLeft([epoch(1, 2), epoch(2, 4)], 10)).toBe(24);
  expect(secondsLeft([epoch(10, 2)], 10)).toBe(0);
  const slow = Array.from({ length: 30 }, (_, i) => epoch(i + 1, i < 10 ? 100 : 1));
  expect(secondsLeft(slow, 40)).toBe(10);
});

test("a rate is told where it changes", () => {
  expect(rateNow([])).toBe(null);
  expect(rateNow([epoch(1, 1), epoch(2, 1)])).toBe(null);
  expect(rateNow([epoch(1, 1), epoch(2, 1, 0.0005)])).toBe(0.0005);
});
