import { expect, test } from "vitest";
import type { Context } from "../../src/cli/context.ts";
import { progressOf } from "../../src/cli/progress.ts";

/** The epochs that have a line in a training of so many. */
function linesOf(epochs: number): readonly number[] {
  const shown: number[] = [];
  const context = {
    ...{ json: false, lively: false },
    text: (_: string, values: { epoch: number }) => String(values.epoch),
    say: (line: string) => shown.push(Number(line)),
  } as unknown as Context;
  const progress = progressOf(context);
  for (let epoch = 1; epoch <= epochs; epoch++) {
    progress.onProgress({ epoch, epochs, step: 1, steps: 1, loss: 0 });
    progress.onEpoch({ epoch, loss: 0, seconds: 0, learningRate: 0.1 });
  }
  return shown;
}

test("each epoch has a line, of a long training each of so many", () => {
  expect(linesOf(3)).toEqual([1, 2, 3]);
  expect(linesOf(200)).toHaveLength(200);
  expect(linesOf(201).slice(0, 3)).toEqual([1, 3, 5]);
  expect(linesOf(4000)).toHaveLength(200);
});
