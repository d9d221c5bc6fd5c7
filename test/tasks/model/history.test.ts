import { expect, test } from "vitest";
import { epochsOf, historyRecord } from "../../../src/tasks/model/history.ts";
import type { TrainingRecord } from "../../../src/tasks/model/metadata.ts";

const history = (epochs: number) =>
  Array.from({ length: epochs }, (_, i) => ({
    epoch: i + 1,
    loss: 1 / (i + 3),
    validationLoss: 2 / (i + 3),
    learningRate: 1e-3,
    seconds: 1,
  }));
const record = (epochs: number) =>
  ({ epochs, history: historyRecord(history(epochs)) }) as unknown as TrainingRecord;

test("a model file keeps every epoch of a usual training, in six digits", () => {
  const kept = epochsOf(record(200));
  expect(kept.map(({ epoch }) => epoch)).toEqual(history(200).map(({ epoch }) => epoch));
  expect(kept[0]).toEqual({ epoch: 1, loss: 0.333333, validationLoss: 0.666667 });
});

test("of a long training it keeps at most 200, each with its epoch, and the last", () => {
  const kept = epochsOf(record(1001));
  expect(kept.length).toBeLessThanOrEqual(200);
  expect(kept.at(-1)!.epoch).toBe(1001);
  for (const { epoch, loss } of kept) expect(loss).toBeCloseTo(1 / (epoch + 2), 6);
});

test("rows that never validated give null, a file without history no epochs", () => {
  const { validationLoss: _, ...alone } = history(1)[0]!;
  expect(historyRecord([alone])).toEqual([[0.333333, null]]);
  expect(epochsOf({ epochs: 5 } as TrainingRecord)).toEqual([]);
});
