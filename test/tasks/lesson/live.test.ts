import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { openTable } from "../../../src/data/tables/open.ts";
import { kinds } from "../../../src/models/kinds.ts";
import type { LiveFrame } from "../../../src/tasks/lesson/live-frame.ts";
import { liveMap } from "../../../src/tasks/lesson/live-map.ts";
import { type TrainedTable, train } from "../../../src/tasks/train/train.ts";
import { fileIn, folder, smallTable } from "../../cli/helpers.ts";

const forTables = kinds.filter(({ data }) => data.includes("tables")).map(({ name }) => name);

async function bytesOf({ model, fitted }: TrainedTable): Promise<Buffer> {
  const path = join(folder(), "model.onnx");
  await model.save(path);
  await model.dispose();
  await fitted.dispose();
  return readFileSync(path);
}

const frameIn = (path: string): LiveFrame => JSON.parse(readFileSync(path, "utf8"));

describe.each(forTables)("a training of the kind %s that is watched", (kind) => {
  test("comes to the same bytes, and shows rows that do not train", async () => {
    const path = folder();
    const table = await openTable(fileIn(path, "t.csv", smallTable(240)), { label: "odd" });
    const livePath = join(path, "live.json");
    const options = { kind, epochs: 3 };
    const watched = await train(table, { ...options, livePath });
    const { split, labels } = watched;
    const { latentDim } = watched.network;
    expect(await bytesOf(watched)).toEqual(await bytesOf(await train(table, options)));

    const frame = frameIn(livePath);
    expect(frame).toMatchObject({ epochs: 3, patience: expect.any(Number) });
    expect(frame.epoch).toBe(watched.fitted.bestEpoch);
    expect(frame.rows.length).toBeGreaterThan(0);
    for (const { row, cells } of frame.rows) {
      expect(labels!.classes[row]).toBe(0);
      expect(split.partOf[row]).not.toBe(0);
      expect(cells).toHaveLength(frame.columns.length);
    }
    const map = frame.map!;
    expect(map.points).toHaveLength(map.rows.length);
    expect(map.odd).toEqual(map.rows.map((row) => (labels!.classes[row] === 1 ? 1 : 0)));
    expect(map.odd).toContain(1);
    expect(map.axes).toBe(kind === "ensemble" ? "member" : latentDim === 2 ? "latent" : map.axes);
    await table.dispose();
  });
});

test("rows that are told hold what the table holds", async () => {
  const path = folder();
  const lines = Array.from({ length: 90 }, (_, i) => `${i / 10},${i % 2 ? "a" : "b"},${i * 2}`);
  const table = await openTable(fileIn(path, "t.csv", `x,name,y\n${lines.join("\n")}\n`));
  const livePath = join(path, "live.json");
  await bytesOf(await train(table, { epochs: 2, latentDim: 1, livePath }));
  const { columns, rows, map } = frameIn(livePath);
  expect(columns.map(({ name, type }) => [name, type])).toEqual([
    ["x", "number"],
    ["y", "number"],
    ["name", "category"],
  ]);
  for (const { row, cells } of rows)
    expect(cells.map(({ actual }) => actual)).toEqual([row / 10, row * 2, row % 2 ? "a" : "b"]);
  expect(map).toMatchObject({ axes: "line", odd: null });
  expect(map!.points.map(([x]) => x)).toEqual(map!.rows.map((row) => row + 1));
  await table.dispose();
});

test("a private training writes none of its rows", async () => {
  const path = folder();
  const table = await openTable(fileIn(path, "t.csv", smallTable(120)));
  const livePath = join(path, "live.json");
  const options = { kind: "ensemble", private: true, epochs: 1 };
  await bytesOf(await train(table, { ...options, livePath }));
  expect(existsSync(livePath)).toBe(false);
  await table.dispose();
});

test("codes that are turned or mirrored stay where they were on the map", () => {
  const rows = Array.from({ length: 40 }, (_, i) => i);
  const codes = Float32Array.from({ length: 120 }, (_, i) => Math.sin(i * i) * [5, 3, 0.2][i % 3]!);
  const turned = codes.map((_, i) => {
    const [a, b, c] = codes.subarray(3 * Math.floor(i / 3));
    // a quarter of a turn, and a mirror
    return [-b!, -a!, c!][i % 3]!;
  });
  const place = liveMap("basic");
  const before = place(codes, rows).points;
  const after = place(turned, rows).points;
  after.forEach(([x, y], i) => {
    expect(x).toBeCloseTo(before[i]![0], 3);
    expect(y).toBeCloseTo(before[i]![1], 3);
  });
});
