import { describe, expect, test } from "vitest";
import { tableFromColumns } from "../../../src/data/memory/memory.ts";
import { random } from "../../../src/random.ts";
import { keptLabels } from "../../../src/tasks/report/kept-labels.ts";
import { parts, splitLabelled, splitUnlabelled } from "../../../src/tasks/rows/split.ts";
import { splitUnits } from "../../../src/tasks/rows/split-units.ts";
import { train } from "../../../src/tasks/train/train.ts";

/** 20 firms in 25 years; in late years some rows are bad. */
function panel(badFrom = 0) {
  const source = random(5);
  const columns: Record<string, (string | number)[]> = {
    firm: [],
    year: [],
    x: [],
    y: [],
    bad: [],
  };
  for (let firm = 0; firm < 20; firm++)
    for (let year = 1990; year < 2015; year++) {
      columns.firm!.push(`f${firm}`);
      columns.year!.push(year);
      const z = source.normal();
      columns.x!.push(z);
      columns.y!.push(2 * z + 0.1 * source.normal());
      columns.bad!.push(year >= badFrom && source.uniform() < 0.1 ? "yes" : "no");
    }
  return columns;
}
const yearsOf = (partOf: Uint8Array, part: number): number[] =>
  [...partOf].flatMap((own, row) => (own === part ? [1990 + (row % 25)] : []));

describe("by time", () => {
  test("the newest tenth judges; rows of one time stay together", async () => {
    const units = await splitUnits(tableFromColumns(panel()));
    expect(units).toMatchObject({ by: "time", columns: ["year"] });
    const { partOf, counts } = splitUnlabelled(500, 1, units);
    const [old, fresh] = [parts.train, parts.validate].map((part) => yearsOf(partOf, part));
    expect(Math.max(...old!)).toBeLessThan(Math.min(...fresh!));
    expect(counts.validate).toBe(60);
  });

  test("with labels the oldest 60 % train, the newest 20 % test, and no anomaly trains", async () => {
    const rows = panel();
    const units = await splitUnits(tableFromColumns(rows));
    const classes = Uint8Array.from(rows.bad!, (bad) => (bad === "yes" ? 1 : 0));
    const { partOf } = splitLabelled(classes, 1, units);
    const of = (part: number) => yearsOf(partOf, part);
    expect(Math.max(...of(parts.train), ...of(parts.validate))).toBe(2004);
    expect([Math.min(...of(parts.calibrate)), Math.max(...of(parts.calibrate))]).toEqual([
      2005, 2009,
    ]);
    expect(Math.min(...of(parts.test))).toBe(2010);
    const learns = [...partOf].flatMap((part, row) =>
      part <= parts.validate ? [classes[row]] : [],
    );
    expect(learns).not.toContain(1);
  });
});

test("by key all rows of a firm are in one part", async () => {
  const units = await splitUnits(tableFromColumns(panel()), "key");
  expect(units).toMatchObject({ by: "key", columns: ["firm"] });
  const { partOf, counts } = splitUnlabelled(500, 1, units);
  expect(counts.validate).toBe(50);
  for (let firm = 0; firm < 20; firm++)
    expect(new Set(partOf.subarray(25 * firm, 25 * firm + 25)).size).toBe(1);
  expect(splitUnlabelled(500, 2, units).partOf).not.toEqual(partOf);
});

test("what is no panel or series is dealt at random, and so is what is stated so", async () => {
  const { firm: _, year: __, ...rows } = panel();
  expect(await splitUnits(tableFromColumns(rows))).toBeNull();
  expect(await splitUnits(tableFromColumns(panel()), "random")).toBeNull();
  await expect(splitUnits(tableFromColumns(rows), "time")).rejects.toMatchObject({
    code: "split_column",
  });
});

describe("a model file", () => {
  const options = { epochs: 3, hidden: [4], latentDim: 1, seed: 2 };
  test("records how rows were dealt, so that a report knows which of them trained", async () => {
    const table = tableFromColumns(panel(), { label: "bad" });
    const { model, fitted, split } = await train(table, options);
    expect(model.metadata.training.options.split).toEqual({ by: "time", columns: ["year"] });
    const kept = await keptLabels(table, model.metadata.training, {});
    expect(kept.split!.partOf).toEqual(split.partOf);
    await model.dispose();
    await fitted.dispose();
  });

  test("where the newest rows lack a class they are dealt at random, unless time is stated", async () => {
    const rows = panel();
    rows.bad = rows.bad!.map((bad, i) => (Number(rows.year![i]) >= 2009 ? "no" : bad));
    const table = tableFromColumns(rows, { label: "bad" });
    const codes: string[] = [];
    const { model, fitted } = await train(table, {
      ...options,
      onNote: ({ code }) => codes.push(code),
    });
    expect(codes).toContain("split_random");
    expect(model.metadata.training.options.split).toBeUndefined();
    await model.dispose();
    await fitted.dispose();
  });
});
