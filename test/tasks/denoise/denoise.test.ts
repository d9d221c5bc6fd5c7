import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openArrays } from "../../../src/data/arrays/open-arrays.ts";
import { arraysFromData } from "../../../src/data/memory/memory-arrays.ts";
import { openTable } from "../../../src/data/tables/open.ts";
import { random } from "../../../src/random.ts";
import type { Change } from "../../../src/tasks/denoise/changes.ts";
import { denoiseImage, denoiseImages } from "../../../src/tasks/denoise/images.ts";
import { compareImputation } from "../../../src/tasks/denoise/imputation.ts";
import { denoiseSteps } from "../../../src/tasks/denoise/series.ts";
import { denoiseTable } from "../../../src/tasks/denoise/table.ts";
import type { TableModel } from "../../../src/tasks/model/table-model.ts";
import { train } from "../../../src/tasks/train/train.ts";
import { trainArrays } from "../../../src/tasks/train/train-arrays.ts";
import { scratch } from "../tables.ts";

const open: { dispose(): Promise<void> }[] = [];
afterAll(async () => {
  for (const each of open) await each.dispose();
});

/** Five whole numbers and a category that all follow one factor; every 17th row lacks a cell. */
function related(name: string, rows: number, change: (i: number, cells: string[]) => void): string {
  const source = random(4);
  const lines = ["id,a,b,c,d,e,kind"];
  for (let i = 0; i < rows; i++) {
    const u = source.normal();
    const cells = [100, 50, -30, 80, 20].map((scale) =>
      String(Math.round(500 + scale * u + 2 * source.normal())),
    );
    cells.push(u > 0 ? "high" : "low");
    change(i, cells);
    lines.push([`r${i}`, ...cells].join(","));
  }
  const path = join(scratch, name);
  writeFileSync(path, `${lines.join("\n")}\n`);
  return path;
}

describe("a table", () => {
  let model: TableModel;
  beforeAll(async () => {
    const data = related("normal.csv", 800, (i, cells) => {
      if (i % 17 === 3) cells[i % 6] = "";
    });
    const table = await openTable(data);
    const denoising = { noise: "masking", amount: 0.2 } as const;
    const trained = await train(table, {
      ...{ kind: "denoising", denoising, epochs: 60, seed: 1, latentDim: 2 },
    });
    open.push(table, trained.model, trained.fitted);
    model = trained.model;
  });

  async function denoised(data: string, options: Parameters<typeof denoiseTable>[2]) {
    const { columns: expect, source: prior } = model.metadata;
    const table = await openTable(data, { expect, prior });
    open.push(table);
    const changes: Change[] = [];
    const job = await denoiseTable(model, table, {
      ...options,
      onChange: (change) => changes.push(change),
    });
    const columns: (number | string)[][] = job.columns.map(() => []);
    for await (const batch of job.batches)
      batch.columns.forEach((cells, j) => {
        for (let i = 0; i < batch.rows; i++) columns[j]!.push(cells[i] as number | string);
      });
    return { job, columns, changes };
  }

  test("has its gaps filled near the truth, as whole numbers, and all else as it was", async () => {
    const truth: string[][] = [];
    const data = related("gaps.csv", 300, (i, cells) => {
      truth.push([...cells]);
      if (i % 5 === 0) cells[(i / 5) % 6] = "";
    });
    const { job, columns, changes } = await denoised(data, {});
    expect(changes).toHaveLength(60);
    expect(changes.every(({ why, before }) => why === "missing" && before === "")).toBe(true);
    expect(changes[0]).toMatchObject({ row: 1, column: "a" });
    const errors: number[] = [];
    truth.forEach((cells, i) => {
      cells.forEach((cell, j) => {
        const is = columns[j + 1]![i]!;
        const gap = i % 5 === 0 && (i / 5) % 6 === j;
        if (!gap) expect(String(is)).toBe(cell);
        else if (j < 5) {
          expect(Number.isInteger(is)).toBe(true);
          errors.push((Number(is) - Number(cell)) / [100, 50, 30, 80, 20][j]!);
        }
      });
    });
    const rmse = Math.sqrt(errors.reduce((sum, e) => sum + e * e, 0) / errors.length);
    // medians would be a whole deviation away
    expect(rmse).toBeLessThan(0.5);
    const { chosen, ways } = job.trial!;
    expect(chosen!.rmse!).toBeLessThan(ways.find(({ way }) => way === "median")!.rmse! / 2);
    expect(job.changes().reduce((n, { filled }) => n + filled, 0)).toBe(60);
  });

  test("has its outliers replaced where that is asked for, and only those", async () => {
    const data = related("odd.csv", 300, (i, cells) => {
      if (i === 40) cells[1] = "5000";
      if (i === 41) cells[3] = "-2000";
    });
    const { changes } = await denoised(data, { outliers: 12 });
    const gross = changes.filter(({ row }) => row === 41 || row === 42);
    expect(gross.map(({ row, column, before, why }) => [row, column, before, why])).toEqual([
      [41, "b", 5000, "outlier"],
      [42, "d", -2000, "outlier"],
    ]);
    for (const { after } of gross) expect(Math.abs(Number(after) - 500)).toBeLessThan(300);
    expect(changes.length).toBeLessThan(12);
    expect((await denoised(data, {})).changes).toEqual([]);
  });

  test("has every cell rebuilt where that is asked for", async () => {
    const data = related("all.csv", 50, () => {});
    const { changes } = await denoised(data, { all: true });
    expect(changes.length).toBeGreaterThan(150);
    expect(new Set(changes.map(({ why }) => why))).toEqual(new Set(["rebuilt"]));
  });

  test("has ways of filling it compared", async () => {
    const table = await openTable(join(scratch, "normal.csv"));
    open.push(table);
    const { ways, hidden } = await compareImputation(model, table);
    expect(hidden).toBeGreaterThan(200);
    const of = (name: string) => ways.filter(({ way }) => way === name);
    expect(of("autoencoder")).toHaveLength(4);
    const best = Math.min(...of("autoencoder").map(({ rmse }) => rmse!));
    expect(best).toBeLessThan(of("median")[0]!.rmse!);
    // columns of one factor: near rows know them well
    expect(of("nearest")[0]!.rmse!).toBeLessThan(of("median")[0]!.rmse!);
    expect(of("median")[0]!.accuracy!).toBeGreaterThan(0.3);
  });
});

test("images of all sizes keep their size and channels", async () => {
  const source = random(2);
  const data = Float32Array.from({ length: 60 * 64 }, () => 255 * source.uniform());
  const { model, fitted } = await trainArrays(arraysFromData({ data, shape: [60, 8, 8, 1] }), {
    ...{ epochs: 2, seed: 1 },
  });
  open.push(model, fitted);
  const image = (height: number, width: number, channels: 1 | 3) => ({
    ...{ height, width, channels },
    x: Float32Array.from({ length: height * width * channels }, () => 255 * source.uniform()),
  });
  const images = [image(8, 8, 1), image(8, 8, 1), image(13, 21, 3), image(5, 8, 1), image(8, 8, 1)];
  async function* all() {
    yield* images;
  }
  const found: Float32Array[] = [];
  for await (const { image, cleaned } of denoiseImages(model, all())) {
    expect(image).toBe(images[found.length]);
    expect(cleaned).toHaveLength(image.x.length);
    expect(cleaned).toEqual(await denoiseImage(model, image));
    found.push(cleaned);
  }
  expect(found).toHaveLength(5);
  // a colour of an image goes its own way
  const [, , coloured] = images as [unknown, unknown, ReturnType<typeof image>];
  const green = { ...coloured, channels: 1 as const, x: coloured.x.filter((_, k) => k % 3 === 1) };
  expect(found[2]!.filter((_, k) => k % 3 === 1)).toEqual(await denoiseImage(model, green));
});

test("each step of a series is the mean of what is rebuilt of it in all windows that hold it", async () => {
  const rows = Array.from({ length: 60 }, (_, i) => {
    const day = new Date(Date.UTC(2024, 0, 1 + i)).toISOString().slice(0, 10);
    return `${day},${Math.sin(i).toFixed(3)},${(i / 60).toFixed(3)}`;
  });
  const path = join(scratch, "series.csv");
  writeFileSync(path, `day,x,y\n${rows.join("\n")}\n`);
  const windows = await openArrays(path, { content: "sequences", window: 8, stride: 1 });
  const { model, fitted } = await trainArrays(windows, { epochs: 2, seed: 1 });
  open.push(windows, model, fitted);
  const gaps = join(scratch, "gaps-of-series.csv");
  writeFileSync(gaps, `day,x,y\n${rows.join("\n").replace(",0.333", ",")}\n`);
  const holed = await openArrays(gaps, { like: { ...windows.detected } });
  open.push(holed);
  const filled = await denoiseSteps(model, holed, 60);
  expect(filled.values.every(Number.isFinite)).toBe(true);
  const { features, values } = await denoiseSteps(model, windows, 60);
  expect(features).toEqual(["x", "y"]);
  const sums = new Float64Array(120);
  const counts = new Float64Array(60);
  for await (const { start, rows: n, x } of model.batches(windows)) {
    const y = (await model.run(["reconstruction"], x, n)).reconstruction!.data as Float32Array;
    for (let i = 0; i < n; i++)
      for (let t = 0; t < 8; t++) {
        counts[start + i + t]!++;
        for (let k = 0; k < 2; k++) sums[(start + i + t) * 2 + k]! += y[(i * 8 + t) * 2 + k]!;
      }
  }
  expect(counts[0]).toBe(1);
  expect(counts[30]).toBe(8);
  values.forEach((value, k) => {
    expect(value).toBeCloseTo(sums[k]! / counts[k >> 1]!, 5);
  });
});
