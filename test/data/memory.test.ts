import { expect, test } from "vitest";
import { tableFromColumns, tableFromRows } from "../../src/data/memory/memory.ts";
import { kinds, rowsOf } from "./helpers.ts";

test("rows of objects are a table", async () => {
  const source = tableFromRows(
    [
      { id: 1, x: 1.5, city: "Jaén", ok: true, at: new Date("2020-01-01T06:00:00Z") },
      { id: 2, x: null, city: "Lugo", ok: false, at: new Date("2020-01-01T06:00:00Z") },
      { id: 3, x: Number.NaN, city: "", ok: true, at: new Date("2020-01-03") },
      { id: 4, x: 2.5, city: "NA", ok: true },
      { id: 5, x: 7, city: "Lugo", ok: false, at: null },
    ],
    { label: "ok" },
  );
  expect(kinds(source)).toEqual({
    id: "number id",
    x: "number feature",
    city: "category feature",
    ok: "boolean label",
    at: "date feature",
  });
  const { numeric, categories, text } = await rowsOf(
    source,
    { numeric: ["x", "at"], categories: ["city"], text: ["ok"] },
    2,
  );
  expect(numeric).toEqual([
    1.5,
    18262.25,
    Number.NaN,
    18262.25,
    Number.NaN,
    18264,
    2.5,
    Number.NaN,
    7,
    Number.NaN,
  ]);
  expect(categories).toEqual(["Jaén", "Lugo", "", "", "Lugo"]);
  expect(text).toEqual([["true", "false", "true", "true", "false"]]);
});

test("typed arrays are columns, and a column of another length is refused", async () => {
  const source = tableFromColumns({ a: Float32Array.of(1, 2.5, 3), b: Int16Array.of(7, 8, 9) });
  expect((await rowsOf(source, { numeric: ["b", "a"] })).numeric).toEqual([7, 1, 8, 2.5, 9, 3]);
  expect(() => tableFromColumns({ a: [1, 2], b: [1] })).toThrow(/"b" has 1 rows/);
});

test("infinite values are refused with their row, texts among stated numbers where that is strict", async () => {
  expect(() => tableFromColumns({ a: [1, Number.POSITIVE_INFINITY] })).toThrow(/row 2.*infinite/);
  const types = { a: "number" } as const;
  expect(() => tableFromColumns({ a: [1, "two"] }, { types, strict: true })).toThrow(
    /"two" is not a number/,
  );
  expect(() => tableFromColumns({ a: ["one", "two"] }, { types })).toThrow(/"one" is not a number/);
  const some = tableFromColumns({ a: [1, "two"] }, { types });
  expect(some.notes.map(({ code }) => code)).toContain("cells_unread");
  for await (const { numeric, unread } of some.batches({ numeric: ["a"], categories: [] })) {
    expect([...numeric]).toEqual([1, Number.NaN]);
    expect(unread).toEqual(["", "a"]);
  }
});

test("numbers that are text are numbers, codes are codes, and yes and no one of each", async () => {
  const rows = Array.from({ length: 40 }, (_, i) => ({
    price: `${1000 + i},${i % 10}0 €`,
    loss: i % 9 === 4 ? `(${i}.5)` : `${i}.5`,
    account: `00${i % 7}`,
    tweet: `7162776435160760${10 + i}`,
    open: ["TRUE", "False"][i % 2]!,
    odd: i === 5 ? "nd" : i,
  }));
  const table = tableFromRows(rows);
  expect(table.columns.map(({ name, type }) => `${name} ${type}`)).toEqual([
    ...["price number", "loss number", "account category", "tweet category"],
    ...["open boolean", "odd number"],
  ]);
  expect(table.detected.numbers).toMatchObject({ price: { decimal: ",", sign: "€" } });
  for await (const { numeric, categories } of table.batches({
    ...{ numeric: ["price", "loss", "odd"], categories: ["open"] },
  })) {
    expect([...numeric.slice(12, 18)]).toEqual([1004.4, -4.5, 4, 1005.5, 5.5, Number.NaN]);
    expect(categories.slice(0, 2)).toEqual(["true", "false"]);
  }
});
