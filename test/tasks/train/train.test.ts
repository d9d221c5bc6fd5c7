import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openTable } from "../../../src/data/tables/open.ts";
import type { Note } from "../../../src/data/terms/notes.ts";
import type { Table } from "../../../src/data/terms/table.ts";
import { evaluate } from "../../../src/tasks/evaluate/evaluate.ts";
import { TableModel } from "../../../src/tasks/model/table-model.ts";
import { reducerOf } from "../../../src/tasks/reduce/reduce.ts";
import { parts } from "../../../src/tasks/rows/split.ts";
import { watchDrift } from "../../../src/tasks/score/drift.ts";
import { scoreRows, worstRows } from "../../../src/tasks/score/score.ts";
import { type TrainedTable, train } from "../../../src/tasks/train/train.ts";
import { mixedCsv, scratch } from "../tables.ts";

const options = { epochs: 60, seed: 3 } as const;
let table: Table;
let trained: TrainedTable;
const notes: Note[] = [];

beforeAll(async () => {
  table = await openTable(mixedCsv("mixed.csv", 1500), { label: "class" });
  trained = await train(table, { ...options, onNote: (n) => notes.push(n) });
});
afterAll(async () => {
  await trained.model.dispose();
  await table.dispose();
});

test("only normal rows train, and the rows that break the pattern are found", () => {
  const { partOf } = trained.split;
  const { classes } = trained.labels!;
  expect(partOf.every((part, row) => part !== parts.train || classes[row] === 0)).toBe(true);
  expect(trained.evaluation!.rocAuc).toBeGreaterThan(0.95);
  expect(trained.evaluation!.anomalies).toBe(15);
});

test("the label, the id and nothing else stay outside the model", () => {
  const inputs = trained.model.metadata.columns.filter(({ input }) => input !== null);
  expect(inputs.map(({ name }) => name)).toEqual(["when", "a", "b", "c", "d", "kind"]);
});

test("the same seed gives the same bytes, another seed other ones", async () => {
  const again = await train(table, options);
  const other = await train(table, { ...options, seed: 4 });
  expect(Buffer.from(again.model.bytes).equals(trained.model.bytes)).toBe(true);
  expect(Buffer.from(other.model.bytes).equals(trained.model.bytes)).toBe(false);
});

test("rows in a temporary file train as well as rows in memory, and twice the same", async () => {
  const first = await train(table, { ...options, mostInMemory: 0 });
  const second = await train(table, { ...options, mostInMemory: 0 });
  expect(Buffer.from(first.model.bytes).equals(second.model.bytes)).toBe(true);
  expect(first.evaluation!.rocAuc).toBeGreaterThan(0.95);
});

test("a loaded file scores as the model that was saved, and its own example rows are right", async () => {
  const loaded = await TableModel.from(trained.model.bytes, "copy");
  const scores = async (model: TableModel): Promise<number[]> => {
    const all: number[] = [];
    for await (const batch of scoreRows(model, table)) all.push(...batch.score);
    return all;
  };
  expect(await scores(loaded)).toEqual(await scores(trained.model));
  expect(await loaded.checkGolden()).toBeNull();
  await loaded.dispose();
});

test("example rows that get other scores than they should are noticed", async () => {
  const loaded = await TableModel.from(trained.model.bytes, "copy");
  (loaded.metadata.golden.scores as number[])[0]! *= 1.01;
  expect((await loaded.checkGolden())?.code).toBe("golden_differs");
  await loaded.dispose();
});

test("a missing cell does not count in the score", async () => {
  const { model } = trained;
  const p = model.numericColumns.length;
  const c = model.numericColumns.findIndex(({ name }) => name === "c");
  const numeric = Float64Array.from([19_800, 10, 5, Number.NaN, 0]);
  const { error, score } = await model.run(["error", "score"], {
    rows: 1,
    numeric,
    categories: ["high"],
  });
  const cells = Array.from(error!.data as Float32Array);
  expect(cells[c]).toBe(0);
  const observed = cells.filter((_, j) => j !== c);
  expect((score!.data as Float32Array)[0]).toBeCloseTo(observed.reduce((a, b) => a + b) / p, 5);
});

test("the reason of a row is the column that was changed, with what was expected in its own units", async () => {
  const numeric = Float64Array.from([19_800, 10, 5, 0, 40]);
  const { explainRows } = await import("../../../src/tasks/score/score.ts");
  const [reasons] = await explainRows(
    trained.model,
    { rows: 1, numeric, categories: ["high"] },
    [0],
  );
  expect(reasons![0]).toMatchObject({ column: "d", actual: "40" });
  expect(Math.abs(Number(reasons![0]!.expected))).toBeLessThan(10);
});

test("the highest scores come first, with their rows", async () => {
  const { split, held, model } = trained;
  const worst = await worstRows(model, table, held, (row) => split.partOf[row] === parts.test, {
    most: 3,
  });
  const scores = Array.from(held.rows).flatMap((row, i) =>
    split.partOf[row] === parts.test ? [held.model[i]!] : [],
  );
  scores.sort((a, b) => b - a);
  expect(worst.map(({ score }) => score)).toEqual(scores.slice(0, 3));
});

test("codes decode to what the whole model rebuilds", async () => {
  const { model } = trained;
  for await (const batch of model.batches(table)) {
    const { latent } = await model.run(["latent"], batch);
    const decoded = await model.decode(latent!.data as Float32Array, batch.rows);
    const whole = await model.explain(batch);
    expect(decoded.reconstruction!.data).toEqual(whole.reconstruction!.data);
    expect(decoded.reconstruction_categories!.data).toEqual(whole.reconstruction_categories!.data);
  }
});

test("evaluating on all rows agrees with the scores, and counts every labelled row", async () => {
  const result = await evaluate(trained.model, table, "class");
  expect(result.rows).toBe(1500);
  const { truePositives, falseNegatives } = result.confusion;
  expect(truePositives + falseNegatives).toBe(75);
  expect(result.recall).toBeCloseTo(truePositives / 75, 12);
});

describe("drift", () => {
  const notesOf = (
    numeric: readonly number[],
    categories: readonly string[],
  ): readonly string[] => {
    const drift = watchDrift(trained.model);
    const rows = categories.length;
    drift.add({ rows, numeric: Float64Array.from(numeric), categories });
    return drift.notes().map(({ code, parameters }) => `${code} ${String(parameters.column)}`);
  };
  const usual = [19_800, 10, 5, 0, 0];
  test("rows as in training say nothing", () => {
    expect(notesOf([...usual, ...usual], ["high", "low"])).toEqual([]);
  });
  test("unseen categories, values out of range and missing cells are said", () => {
    const rows = Array.from({ length: 10 }, (_, i) => [
      19_800,
      (i % 2 ? 500 : -500) + i,
      Number.NaN,
      0,
      0,
    ]);
    const told = notesOf(
      rows.flat(),
      rows.map((_, i) => `never ${i}`),
    );
    expect(told).toContain("drift_range a");
    expect(told).toContain("missing_new b");
    expect(told).toContain("drift_unseen kind");
  });
});

describe("thresholds", () => {
  test.each([
    "quantile:0.9",
    "contamination:0.1",
    "sd:3",
    "mad:3.5",
    "max",
    "budget:20",
    "f1",
    "recall:0.8",
    "precision:0.9",
    "cost:10",
  ])("%s gives a finite threshold that the file holds", async (threshold) => {
    const quick = await train(table, { ...options, epochs: 2, threshold });
    expect(Number.isFinite(quick.threshold.threshold)).toBe(true);
    expect(quick.model.metadata.threshold.value).toBe(quick.threshold.threshold);
    for await (const batch of scoreRows(quick.model, table))
      batch.score.forEach((score, i) => {
        expect(batch.isAnomaly[i] === 1).toBe(score > Math.fround(quick.threshold.threshold));
      });
    await quick.model.dispose();
  });
  test("a quantile is that of the normal rows that calibrate", () => {
    const { split, labels, held, threshold } = trained;
    const normal = Array.from(held.rows).flatMap((row, i) =>
      split.partOf[row] === parts.calibrate && labels!.classes[row] === 0 ? [held.model[i]!] : [],
    );
    const above = normal.filter((score) => score > threshold.threshold).length;
    expect(above / normal.length).toBeLessThanOrEqual(0.011);
    expect(above).toBeGreaterThan(0);
  });
  test("a rule that needs labels is refused without them", async () => {
    const plain = await openTable(mixedCsv("plain.csv", 50));
    await expect(train(plain, { threshold: "f1" })).rejects.toMatchObject({
      code: "threshold_labels",
    });
    await plain.dispose();
  });
});

describe("labels", () => {
  test("a normal value that no row has is refused with those that are there", async () => {
    await expect(train(table, { normal: "good" })).rejects.toMatchObject({
      code: "label_value",
      parameters: { values: '"fine", "odd"' },
    });
  });
});

test("noisy rows of a table become the clean ones beside them", async () => {
  const path = mixedCsv("clean.csv", 400);
  const clean = await openTable(path);
  // b follows a, so that a lost b can be rebuilt
  const lines = readFileSync(path, "utf8").trimEnd().split("\n");
  const noisy = lines.map((line, i) => {
    const cells = line.split(",");
    if (i > 0 && i % 3 === 0) cells[3] = "5";
    return cells.join(",");
  });
  const noisyPath = join(scratch, "noisy.csv");
  writeFileSync(noisyPath, `${noisy.join("\n")}\n`);
  const table = await openTable(noisyPath, { expect: clean.columns, prior: clean.detected });
  const options = { epochs: 80, seed: 1, hidden: [12], latentDim: 6, learningRate: 0.01 };
  const cleaner = await train(table, { ...options, clean });
  const plain = await train(table, options);
  const distance = async ({ model }: typeof plain): Promise<number> => {
    const rebuilt = await reducerOf(model).reconstruct(table);
    const lost = rebuilt.map(
      (row, i) => [Number(row.b), Number(lines[i + 1]!.split(",")[3]), i] as const,
    );
    const squares = lost.filter(([, , i]) => (i + 1) % 3 === 0).map(([b, real]) => (b - real) ** 2);
    return Math.sqrt(squares.reduce((a, b) => a + b) / squares.length);
  };
  expect(await distance(cleaner)).toBeLessThan(0.7 * (await distance(plain)));
  for (const { model } of [cleaner, plain]) await model.dispose();
  await table.dispose();
  await clean.dispose();
});
