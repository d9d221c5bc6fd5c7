import { afterEach, expect, test, vi } from "vitest";
import type { Context } from "../../src/cli/context.ts";
import { progressOf } from "../../src/cli/progress.ts";

afterEach(() => vi.restoreAllMocks());

/** The epochs that have a line in a training of so many, each of so many seconds. */
function linesOf(epochs: number, seconds = 0): readonly number[] {
  let now = 0;
  vi.spyOn(performance, "now").mockImplementation(() => now);
  const shown: number[] = [];
  const context = {
    ...{ json: false, lively: false },
    text: (_: string, values: { epoch: number }) => String(values.epoch),
    say: (line: string) => shown.push(Number(line)),
  } as unknown as Context;
  const progress = progressOf(context);
  for (let epoch = 1; epoch <= epochs; epoch++) {
    now += 1000 * seconds;
    progress.onProgress({ epoch, epochs, step: 1, steps: 1, loss: 0 });
    progress.onEpoch({ epoch, loss: 0, seconds: 0, learningRate: 0.1 });
  }
  return shown;
}

test("each epoch has a line, of a long training of quick ones each of so many", () => {
  expect(linesOf(3)).toEqual([1, 2, 3]);
  expect(linesOf(200)).toHaveLength(200);
  expect(linesOf(201).slice(0, 3)).toEqual([1, 3, 5]);
  expect(linesOf(4000)).toHaveLength(200);
});

test("of slow epochs one each second has its line", () => {
  expect(linesOf(1000, 2)).toHaveLength(1000);
  expect(linesOf(10_000, 0.3).slice(0, 4)).toEqual([1, 5, 9, 13]);
});
