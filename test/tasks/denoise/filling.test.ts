import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openTable } from "../../../src/data/tables/open.ts";
import type { Table } from "../../../src/data/terms/table.ts";
import { random } from "../../../src/random.ts";
import { alongTime } from "../../../src/tasks/denoise/along-time.ts";
import type { Change } from "../../../src/tasks/denoise/changes.ts";
import { seriesPlaces } from "../../../src/tasks/denoise/series-places.ts";
import { type DenoiseTableOptions, denoiseTable } from "../../../src/tasks/denoise/table.ts";
import type { TableModel } from "../../../src/tasks/model/table-model.ts";
import { train } from "../../../src/tasks/train/train.ts";
import { scratch } from "../tables.ts";

const missing = Number.NaN;

describe("along time", () => {
  // two series, mixed; the second lacks 2003
  const places = {
    ...{ key: ["k"], time: "t", count: 2 },
    series: Int32Array.from([0, 1, 0, 1, 0, 1, 0, 0]),
    at: Float64Array.from([2000, 2000, 2001, 2001, 2002, 2004, 2003, 2004]),
  };
  const numbers = [
    Float64Array.from([1, 10, missing, missing, missing, 40, 4, missing]),
    new Float64Array(8).fill(missing),
  ];
  const categories = [["a", "x", "", "", "", "y", "b", ""]];
  const block = { rows: 8, numbers, categories, texts: [] };
  const rows = [0, 1, 2, 3, 4, 5, 6, 7];
  const { filler, distance } = alongTime({ block, rows, all: true }, places);

  test("gaps lie on the line between the values around them, and ends are carried", async () => {
    const [near, far] = await filler.fill({ block, rows }, [0, 2]);
    expect([...near!.numbers[0]!]).toEqual([1, 10, 2, 17.5, 3, 40, 4, 4]);
    expect(near!.categories[0]).toEqual(["a", "x", "a", "x", "b", "y", "b", "b"]);
    // nothing is known of the second column
    expect(near!.numbers[1]!.every(Number.isNaN)).toBe(true);
    // values one step away are not used
    expect([...far!.numbers[0]!]).toEqual([1, 10, 4, 40, 1, 40, 4, 1]);
  });

  test("how far the next known value is, is told in steps", () => {
    expect([2, 3, 4, 7].map((row) => distance(0, row, 0))).toEqual([1, 1, 1, 1]);
    expect(distance(0, 2, 2)).toBe(2);
    expect(distance(1, 2, 0)).toBe(Number.POSITIVE_INFINITY);
    expect(distance(2, 3, 0)).toBe(1);
  });
});

describe("a panel", () => {
  const open: { dispose(): Promise<void> }[] = [];
  afterAll(async () => {
    for (const each of open) await each.dispose();
  });
  let model: TableModel;
  let gaps: Table;
  const truth = new Map<string, number>();
  beforeAll(async () => {
    const draws = random(5);
    // a level of its own for each country and a slow trend; beside it noise that no way can know
    const lines = ["country,year,gdp,noise,tax"];
    for (let k = 0; k < 30; k++) {
      const level = 50 + 400 * draws.uniform();
      for (let year = 1990; year < 2020; year++) {
        const gdp = Math.round(10 * (level + 3 * (year - 1990) + draws.normal())) / 10;
        const cells = [gdp, Math.round(100 * draws.normal()), Math.round(5 + draws.uniform())];
        const row = lines.length;
        lines.push(
          [
            `c${k}`,
            year,
            ...cells.map((cell, j) => {
              // of one country nothing is known
              if (draws.uniform() > 0.1 && !(k === 3 && j === 0)) return cell;
              truth.set(`${row} ${j}`, cell);
              return "";
            }),
          ].join(","),
        );
      }
    }
    const path = join(scratch, "panel-gaps.csv");
    writeFileSync(path, `${lines.join("\n")}\n`);
    const table = await openTable(path);
    expect(table.shape?.kind).toBe("panel");
    const trained = await train(table, { epochs: 3, seed: 1, latentDim: 1 });
    ({ model } = trained);
    const { columns: expected, source: prior } = model.metadata;
    gaps = await openTable(path, { expect: expected, prior });
    open.push(table, trained.fitted, model, gaps);
  });

  async function denoised(options: DenoiseTableOptions) {
    const changes: Change[] = [];
    const job = await denoiseTable(model, gaps, { ...options, onChange: (c) => changes.push(c) });
    for await (const _ of job.batches);
    return { job, changes };
  }

  test("is found again by a model, from keys and times alone", async () => {
    const places = await seriesPlaces(gaps);
    expect(places).toMatchObject({ key: ["country"], time: "year", count: 30 });
    expect([...places!.at.subarray(0, 3)]).toEqual([1990, 1991, 1992]);
  });

  test("is filled in time where that is best, and otherwise where it is not", async () => {
    const { job, changes } = await denoised({});
    const of = (name: string) => job.changes().find(({ column }) => column === name)!;
    expect(of("gdp").ways.interpolation).toBeGreaterThan(60);
    // the country of which nothing is known, and a column whose years tell nothing
    expect(of("gdp").filled - of("gdp").ways.interpolation!).toBe(30);
    expect(of("noise").ways.interpolation ?? 0).toBe(0);
    expect(of("gdp").left + of("noise").left + of("tax").left).toBe(0);
    const gdp = job.trial!.columns.find(({ column }) => column === "gdp")!;
    expect(gdp.ways[0]).toEqual({ from: 0, way: "interpolation" });
    expect(gdp.ways.at(-1)!.from).toBe(null);
    for (const { column, row, after, way } of changes)
      if (way === "interpolation" && column === "gdp")
        expect(Math.abs(Number(after) - truth.get(`${row} 0`)!)).toBeLessThan(6);
  });

  test("is filled in the stated way alone, and what it does not know stays a gap", async () => {
    const { job } = await denoised({ fill: "interpolation" });
    const [gdp] = job.changes();
    expect(gdp).toMatchObject({ column: "gdp", left: 30, ways: { interpolation: gdp!.filled } });
    expect(job.trial).toBe(null);
    expect(job.rounds).toBe(null);
    await expect(denoised({ fill: "median", all: true })).rejects.toThrow(/leave fill out/);
  });

  test("gets as many decimals as most cells of the column have", async () => {
    const { changes } = await denoised({ fill: "interpolation" });
    const decimals = (name: string) =>
      Math.max(
        ...changes
          .filter(({ column }) => column === name)
          .map(({ after }) => String(after).split(".")[1]?.length ?? 0),
      );
    expect([decimals("gdp"), decimals("noise"), decimals("tax")]).toEqual([1, 0, 0]);
  });
});
