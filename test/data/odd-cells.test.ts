import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { marksOf } from "../../src/data/cells/marks.ts";
import { cellPlaces, findOdd, unreadableCell } from "../../src/data/columns/check.ts";
import type { Described } from "../../src/data/columns/facts.ts";
import { noFacts } from "../../src/data/columns/facts.ts";
import { openDatabase } from "../../src/data/native/database.ts";
import type { Source } from "../../src/data/terms/source.ts";
import { folder, open } from "./helpers.ts";

const wide = 300;

test("odd cells of many columns and files are told column by column, each at its line", async () => {
  const head = Array.from({ length: wide }, (_, j) => `n${j}`).join(",");
  const part = (first: number, odd: (i: number, j: number) => string | undefined) =>
    `${head}\n${Array.from({ length: 60 }, (_, i) =>
      Array.from({ length: wide }, (_, j) => odd(i, j) ?? `${first + i + j / 7}`).join(","),
    ).join("\n")}\n`;
  // the first ones of even columns are in the first file, those of odd ones in the second
  const path = folder();
  writeFileSync(
    join(path, "odd-1.csv"),
    part(0, (i, j) => (j % 2 === 0 && i === j % 50 ? "<5" : undefined)),
  );
  writeFileSync(
    join(path, "odd-2.csv"),
    part(60, (i, j) => (i === 3 + (j % 40) ? `>${j}` : undefined)),
  );
  const source = await open(join(path, "odd-*.csv"));
  const told = source.notes.filter(({ code }) => code === "cells_unread");
  expect(told.map(({ parameters }) => parameters)).toEqual(
    Array.from({ length: wide }, (_, j) => ({
      ...{ column: `n${j}`, type: "number", cells: 120 },
      ...(j % 2 === 0
        ? { bad: 2, values: 2, value: "<5", line: 2 + (j % 50) }
        : { bad: 1, values: 1, value: `>${j}`, line: 5 + (j % 40) }),
    })),
  );
});

test("one query asks for the odd cells of many columns: the commonest values, and the first cell", async () => {
  const database = await openDatabase();
  let queries = 0;
  const counting = {
    ...database,
    query: (sql: string) => {
      queries++;
      return database.query(sql);
    },
  };
  // row 50 of 100 says "first" once; after it 40 words twice each
  const cell = (j: number) =>
    `CASE WHEN i < 50 THEN '${j}' WHEN i = 50 THEN 'first${j}' ELSE 'w' || lpad(((i + ${j}) % 40)::VARCHAR, 2, '0') END`;
  const cells = Array.from({ length: wide }, (_, j) => `${cell(j)} AS c${j}`);
  const source = {
    names: cells.map((_, j) => `n${j}`),
    together: wide,
    relation: () => `SELECT ${cells.join(", ")}, 'f' AS filename FROM range(1, 131) t(i)`,
    place: async (path: string, row: number) => ({ path, line: row + 1 }),
  } as unknown as Source;
  const columns = source.names.map((column, place) => {
    const reading = { parsed: `TRY_CAST(c${place} AS DOUBLE)`, written: `c${place}` };
    const described = { place, reading, candidate: { kind: "number" } } as unknown as Described;
    return { column, described, facts: { ...noFacts, cells: 130, bad: 81 } };
  });
  const odd = await findOdd(counting, source, columns, marksOf([], []));
  expect(queries).toBe(1);
  expect(odd.size).toBe(wide);
  for (const [j, { values, first }] of odd) {
    expect(values.length).toBe(30);
    expect(values.slice(0, 2)).toEqual([
      { value: "w00", count: 2 },
      { value: "w01", count: 2 },
    ]);
    expect(first).toEqual({ filename: "f", row: 50, value: `first${j}` });
  }
  const placeOf = cellPlaces(counting, source);
  for (const bad of columns) {
    const { parameters } = await unreadableCell(placeOf, bad, odd.get(bad.described.place)!);
    expect(parameters).toMatchObject({ line: 51, value: `first${bad.described.place}`, bad: 81 });
  }
  expect(queries).toBe(2);
  database.dispose();
});
