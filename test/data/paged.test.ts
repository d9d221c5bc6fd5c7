import { mkdirSync, rmSync, truncateSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, onTestFinished, test } from "vitest";
import type { Condition } from "../../src/data/paged/conditions.ts";
import { openRowsFile, type PageRequest, type RowsFile } from "../../src/data/paged/rows-file.ts";
import type { OutputColumn } from "../../src/data/terms/output.ts";
import { writeSortedRows } from "../../src/data/write/write.ts";
import { folder } from "./helpers.ts";

const columns: readonly OutputColumn[] = [
  { name: "key", type: "integer" },
  { name: "score", type: "float" },
  { name: "odd", type: "boolean" },
  { name: "name", type: "text" },
];

interface Row {
  readonly key: number;
  readonly score: number;
  readonly odd: boolean | null;
  readonly name: string;
}

/** A file of rows, which come in another order than that of their keys. */
async function fileOf(rows: readonly Row[], place = folder()): Promise<RowsFile> {
  const path = join(place, "rows.parquet");
  const shuffled = [...rows].sort((a, b) => ((a.key * 7919) % 97) - ((b.key * 7919) % 97));
  const cells = columns.map(({ name }) => shuffled.map((row) => row[name as keyof Row]));
  await writeSortedRows(path, columns, [{ rows: rows.length, columns: cells }], "key");
  const file = await openRowsFile(path, "key");
  onTestFinished(() => file.dispose());
  return file;
}

const rows: readonly Row[] = Array.from({ length: 500 }, (_, i) => ({
  key: i + 1,
  score: Math.fround(500 / (i + 1)),
  odd: i % 7 === 0 ? null : i % 3 === 0,
  name: `it's "${i % 10}"`,
}));

const all: PageRequest = {
  ...{ columns: ["score", "odd", "name"], where: [], skip: 0, most: 1000 },
  order: [{ column: "key" }],
};
const cellsOf = ({ key, score, odd, name }: Row) => [key, score, odd, name];

test("rows are written in the order of a column, and come back page by page", async () => {
  const file = await fileOf(rows);
  expect(await file.page(all)).toEqual(rows.map(cellsOf));
  expect(await file.page({ ...all, skip: 40, most: 3 })).toEqual(rows.slice(40, 43).map(cellsOf));
  expect(await file.page({ ...all, skip: 498, most: 30 })).toHaveLength(2);
  expect(await file.page({ ...all, skip: 9999 })).toEqual([]);
});

test("rows come in the order that is asked for, those without a value last", async () => {
  const file = await fileOf(rows);
  const by = async (order: PageRequest["order"]) =>
    (await file.page({ ...all, order })).map(([key]) => key);
  expect(await by([{ column: "key", descending: true }])).toEqual(
    rows.map(({ key }) => key).reverse(),
  );
  for (const descending of [true, false]) {
    const keys = await by([{ column: "odd", descending }]);
    const of = (odd: boolean | null) => rows.filter((row) => row.odd === odd).map((row) => row.key);
    expect(keys).toEqual([...of(descending), ...of(!descending), ...of(null)]);
  }
});

test.each<[string, readonly Condition[], (row: Row) => boolean]>([
  ["true", [{ column: "odd", is: true }], ({ odd }) => odd === true],
  ["false, and not missing", [{ column: "odd", is: false }], ({ odd }) => odd === false],
  ["a text", [{ column: "name", is: 'it\'s "3"' }], ({ name }) => name.includes("3")],
  [
    "above a number",
    [{ column: "score", above: 100 / 3 }],
    ({ score }) => score > Math.fround(100 / 3),
  ],
  [
    "among numbers",
    [{ column: "key", among: [3, 5, 7, 900] }],
    ({ key }) => [3, 5, 7].includes(key),
  ],
  ["among none", [{ column: "key", among: [] }], () => false],
  [
    "all of several",
    [
      { column: "odd", is: true },
      { column: "score", above: 2 },
    ],
    ({ odd, score }) => odd === true && score > 2,
  ],
])("rows pass that are %s", async (_, where, passes) => {
  const file = await fileOf(rows);
  const passing = rows.filter(passes);
  expect(await file.page({ ...all, where })).toEqual(passing.map(cellsOf));
  expect(await file.count(where, ["odd"])).toEqual([
    passing.length,
    passing.filter(({ odd }) => odd).length,
  ]);
});

describe("bins", () => {
  const scores = fc.array(
    fc.oneof(
      fc.integer({ min: -5, max: 20 }),
      fc.float({ noNaN: true, noDefaultInfinity: true, min: -100, max: Math.fround(1e6) }),
    ),
    { minLength: 1, maxLength: 60 },
  );
  test("hold what lies between their edges, all rows together, linear or logarithmic", async () => {
    await fc.assert(
      fc.asyncProperty(
        scores,
        fc.integer({ min: 1, max: 12 }),
        fc.boolean(),
        async (values, bins, logarithmic) => {
          const made = values.map((score, i) => ({
            ...{ key: i + 1, score: Math.fround(score), odd: i % 2 === 0, name: "" },
          }));
          const file = await fileOf(made);
          const request = { column: "score", where: [], bins, logarithmic, apart: ["odd"] };
          const found = await file.bins(request);
          file.dispose();
          const { edges } = found;
          const last = edges.length - 2;
          const binOf = (score: number): number => {
            let bin = 0;
            while (bin < last && score >= edges[bin + 1]!) bin++;
            return bin;
          };
          const wanted = (of: readonly Row[]) => {
            const counts = edges.slice(1).map(() => 0);
            for (const { score } of of) counts[binOf(score)]!++;
            return counts;
          };
          expect(found.counts).toEqual(wanted(made));
          expect(found.apart).toEqual([wanted(made.filter(({ odd }) => odd))]);
          expect([...edges].sort((a, b) => a - b)).toEqual(edges);
          expect(edges.at(-1)).toBe(Math.max(...made.map(({ score }) => score)));
          const positive = made.map(({ score }) => score).filter((score) => score > 0);
          const least =
            logarithmic && positive.length > 0 ? positive : made.map((row) => row.score);
          expect(edges[0]).toBe(Math.min(...least));
        },
      ),
      { numRuns: 40 },
    );
  });

  test("are none where no row passes", async () => {
    const file = await fileOf(rows);
    const where: readonly Condition[] = [{ column: "score", above: 1e9 }];
    const request = { column: "score", where, bins: 5, logarithmic: false, apart: ["odd"] };
    expect(await file.bins(request)).toEqual({ edges: [], counts: [], apart: [[]] });
  });
});

test("a path is that of one file, whatever signs are in it", async () => {
  const place = folder();
  for (const name of ["a*b", "aXb", "[1]", "x?y", "p'q", "k=1"]) {
    mkdirSync(join(place, name));
    const file = await fileOf(rows.slice(0, name.length), join(place, name));
    expect(await file.count([])).toEqual([name.length]);
  }
});

test("a file that is cut short, and one that is not there, are errors", async () => {
  const place = folder();
  await fileOf(rows, place);
  const path = join(place, "rows.parquet");
  truncateSync(path, 700);
  const cut = await openRowsFile(path, "key");
  onTestFinished(() => cut.dispose());
  await expect(cut.page(all)).rejects.toThrow();
  rmSync(path);
  await expect(openRowsFile(path, "key")).rejects.toThrow(/ENOENT/);
});
