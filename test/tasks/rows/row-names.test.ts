import { expect, test } from "vitest";
import { namingColumns, rowName } from "../../../src/tasks/rows/row-names.ts";

test("ids name a row, then its time", () => {
  const columns = [
    { name: "year", role: "time" },
    { name: "gdp", role: "feature" },
    { name: "country", role: "id" },
    { name: "code", role: "id" },
  ] as const;
  expect(namingColumns(columns)).toEqual(["country", "code", "year"]);
});

test.each([
  [["country", "year"], ["Angola", "1975"], "Angola, 1975"],
  [["ID"], ["17"], "ID 17"],
  [["date"], ["2020-03-01"], "date 2020-03-01"],
  [["name"], ["  "], null],
  [["country", "code"], ["Namibia", ""], "Namibia"],
  [[], [], null],
])("%j of %j", (names, cells, wanted) => {
  expect(rowName(names, cells)).toBe(wanted);
});
