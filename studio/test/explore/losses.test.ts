import { expect, test } from "vitest";
import { best, joined } from "../../src/explore/learning/losses.ts";

const epoch = (epoch: number, loss: number, validationLoss: number | null = null) => ({
  ...{ epoch, loss, validationLoss, learningRate: 0.001, seconds: 0.5 },
});

test("epochs come in their order and once, however they came", () => {
  const known = [epoch(1, 0.9), epoch(2, 0.8)];
  expect(joined(known, [epoch(4, 0.6), epoch(2, 0.7), epoch(3, 0.65)])).toEqual([
    ...[epoch(1, 0.9), epoch(2, 0.7), epoch(3, 0.65), epoch(4, 0.6)],
  ]);
  expect(joined([], [])).toEqual([]);
});

test("the best epoch is judged by rows kept aside, where there are some", () => {
  expect(best([epoch(1, 3, 1), epoch(2, 2, 2), epoch(3, 1, 3)])?.epoch).toBe(1);
  expect(best([epoch(1, 3), epoch(2, 2), epoch(3, 2)])?.epoch).toBe(2);
  expect(best([epoch(1, Number.NaN), epoch(2, 5)])?.epoch).toBe(2);
  expect(best([])).toBeUndefined();
});
