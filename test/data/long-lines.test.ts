import { describe, expect, test } from "vitest";
import { refused, table } from "./helpers.ts";

/** A table of 100 rows, one of which has a cell of this many letters. */
const withCell = (letters: number, row: number, quote: string): string =>
  `a,b,note\n${Array.from(
    { length: 100 },
    (_, i) => `${i % 7}.5,${i % 11},${i === row ? quote + "x".repeat(letters) + quote : "short"}`,
  ).join("\n")}\n`;

describe.each([
  ["in the first row", 0],
  ["far below", 70],
])("a line of 3 MB %s", (_, row) => {
  test.each([
    ["quoted", '"'],
    ["not quoted", ""],
  ])("is read, %s", async (_, quote) => {
    const { rows, columns } = await table(withCell(3_000_000, row, quote));
    expect(rows).toBe(100);
    expect(columns.map(({ type }) => type)).toEqual(["number", "number", "category"]);
  });
});

test("a line that is too long is named, and what to look for", async () => {
  const error = await refused(withCell(33_000_000, 70, '"'));
  expect(error).toMatchObject({ code: "row_long", parameters: { line: 72, most: 32 } });
});
