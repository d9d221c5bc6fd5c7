import { describe, expect, test } from "vitest";
import { tableFromColumns } from "../../src/data/memory/memory.ts";
import { openTable } from "../../src/data/tables/open.ts";
import type { Detected, Table } from "../../src/data/terms/table.ts";
import { checked, faultText } from "../../src/schema.ts";
import { tableSource } from "../../src/tasks/model/metadata.ts";
import { file, kinds, open, rowsOf, table } from "./helpers.ts";

const training =
  "id,x,city,y\n1,1.5,Jaén,0\n2,2.5,Lugo,1\n3,3.5,Jaén,0\n4,0.5,Soria,0\n5,9.5,Lugo,0\n6,1.5,Lugo,1\n";

test("new data are matched by name in any order, without the label", async () => {
  const known = await table(training, { label: "y" });
  const next = await open(file("city;extra;x\nJaén;7;1,25\nVigo;8;3,5\n"), {
    expect: known.columns,
    prior: known.detected,
  });
  expect(kinds(next)).toEqual({
    city: "category feature",
    extra: "text ignore",
    x: "number feature",
  });
  const { numeric, categories, text } = await rowsOf(next, {
    numeric: ["x"],
    categories: ["city"],
    text: ["extra"],
  });
  expect(numeric).toEqual([1.25, 3.5]);
  expect(categories).toEqual(["Jaén", "Vigo"]);
  expect(text).toEqual([["7", "8"]]);
});

test("types come from the model: a column of digits stays a category, a text among numbers is missing", async () => {
  const known = await table(training, { label: "y" });
  const digits = await open(file("x,city\n1,28001\n2,28002\n"), { expect: known.columns });
  expect((await rowsOf(digits, { numeric: [], categories: ["city"] })).categories).toEqual([
    "28001",
    "28002",
  ]);
  const path = file("x,city\n1,a\nmany,b\n");
  const some = await open(path, { expect: known.columns });
  expect((await rowsOf(some, { numeric: ["x"], categories: [] })).numeric).toEqual([1, Number.NaN]);
  expect(some.notes.map(({ code }) => code)).toContain("cells_unread");
  const none = openTable(file("x,city\nfew,a\nmany,b\n"), { expect: known.columns });
  await expect(none).rejects.toMatchObject({ code: "cell_unreadable" });
  await expect(openTable(path, { expect: known.columns, strict: true })).rejects.toMatchObject({
    code: "cell_unreadable",
    parameters: { line: 3, row: 2, column: "x", value: "many" },
  });
});

describe("what a model keeps of how its training was written", () => {
  const line = (x: string, place: string, i: number) => `${x};${i / 8};${i / 4};${place}\n`;
  const places = ["NA", "ES", "FR"];
  const known = () =>
    table(
      `x;y;z;place\n${Array.from({ length: 60 }, (_, i) => line(`${i % 9}.${500 + i},25`, places[i % 3]!, i)).join("")}`,
      { notMissing: ["NA"] },
    );
  const fromFile = ({ detected }: Table): Detected => {
    const read = checked(tableSource, JSON.parse(JSON.stringify(detected)));
    if ("fault" in read) throw new Error(faultText(read.fault));
    return read.value as Detected;
  };

  test("a column with a style of its own is read in it where new cells alone say nothing", async () => {
    const before = await known();
    expect(fromFile(before)).toEqual(before.detected);
    const next = await open(file("x;y;z;place\n1.234;0.5;1;NA\n2.500;1.5;2;ES\n"), {
      expect: before.columns,
      prior: fromFile(before),
    });
    const { numeric, categories } = await rowsOf(next, {
      numeric: ["x", "y"],
      categories: ["place"],
    });
    expect(numeric).toEqual([1234, 0.5, 2500, 1.5]);
    expect(categories).toEqual(["NA", "ES"]);
  });

  test.each(["file", "memory"])(
    "cells that cannot be of the style are read by themselves, and that is said (%s)",
    async (door) => {
      const before = await known();
      const match = { expect: before.columns, prior: fromFile(before) };
      const next =
        door === "file"
          ? await open(file("x;y;z;place\n1234.5;0.5;1;NA\n2500.25;1.5;2;ES\n"), match)
          : tableFromColumns(
              { x: ["1234.5", "2500.25"], y: [0.5, 1.5], z: [1, 2], place: ["NA", "ES"] },
              match,
            );
      expect((await rowsOf(next, { numeric: ["x"] })).numeric).toEqual([1234.5, 2500.25]);
      expect(next.notes.map(({ code }) => code)).toContain("number_otherwise");
    },
  );
});

test("numbers of the model's usual style are read in it where the new file would say otherwise", async () => {
  const known = await table("a;b\n1.234,5;1\n2.500,25;2\n1.100,5;4\n1,5;3\n");
  expect(known.detected).toMatchObject({ decimal: ",", thousands: "." });
  const next = await open(file("a;c\n1.234;0.25\n2.500;0.75\n"), {
    expect: known.columns.filter(({ name }) => name === "a"),
    prior: known.detected,
  });
  expect((await rowsOf(next, { numeric: ["a"] })).numeric).toEqual([1234, 2500]);
});

test("a missing column is named with the nearest", async () => {
  const known = await table(training, { label: "y" });
  await expect(
    openTable(file("X1,citty\n1,a\n2,b\n"), { expect: known.columns }),
  ).rejects.toMatchObject({
    code: "column_missing",
    parameters: { column: "x", nearest: "X1" },
  });
});

test("a column that the model needs is not said to be the one that is missing", async () => {
  const known = await table("sales_1,sales_2,y\n1,5,0\n2,6,1\n3,9,0\n4,2,1\n");
  const read = (text: string) => openTable(file(text), { expect: known.columns });
  await expect(read("sales_1,y,total\n1,2,3\n")).rejects.toMatchObject({
    parameters: { column: "sales_2", nearest: "total" },
  });
  await expect(read("sales_1,y\n1,2\n")).rejects.toMatchObject({ code: "column_absent" });
});

test("files without header match by position when the counts agree", async () => {
  const known = await table("1,a,0.5\n2,b,1.5\n3,a,2.5\n1,b,2\n2,a,9\n", { label: "3" });
  const whole = await open(file("5,a,7\n6,z,8\n"), { expect: known.columns });
  expect(
    (await rowsOf(whole, { numeric: ["column_1"], categories: ["column_2"] })).numeric,
  ).toEqual([5, 6]);
  const unlabelled = await open(file("5,a\n6,z\n"), { expect: known.columns });
  expect(
    (await rowsOf(unlabelled, { numeric: ["column_1"], categories: ["column_2"] })).categories,
  ).toEqual(["a", "z"]);
  await expect(openTable(file("5\n6\n"), { expect: known.columns })).rejects.toMatchObject({
    code: "column_count",
  });
});

test("what is ambiguous in new data is read as in training", async () => {
  const known = await table("when;x\n25/03/2021;1\n01/04/2021;2\n17/05/2021;2\n02/01/2021;7\n", {
    features: ["when", "x"],
  });
  const next = await open(file("when,x\n03/04/2021,1\n"), {
    expect: known.columns,
    prior: known.detected,
  });
  expect((await rowsOf(next, { numeric: ["when"] })).numeric).toEqual([
    Date.UTC(2021, 3, 3) / 864e5,
  ]);
});
