import { expect, test } from "vitest";
import { tableFromColumns } from "../../../src/data/memory/memory.ts";
import { concat, input, mul, slice } from "../../../src/graph/index.ts";
import type { Model } from "../../../src/nn/index.ts";
import { random } from "../../../src/random.ts";
import { withFilledGaps } from "../../../src/tasks/model/filled-gaps.ts";
import { scoreRows } from "../../../src/tasks/score/score.ts";
import { train } from "../../../src/tasks/train/train.ts";
import { compute } from "../../graph/compute.ts";

/** Rows in which `a`, `b` and `c` say the same, and `side` too; `hide` makes cells of a column missing. */
function rowsOf(count: number, seed: number, hide: Record<string, (row: number) => boolean> = {}) {
  const source = random(seed);
  const columns: Record<string, (number | string | null)[]> = { a: [], b: [], c: [], side: [] };
  for (let row = 0; row < count; row++) {
    const z = source.normal();
    const near = (): number => z + 0.1 * source.normal();
    const cells = { a: near(), b: near(), c: 2 * near(), side: z > 0 ? "right" : "left" };
    for (const [name, value] of Object.entries(cells))
      columns[name]!.push(hide[name]?.(row) ? null : value);
  }
  return columns;
}

const options = { epochs: 150, hidden: [8], latentDim: 2, seed: 3 };
const outputs = ["latent", "reconstruction", "score", "is_anomaly"] as const;
const raw = (rows: readonly (readonly number[])[], categories: readonly string[]) => ({
  rows: rows.length,
  numeric: Float64Array.from(rows.flat()),
  categories,
});

test("a missing cell is filled from the rest of its row, and complete rows do not change", async () => {
  const { model, fitted } = await train(tableFromColumns(rowsOf(800, 1)), options);
  const complete = [
    [2, 2, 4],
    [-1, -1, -2],
    [0.5, 0.5, 1],
  ];
  const gaps = [
    [2, Number.NaN, 4],
    [-1, -1, -2],
    [Number.NaN, 0.5, Number.NaN],
  ];
  const before = await model.run(outputs, raw(complete, ["right", "left", "right"]));
  const after = await model.run(outputs, raw(gaps, ["right", "left", ""]));
  const reconstruction = after.reconstruction!.data as Float64Array;
  expect(Math.abs(reconstruction[1]! - 2)).toBeLessThan(0.3);
  expect(Math.abs(reconstruction[6]! - 0.5)).toBeLessThan(0.3);
  expect(Math.abs(reconstruction[8]! - 1)).toBeLessThan(0.6);
  expect(Array.from(after.is_anomaly!.data as Uint8Array, Number)).toEqual([0, 0, 0]);
  const middle = (values: typeof before, name: "latent" | "reconstruction" | "score"): number[] => {
    const { data } = values[name]!;
    const width = data.length / 3;
    return Array.from(data as Float64Array).slice(width, 2 * width);
  };
  for (const name of ["latent", "reconstruction", "score"] as const)
    expect(middle(after, name)).toEqual(middle(before, name));
  await model.dispose();
  await fitted.dispose();
});

test.each(["basic", "ensemble"] as const)(
  "%s: rows with gaps are flagged no more than others",
  async (kind) => {
    const { model, fitted } = await train(
      tableFromColumns(rowsOf(1500, 2)),
      kind === "basic" ? options : { kind, seed: 3 },
    );
    const flagged = async (hide = {}): Promise<number> => {
      let count = 0;
      const rows = tableFromColumns(rowsOf(600, 5, hide));
      for await (const { isAnomaly } of scoreRows(model, rows, { reasons: "none" }))
        count += isAnomaly!.reduce((sum, flag) => sum + Number(flag), 0);
      return count;
    };
    const usual = await flagged();
    expect(await flagged({ b: (row: number) => row > 0 })).toBeLessThanOrEqual(usual + 12);
    await model.dispose();
    await fitted.dispose();
  },
);

test("columns that had gaps in training stay as the network knows them", async () => {
  const hide = Object.fromEntries(
    ["a", "b", "c", "side"].map((name, j) => [name, (row: number) => row % 9 === j]),
  );
  const known = await train(tableFromColumns(rowsOf(400, 3, hide)), { ...options, epochs: 2 });
  const fresh = await train(tableFromColumns(rowsOf(400, 3)), { ...options, epochs: 2 });
  const fills = ({ model }: typeof known): boolean =>
    Buffer.from(model.bytes).includes("ScatterND");
  expect([fills(known), fills(fresh)]).toEqual([false, true]);
  for (const { model, fitted } of [known, fresh]) {
    await model.dispose();
    await fitted.dispose();
  }
});

test("a filled number keeps to the range of training, and is rebuilt twice", async () => {
  // what it rebuilds of a row (u, v) is (v, 10 u)
  const model = {
    encode: (_, x) => x,
    decode: (_, x) => concat([slice(x, 1, 2, 1), mul(slice(x, 0, 1, 1), 10)], 1),
  } as Partial<Model> as Model;
  const column = { fill: 0, log: false, center: 0, scale: 1, flag: false, cycles: [] };
  const numeric = [
    { ...column, name: "u", range: [-3, 3] as const },
    { ...column, name: "v", range: [-2, 20] as const },
  ];
  const preparation = { numeric, categories: [], marks: [] };
  const x = input("x", "float32", ["rows", 2]);
  const mask = input("mask", "float32", ["rows", 2]);
  const filled = withFilledGaps({ preparation, model }, {}, { x, mask });
  const cells = [
    [1, 0],
    [5, 0],
    [0, 1],
    [0, 0],
    [7, 8],
  ];
  const there = [
    [1, 0],
    [1, 0],
    [0, 1],
    [0, 0],
    [1, 1],
  ];
  const given = [cells, there].map((rows) => ({ shape: [5, 2], cells: rows.flat() }));
  const results = await compute([x, mask], { filled }, given);
  expect(results.filled).toEqual([1, 10, 5, 20, 1, 1, 0, 0, 7, 8]);
});
