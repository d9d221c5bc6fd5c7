import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { arraysFromData } from "../../../src/data/memory/memory-arrays.ts";
import { openTable } from "../../../src/data/tables/open.ts";
import type { Table } from "../../../src/data/terms/table.ts";
import { decimalsOf } from "../../../src/preparation/usual-decimals.ts";
import { random } from "../../../src/random.ts";
import type { Block } from "../../../src/tasks/compress/block.ts";
import { generateArrays, generateRows } from "../../../src/tasks/generate/generate.ts";
import { tableQuality } from "../../../src/tasks/generate/quality.ts";
import type { TableModel } from "../../../src/tasks/model/table-model.ts";
import { train } from "../../../src/tasks/train/train.ts";
import { trainArrays } from "../../../src/tasks/train/train-arrays.ts";
import { mixedCsv, scratch } from "../tables.ts";

const open: { dispose(): Promise<void> }[] = [];
afterAll(async () => {
  for (const each of open) await each.dispose();
});

describe("rows of a table", () => {
  let table: Table;
  let plain: TableModel;
  let dreamer: TableModel;
  beforeAll(async () => {
    table = await openTable(mixedCsv("dreamt.csv", 500));
    const one = await train(table, { epochs: 15, seed: 1 });
    const other = await train(table, { kind: "variational", epochs: 15, seed: 1 });
    [plain, dreamer] = [one.model, other.model];
    open.push(table, one.model, one.fitted, other.model, other.fitted);
  });

  test("come from the prior of a variational model, with categories and ranges of the training", async () => {
    const { rows, from, noise } = await generateRows(dreamer, null, { rows: 200, seed: 3 });
    expect([from, noise]).toEqual(["prior", "likelihood"]);
    expect(rows.rows).toBe(200);
    const { numeric, categories } = dreamer.metadata.profile;
    rows.numbers.forEach((values, j) => {
      expect(Math.min(...values)).toBeGreaterThanOrEqual(numeric[j]!.minimum);
      expect(Math.max(...values)).toBeLessThanOrEqual(numeric[j]!.maximum);
      expect(new Set(values).size).toBeGreaterThan(20);
    });
    rows.categories.forEach((cells, j) => {
      expect(categories[j]!.values).toEqual(expect.arrayContaining([...new Set(cells)]));
      expect(new Set(cells).size).toBeGreaterThan(1);
    });
    // days are whole, as in training
    const when = dreamer.numericColumns.findIndex(({ type }) => type === "date");
    expect(rows.numbers[when]!.every(Number.isInteger)).toBe(true);
    expect((await generateRows(dreamer, null, { rows: 200, seed: 3 })).rows).toEqual(rows);
    expect((await generateRows(dreamer, null, { rows: 200, seed: 4 })).rows).not.toEqual(rows);
    const free = await generateRows(dreamer, null, { rows: 200, seed: 3, clip: false });
    expect(free.rows.numbers.some((values, j) => Math.max(...values) > numeric[j]!.maximum)).toBe(
      true,
    );
  });

  test("have the decimals that most cells of their column have", async () => {
    const draws = random(9);
    const lines = Array.from({ length: 300 }, (_, i) => {
      const u = draws.normal();
      const mostly = i % 10 === 0 ? (50 + 9 * u).toFixed(3) : (50 + 9 * u).toFixed(0);
      return `${(3 + u).toFixed(2)},${mostly}`;
    });
    const path = join(scratch, "decimals.csv");
    writeFileSync(path, `cents,mostly\n${lines.join("\n")}\n`);
    const data = await openTable(path);
    const { model, fitted } = await train(data, { kind: "variational", epochs: 3, seed: 1 });
    open.push(data, model, fitted);
    expect(model.metadata.profile.numeric.map(({ decimals }) => decimals)).toEqual([2, 0]);
    const { rows } = await generateRows(model, null, { rows: 100, seed: 3 });
    const [cents, mostly] = rows.numbers.map((values) => Array.from(values, decimalsOf));
    expect(Math.max(...cents!.map(Number))).toBe(2);
    expect(new Set(mostly)).toEqual(new Set([0]));
  });

  test("come from the codes of data for other kinds, which are told to be missing", async () => {
    await expect(generateRows(plain, null)).rejects.toMatchObject({ code: "generate_data" });
    await expect(generateRows(dreamer, null, { quality: true })).rejects.toMatchObject({
      code: "generate_needs",
    });
    const { from, noise, quality } = await generateRows(plain, table, { rows: 300, quality: true });
    expect([from, noise]).toEqual(["mixture", "residual"]);
    expect(quality!.auc).toBeLessThan(0.95);
    expect(quality!.nearest.exact).toBe(0);
    const bare = await generateRows(plain, table, { rows: 300, quality: true, noise: "none" });
    expect(quality!.auc).toBeLessThan(bare.quality!.auc);
  });

  test("between two rows begin at the reconstruction of the one and end at that of the other", async () => {
    const { rows } = await generateRows(plain, table, { between: [3, 17], rows: 5 });
    for await (const batch of plain.batches(table)) {
      const rebuilt = (await plain.explain(batch)).reconstruction!.data as Float64Array;
      const p = plain.numericColumns.length;
      plain.numericColumns.forEach(({ type }, j) => {
        if (type === "date") return;
        expect(rows.numbers[j]![0]).toBeCloseTo(rebuilt[3 * p + j]!, 2);
        expect(rows.numbers[j]![4]).toBeCloseTo(rebuilt[17 * p + j]!, 2);
      });
      break;
    }
    await expect(generateRows(plain, table, { between: [3, 500] })).rejects.toMatchObject({
      code: "generate_item",
    });
  });
});

test("images lie between 0 and 255, and between two of them is a line", async () => {
  const source = random(2);
  const data = Float32Array.from({ length: 80 * 36 }, (_, k) =>
    k % 36 < 18 ? 255 : 255 * source.uniform(),
  );
  const arrays = arraysFromData({ data, shape: [80, 6, 6, 1] });
  const { model, fitted } = await trainArrays(arrays, { kind: "adversarial", epochs: 3, seed: 1 });
  open.push(model, fitted);
  const { rows, from, quality } = await generateArrays(model, arrays, { rows: 20, quality: true });
  expect(from).toBe("prior");
  expect(rows).toHaveLength(20 * 36);
  expect(Math.max(...rows)).toBeLessThanOrEqual(255);
  expect(Math.min(...rows)).toBeGreaterThanOrEqual(0);
  expect(quality!.auc).toBeGreaterThan(0.4);
  expect((await generateArrays(model, arrays, { rows: 5, fromData: true })).from).toBe("mixture");
  const line = await generateArrays(model, arrays, { between: [0, 79], rows: 3 });
  const back = await generateArrays(model, arrays, { between: [79, 0], rows: 3 });
  expect(line.rows.slice(0, 36)).toEqual(back.rows.slice(72));
});

describe("quality", () => {
  const block = (seed: number, shift = 0): Block => {
    const source = random(seed);
    const x = Float64Array.from({ length: 600 }, () => shift + source.normal());
    return {
      rows: 600,
      numbers: [x, x.map((value) => value + 0.3 * source.normal())],
      categories: [Array.from(x, (value) => (value > shift ? "up" : "down"))],
      texts: [],
    };
  };
  const names = ["x", "y", "way"];

  test("does not tell rows of one distribution apart", () => {
    const { auc, columns, correlation, nearest } = tableQuality(block(1), block(2), names).quality;
    expect(Math.abs(auc - 0.5)).toBeLessThan(0.08);
    for (const { distance } of columns) expect(distance).toBeLessThan(0.12);
    expect(correlation!).toBeLessThan(0.05);
    expect(nearest.copies).toBeLessThan(0.05);
  });

  test("tells shifted rows apart, and names their columns", () => {
    const { auc, columns } = tableQuality(block(1, 3), block(2), names).quality;
    expect(auc).toBeGreaterThan(0.95);
    expect(columns[0]!.distance).toBeGreaterThan(0.8);
    expect(columns[2]!.distance).toBeLessThan(0.1);
  });

  test("flags copies", () => {
    const real = block(2);
    const { nearest } = tableQuality(real, real, names).quality;
    // the half that is compared with holds half of them
    expect(nearest.exact).toBeGreaterThan(0.3);
    expect(nearest.copies).toBeGreaterThan(0.3);
  });
});
