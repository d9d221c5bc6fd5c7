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

test("infinite values and texts among stated numbers are refused with their row", () => {
  expect(() => tableFromColumns({ a: [1, Number.POSITIVE_INFINITY] })).toThrow(/row 2.*infinite/);
  expect(() => tableFromColumns({ a: [1, "two"] }, { types: { a: "number" } })).toThrow(
    /"two" is not a number/,
  );
});
