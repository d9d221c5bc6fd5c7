import fc from "fast-check";
import { expect, test } from "vitest";
import { numberParser, numberSql, styleOfExample } from "../../src/data/cells/numbers.ts";
import { openDatabase } from "../../src/data/native/database.ts";
import { literal } from "../../src/data/terms/sql.ts";
import type { NumberStyle, OpenOptions } from "../../src/data/terms/table.ts";
import { file, open, refused, rowsOf, table } from "./helpers.ts";

/** Columns as people write them, with the numbers that they mean. */
const columns: readonly (readonly [
  what: string,
  cells: readonly string[],
  numbers: readonly number[],
])[] = [
  ["a decimal comma beside points", ["1850,8", "1032,75", "740,2"], [1850.8, 1032.75, 740.2]],
  [
    "thousands and a decimal comma",
    ["1.850,8", "740,25", "12.000.000,5"],
    [1850.8, 740.25, 12e6 + 0.5],
  ],
  ["parentheses", ["(1,251.05)", "890.43", "(3)"], [-1251.05, 890.43, -3]],
  ["a minus behind", ["12.5-", "7", "3.25-"], [-12.5, 7, -3.25]],
  ["a minus of Unicode", ["\u22124.5", "2", "\u22120.25"], [-4.5, 2, -0.25]],
  ["a currency", ["$1,200.50", "$3", "-$4"], [1200.5, 3, -4]],
  ["a currency in parentheses", ["($1,200.50)", "$3", "($4)"], [-1200.5, 3, -4]],
  ["percents with a comma", ["11,6 %", "9 %", "-0,5 %"], [11.6, 9, -0.5]],
  ["a unit", ["12 kg", "3.5 kg", "1,250 kg"], [12, 3.5, 1250]],
  ["flags", ["11.7 b", "9.1", "13.3 p"], [11.7, 9.1, 13.3]],
  ["blanks between thousands", ["1 850,8", "12\u00a0000", "7,5"], [1850.8, 12_000, 7.5]],
  ["apostrophes", ["1'850.5", "12’000", "7"], [1850.5, 12_000, 7]],
];

test.each(columns)("%s beside a column of plain points", async (_, cells, numbers) => {
  const rows = Array.from({ length: 12 }, (_, i) => `"${cells[i % 3]}";${(i * 1.37).toFixed(2)}`);
  const source = await table(`x;y\n${rows.join("\n")}\n`);
  expect(source.columns[0]).toMatchObject({ type: "number" });
  const { numeric } = await rowsOf(source, { numeric: ["x"] });
  expect(numeric.slice(0, 3)).toEqual(numbers);
  const said = source.notes.map(({ code }) => code).join(" ");
  expect(`${said} thousands ${source.detected.thousands}`).toMatch(/number_|comma|thousands '/);
});

test.each([
  ["codes of any length", ["0010", "007", "00042"], "category", "why_codes"],
  [
    "more digits than a number keeps",
    ["716277643516076032", "716277643516076039", "12"],
    "category",
    "why_digits",
  ],
])("%s are no numbers", async (_, cells, type, why) => {
  const rows = Array.from({ length: 30 }, (_, i) => `${cells[i % 3]},${i * 2}`);
  const source = await table(`x,y\n${rows.join("\n")}\n`);
  expect(source.columns[0]).toMatchObject({ type, why: { code: why } });
});

test("an example states how a column writes its numbers, and must fit it", async () => {
  const text = `k;x\n${Array.from({ length: 9 }, (_, i) => `k${i % 2};${i + 1}.125`).join("\n")}\n`;
  const first = async (options: OpenOptions): Promise<number> =>
    (await rowsOf(await table(text, options), { numeric: ["x"] })).numeric[0]!;
  expect(await first({ numbers: { x: "1.125" } })).toBe(1125);
  expect(await first({ numbers: { x: "1.5" } })).toBe(1.125);
  expect((await refused(text, { numbers: { x: "much" } })).code).toBe("number_example");
  expect((await refused(text, { numbers: { x: "1,5" } })).code).toBe("cell_unreadable");
});

test("a model keeps the styles of its columns for new data that do not show them", async () => {
  const known = await table(
    `x;y\n${Array.from({ length: 9 }, (_, i) => `${i}.250,5;${i}.5`).join("\n")}\n`,
  );
  expect(known.detected.numbers).toMatchObject({ x: { decimal: ",", thousands: "." } });
  const fresh = await open(file("x;y\n1.250;0.5\n"), {
    expect: known.columns,
    prior: known.detected,
  });
  expect((await rowsOf(fresh, { numeric: ["x", "y"] })).numeric).toEqual([1250, 0.5]);
});

test("JavaScript and SQL read the same numbers from any cell", async () => {
  const part = fc.constantFrom(
    "1",
    "23",
    "456",
    ".",
    ",",
    " ",
    "'",
    "-",
    "(",
    ")",
    "$",
    "%",
    "e2",
    "\u2212",
    "b",
    "0",
  );
  const cell = fc.array(part, { minLength: 1, maxLength: 7 }).map((parts) => parts.join(""));
  const cells = fc.sample(cell, { numRuns: 1500, seed: 7 });
  const styles: NumberStyle[] = [
    { decimal: ",", thousands: "." },
    { decimal: ".", thousands: ",", accounting: true },
    { decimal: ".", thousands: " ", sign: "$", accounting: true },
    { decimal: ",", thousands: "none", sign: "%" },
    { decimal: ".", thousands: "'", flags: true },
  ];
  const database = await openDatabase();
  try {
    const values = cells.map((each, i) => `(${i}, ${literal(each)})`).join(", ");
    for (const style of styles) {
      const rows = await database.query(
        `SELECT ${numberSql("c", style)} FROM (VALUES ${values}) AS t(i, c) ORDER BY i`,
      );
      const parse = numberParser(style);
      const ours = cells.map((each) => (Number.isNaN(parse(each)) ? null : parse(each)));
      expect(rows.map(([number]) => number)).toEqual(ours);
      expect(ours.filter((number) => number !== null).length).toBeGreaterThan(50);
    }
  } finally {
    database.dispose();
  }
});

test.each([
  ["1.234,5", { decimal: ",", thousands: "." }],
  ["1,234.5", { decimal: ".", thousands: "," }],
  ["1.234", { decimal: ",", thousands: "." }],
  ["12,5", { decimal: ",", thousands: "none" }],
  ["(1,200.00)", { decimal: ".", thousands: ",", accounting: true }],
  ["12 %", { sign: "%" }],
])("the example %s", (example, style) => {
  expect(styleOfExample(example)).toMatchObject(style);
});
