import { describe, expect, test } from "vitest";
import { binsOf } from "../../../src/metrics/bins.ts";
import { quantiles } from "../../../src/metrics/statistics.ts";
import { type RowView, reasonsOf } from "../../../src/tasks/score/reasons.ts";
import { roundedText, roundingOf } from "../../../src/tasks/score/rounding.ts";

const profileOf = (values: readonly number[]) => ({
  ...{ missing: 0, minimum: Math.min(...values), maximum: Math.max(...values) },
  ...{ deciles: quantiles(values, [0.1, 0.5, 0.9]), bins: binsOf(values) },
});
const range = (count: number, of: (i: number) => number): number[] =>
  Array.from({ length: count }, (_, i) => of(i));

describe("numbers are rounded by their column", () => {
  test.each<[string, number[], number, string, string]>([
    // name, values in training, a value, as it was, as it was expected
    ["incomes", range(500, (i) => 20_000 + 400 * i), 26_068.7, "26069", "26100"],
    ["ages", range(60, (i) => 18 + i), 41.38, "41", "41"],
    ["rates", range(300, (i) => Number((i / 100).toFixed(2))), 1.23456, "1.23", "1.23"],
    ["standard scores", range(300, (i) => Math.sin(i * i)), 0.053441, "0.053", "0.053"],
    ["years", range(20, (i) => 2000 + i), 2012.2, "2012", "2012"],
    ["of few values", [...range(95, () => 0), 1e5, 2e5, 3e5, 4e5, 5e5], 312.4, "312", "312"],
  ])("%s", (_, values, value, was, expected) => {
    const rounding = roundingOf(profileOf(values));
    expect([roundedText(value, rounding), roundedText(value, rounding, true)]).toEqual([
      was,
      expected,
    ]);
  });
  test("thousands of years are not set apart", () => {
    const grouped = (of: (i: number) => number) => roundingOf(profileOf(range(50, of))).grouped;
    expect([grouped((i) => 1970 + i), grouped((i) => 100 * i)]).toEqual([false, true]);
  });
  test("dates without a time are whole, those with one are not", () => {
    const days = (of: (i: number) => number) => roundingOf(profileOf(range(50, of))).whole;
    expect([days((i) => 19_000 + i), days((i) => 19_000 + i / 24)]).toEqual([true, false]);
  });
  test("a missing one is no text, and nothing is -0", () => {
    const rounding = roundingOf(profileOf(range(60, (i) => i - 30)));
    expect(roundedText(Number.NaN, rounding)).toBe("");
    expect(roundedText(-0.2, rounding)).toBe("0");
  });
});

describe("reasons", () => {
  const numeric = ["income", "age"].map((name) => ({ name, type: "number" as const }));
  const context = {
    source: { dates: null },
    probabilityOf: (error: number) => Math.exp(-error),
    neverMissing: new Set(["age"]),
    roundings: [range(500, (i) => 400 * i), range(60, (i) => 18 + i)].map((values) =>
      roundingOf(profileOf(values)),
    ),
  };
  const plan = (columns: readonly { name: string }[], type: string, input: string) =>
    columns.map(({ name }) => ({ name, type, role: "feature", unit: null, input }));
  const reasons = (row: Partial<RowView>) =>
    reasonsOf(
      context,
      {
        ...{ numeric: [50_000, 30], categories: ["shop"], error: [4, 0, 0] },
        ...{ reconstruction: [20_040, 30], reconstructionCategories: ["shop"], ...row },
      },
      plan(numeric, "number", "numeric") as never,
      plan([{ name: "sector" }], "category", "categories") as never,
    );

  test("say what was there and what was expected, as numbers that can be grouped", () => {
    expect(reasons({})).toEqual([
      { column: "income", expected: "20000", actual: "50000", share: 1, numeric: true },
    ]);
  });
  test("leave out small shares, and what is as expected as far as it is printed", () => {
    expect(reasons({ error: [4, 0.05, 0] }).map(({ column }) => column)).toEqual(["income"]);
    const near = { error: [4, 0.3, 0], reconstruction: [20_040, 30.2] };
    expect(reasons(near).map(({ column }) => column)).toEqual(["income"]);
    // a likely category that was expected is no reason, an unlikely one where there is nothing else
    expect(reasons({ error: [4, 0, 0.5] }).map(({ column }) => column)).toEqual(["income"]);
    expect(reasons({ error: [0, 0, 1.2] }).map(({ column }) => column)).toEqual(["sector"]);
    expect(reasons({ error: [0, 0, 0.2] })).toEqual([]);
  });
  test("tell values apart where their column is what makes the row odd", () => {
    const [first] = reasons({ error: [0, 4, 0], reconstruction: [50_000, 30.2] });
    expect(first).toMatchObject({ column: "age", expected: "30.2", actual: "30" });
  });
  test("keep a cell that is missing as none was, whatever its share", () => {
    expect(reasons({ numeric: [50_000, Number.NaN] }).at(-1)).toMatchObject({
      ...{ column: "age", actual: "", expected: "30" },
    });
  });
});
