import { expect, test } from "vitest";
import { Near } from "../../src/server/pool/near.ts";
import type { AnyModel } from "../../src/server/pool/score-rows.ts";
import type { Wanted } from "../../src/server/rows.ts";
import { Stop } from "../../src/server/stop.ts";
import type { RawRows } from "../../src/tasks/model/raw-rows.ts";

const wanted: Wanted = { latent: false, reconstruction: false, error: false, reasons: "none" };

/** A model that gives the cell of each row as its score, and the rows of its runs. */
function echo() {
  const runs: number[] = [];
  const model = {
    async run(_outputs: unknown, { rows, numeric }: RawRows) {
      runs.push(rows);
      await new Promise(setImmediate);
      return {
        score: { data: Float32Array.from(numeric) },
        is_anomaly: { data: new Uint8Array(rows) },
      };
    },
    dispose: async () => {},
  };
  return { runs, model: model as unknown as AnyModel };
}

const row = (value: number): RawRows => ({
  ...{ rows: 1, numeric: Float64Array.of(value), categories: [] },
});

test("what comes in while a run is under way is joined into the next, and each gets its own score", async () => {
  const { runs, model } = echo();
  const near = new Near();
  near.add(7, model, 10);
  const values = Array.from({ length: 100 }, (_, i) => i);
  const scored = await Promise.all(
    values.map((value) => near.score(7, row(value), wanted, new Stop())),
  );
  expect(scored.map(({ score }) => [...score])).toEqual(values.map((value) => [value]));
  expect(runs).toEqual([1, 64, 35]);
});

test("only as many rows as were measured to be quick are scored here, and fewer with reasons", async () => {
  const { model } = echo();
  const near = new Near();
  expect(near.takes(7, 1, wanted)).toBe(false);
  near.add(7, model, 10);
  expect([1, 10, 11].map((rows) => near.takes(7, rows, wanted))).toEqual([true, true, false]);
  const told: Wanted = { ...wanted, reasons: "all" };
  expect([4, 5].map((rows) => near.takes(7, rows, told))).toEqual([true, false]);
  await near.drop(7);
  expect(near.takes(7, 1, wanted)).toBe(false);
});

test("who gives up before its run is not computed", async () => {
  const { runs, model } = echo();
  const near = new Near();
  near.add(7, model, 10);
  const stop = new Stop();
  const first = near.score(7, row(1), wanted, new Stop());
  const gone = near.score(7, row(2), wanted, stop);
  stop.stop(new Error("left"));
  await expect(gone).rejects.toThrow("left");
  await first;
  await near.score(7, row(3), wanted, new Stop());
  expect(runs).toEqual([1, 1]);
});
