import { describe, expect, test } from "vitest";
import { tableFromColumns } from "../../../src/data/memory/memory.ts";
import { rocAuc } from "../../../src/metrics/index.ts";
import { random } from "../../../src/random.ts";
import type { TrainTableOptions } from "../../../src/tasks/lesson/train-table-options.ts";
import { TableModel } from "../../../src/tasks/model/table-model.ts";
import { scoreRows } from "../../../src/tasks/score/score.ts";
import { train } from "../../../src/tasks/train/train.ts";

/** Rows on a curve with a category that goes with it; the last `odd` lie off it. */
function rowsOf(rows: number, odd: number, { gaps = false } = {}) {
  const source = random(5);
  const t = Array.from({ length: rows }, () => source.normal());
  const off = (i: number): number => (i >= rows - odd ? 4 + source.uniform() : 0);
  const columns = {
    a: t.map((v) => v + 0.1 * source.normal()),
    b: t.map((v, i) => v * v + 0.1 * source.normal() - off(i)),
    c: t.map((v, i) => Math.sin(v) + 0.1 * source.normal() + off(i)),
    kind: t.map((v, i) => (i >= rows - odd ? "odd" : v > 0 ? "high" : "low")),
  };
  if (gaps) for (let i = 0; i < rows; i += 7) columns.b[i] = Number.NaN;
  return tableFromColumns(columns, { types: { kind: "category" } });
}

async function scored(table: ReturnType<typeof rowsOf>, options: TrainTableOptions = {}) {
  const trained = await train(table, { kind: "ensemble", seed: 3, ...options });
  await trained.fitted.dispose();
  const scores = new Float32Array(table.rows);
  for await (const { start, score } of scoreRows(trained.model, table, { reasons: "none" }))
    scores.set(score, start);
  return { ...trained, scores };
}

const labels = (rows: number, odd: number) =>
  Uint8Array.from({ length: rows }, (_, i) => (i >= rows - odd ? 1 : 0));

describe("the ensemble", () => {
  test("puts rows that are off the curve first, though they were among those that trained", async () => {
    const { scores, model } = await scored(rowsOf(600, 30));
    expect(rocAuc(scores, labels(600, 30))).toBeGreaterThan(0.97);
    await model.dispose();
  });

  test("gives rows like those that trained a score near the sum of its weights", async () => {
    const { scores, model } = await scored(rowsOf(600, 0));
    const mean = scores.reduce((a, b) => a + b, 0) / scores.length;
    expect(mean).toBeGreaterThan(1.2);
    expect(mean).toBeLessThan(2.6);
    await model.dispose();
  });

  test("divides its score among the columns", async () => {
    for (const options of [{}, { normalOnly: true }, { private: true }]) {
      const table = rowsOf(300, 6);
      const { model } = await scored(table, options);
      for await (const batch of model.batches(table)) {
        const { error, score } = await model.run(["error", "score"], batch);
        const columns = error!.shape[1]!;
        for (let i = 0; i < batch.rows; i++) {
          const own = (error!.data as Float32Array).subarray(i * columns, (i + 1) * columns);
          expect(own.every((part) => part >= 0)).toBe(true);
          const sum = own.reduce((a, b) => a + b, 0) / columns;
          const wanted = (score!.data as Float32Array)[i]!;
          expect(Math.abs(sum - wanted)).toBeLessThan(1e-3 * wanted + 1e-4);
        }
      }
      await model.dispose();
    }
  });

  test("takes missing cells, whose error is 0", async () => {
    const table = rowsOf(400, 20, { gaps: true });
    const { model, scores } = await scored(table);
    expect(scores.every(Number.isFinite)).toBe(true);
    expect(rocAuc(scores, labels(400, 20))).toBeGreaterThan(0.95);
    for await (const batch of model.batches(table)) {
      const { error } = await model.run(["error"], batch);
      for (let i = 0; i < batch.rows; i += 7)
        expect((error!.data as Float32Array)[i * 4 + 1]).toBe(0);
    }
    await model.dispose();
  });

  test("is the same file for the same seed, and scores the same when it is loaded again", async () => {
    const table = rowsOf(200, 5);
    const [one, other] = [await scored(table), await scored(table)];
    expect(Buffer.compare(one.model.bytes, other.model.bytes)).toBe(0);
    const again = await TableModel.from(one.model.bytes, "again.onnx");
    expect(await again.checkGolden()).toBeNull();
    for (const model of [one.model, other.model, again]) await model.dispose();
  });

  test("does not take a row of a bank for its own neighbour", async () => {
    // all rows are in the one bank: a score of 0 would be the distance to itself
    const { scores, model } = await scored(rowsOf(100, 0), { normalOnly: true });
    expect(Math.min(...scores)).toBeGreaterThan(0.01);
    await model.dispose();
  });

  test("keeps no rows in its file when it is private", async () => {
    const table = rowsOf(1500, 0);
    const [open, closed] = [await scored(table), await scored(table, { private: true })];
    const bankCells = [64, 128, 256, 512, 1024].reduce((a, b) => a + b) * 2 * 7;
    expect(open.model.bytes.length - closed.model.bytes.length).toBeGreaterThan(bankCells * 4);
    expect(closed.model.metadata.training.options).toMatchObject({ banks: [] });
    for (const { model } of [open, closed]) await model.dispose();
  });

  test.each([2, 3, 5])("learns from %i rows", async (rows) => {
    const { scores, model } = await scored(rowsOf(rows + 1, 0));
    expect(scores.every(Number.isFinite)).toBe(true);
    await model.dispose();
  });

  test("learns from columns of one value", async () => {
    const columns = { a: new Array(50).fill(3), b: new Array(50).fill(-1) };
    const table = tableFromColumns(columns, { features: ["a", "b"] });
    const trained = await train(table, { kind: "ensemble" });
    for await (const { score } of scoreRows(trained.model, table))
      expect(score.every(Number.isFinite)).toBe(true);
    await trained.fitted.dispose();
    await trained.model.dispose();
  });

  test("refuses sizes, which it chooses itself", async () => {
    const hidden = train(rowsOf(50, 0), { kind: "ensemble", hidden: [4] });
    await expect(hidden).rejects.toMatchObject({ code: "network_options" });
  });

  test("names the most similar row that its file holds, in the units of the source", async () => {
    const table = rowsOf(100, 0, { gaps: true });
    const { model } = await scored(table, { normalOnly: true });
    const raw: { numeric: number[]; category: string }[] = [];
    for await (const { rows, numeric, categories } of model.batches(table))
      for (let i = 0; i < rows; i++)
        raw.push({ numeric: [...numeric.subarray(i * 3, i * 3 + 3)], category: categories[i]! });
    for await (const batch of model.batches(table)) {
      const result = await model.run(["nearest", "nearest_categories"], batch);
      const nearest = result.nearest!.data as Float64Array;
      const names = result.nearest_categories!.data as readonly string[];
      for (let i = 0; i < batch.rows; i++) {
        const own = [...nearest.subarray(i * 3, i * 3 + 3)];
        const twin = raw.findIndex(
          ({ numeric, category }) =>
            category === names[i] &&
            numeric.every((v, j) =>
              Number.isNaN(v) ? Number.isNaN(own[j]!) : Math.abs(v - own[j]!) < 1e-5,
            ),
        );
        // a row of the data, and not the row itself
        expect(twin).toBeGreaterThanOrEqual(0);
        expect(twin).not.toBe(i);
      }
    }
    await model.dispose();
  });
});
