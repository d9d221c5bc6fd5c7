import { expect, test } from "vitest";
import { runLength } from "../../../src/tasks/lesson/sizes.ts";

/** Steps that a run takes at most, and those without improvement after which it stops. */
function stepsOf(...[rows, content, given]: Parameters<typeof runLength>): [number, number] {
  const { batchSize, epochs, patience } = runLength(rows, content, given);
  const batches = Math.ceil(rows / batchSize);
  return [epochs * batches, patience * batches];
}

test("many rows have the usual epochs", () => {
  expect(runLength(4000, "tables", {})).toEqual({ batchSize: 32, epochs: 200, patience: 5 });
  expect(runLength(60_000, "images", {})).toEqual({ batchSize: 128, epochs: 30, patience: 5 });
  expect(runLength(5000, "sequences", {})).toEqual({ batchSize: 32, epochs: 100, patience: 5 });
});

test.each([
  { content: "tables", steps: 4000 },
  { content: "images", steps: 1000 },
  { content: "sequences", steps: 2000 },
] as const)("few $content have steps enough all the same", ({ content, steps }) => {
  for (const rows of [2, 31, 32, 33, 120, 400]) {
    const [most, patient] = stepsOf(rows, content, {});
    expect(most).toBeGreaterThanOrEqual(steps);
    expect(patient).toBeGreaterThanOrEqual(100);
  }
  // and no more than that needs
  expect(stepsOf(32, content, {})).toEqual([steps, 100]);
});

test("what is stated is kept", () => {
  const given = { batchSize: 8, epochs: 3, patience: 0 };
  expect(runLength(20, "tables", given)).toEqual(given);
  // the epochs follow from the stated rows a step
  expect(stepsOf(400, "tables", { batchSize: 400 })).toEqual([4000, 100]);
});
