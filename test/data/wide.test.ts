import { readdirSync } from "node:fs";
import { expect, test } from "vitest";
import { folder, rowsOf, table } from "./helpers.ts";

const wide = 700;
const cell = (i: number, j: number): string =>
  j % 9 === 4 ? `k${(i + j) % 3}` : j === 300 && i === 5 ? "oops" : `${(i * 31 + j * 7) % 101}.5`;

test("more columns than one query takes are read as few are, cell for cell", async () => {
  const rows = 25;
  const names = Array.from({ length: wide }, (_, j) => `c${j}x`);
  const lines = Array.from({ length: rows }, (_, i) => names.map((_, j) => cell(i, j)).join(";"));
  const tempDirectory = folder();
  const source = await table(`${names.join(";")}\n${lines.join("\n")}\n`, { tempDirectory });
  const held = () => readdirSync(tempDirectory, { recursive: true }).length;
  const before = held();
  expect(source.rows).toBe(rows);
  const numeric = names.filter((_, j) => j % 9 !== 4);
  const categories = names.filter((_, j) => j % 9 === 4);
  const found = await rowsOf(source, { numeric, categories, text: [names[699]!, names[4]!] }, 10);
  const places = numeric.map((name) => names.indexOf(name));
  const wanted = Array.from({ length: rows }, (_, i) => places.map((j) => Number(cell(i, j))));
  expect(found.numeric).toEqual(wanted.flat());
  expect(found.categories.slice(0, 3)).toEqual([cell(0, 4), cell(0, 13), cell(0, 22)]);
  expect(found.text).toEqual([699, 4].map((j) => lines.map((_, i) => cell(i, j))));
  expect(held()).toBe(before);
  const unread: string[] = [];
  for await (const batch of source.batches({ numeric, categories: [] }, { size: 10 }))
    unread.push(...(batch.unread ?? Array<string>(batch.rows).fill("")));
  expect(unread.flatMap((name, i) => (name === "" ? [] : [[i, name]]))).toEqual([[5, "c300x"]]);
  expect(source.columns[300]!.profile).toMatchObject({ missing: 1, unread: 1 });
  expect(source.notes.find(({ code }) => code === "cells_unread")).toMatchObject({
    parameters: { column: "c300x", line: 7, value: "oops" },
  });
});
