import { describe, expect, test } from "vitest";
import { noteIn } from "../../../src/data/terms/note-language.ts";
import { gatherStatistics } from "../../../src/preparation/statistics.ts";
import { random } from "../../../src/random.ts";
import type { TableModel } from "../../../src/tasks/model/table-model.ts";
import { watchDrift } from "../../../src/tasks/score/drift.ts";

interface Row {
  income: number;
  age: number;
  debts: number;
  sector: string;
  region: string;
}
const draw = random(8);
const rowsOf = (count: number): Row[] =>
  Array.from({ length: count }, () => {
    const income = Math.round(1000 * Math.exp(draw.normal()));
    return {
      ...{ income, age: 18 + draw.below(60) },
      debts: draw.uniform() < 0.1 ? Number.NaN : Math.round(income * draw.uniform()),
      sector: ["farm", "shop", "bank"][Math.floor(3 * draw.uniform() ** 2)]!,
      region: draw.uniform() < 0.5 ? "north" : "south",
    };
  });
const [numeric, categories] = [["income", "age", "debts"] as const, ["sector", "region"] as const];
const batchOf = (rows: readonly Row[]) => ({
  ...{ start: 0, rows: rows.length, text: [] },
  numeric: Float64Array.from(rows.flatMap((row) => numeric.map((name) => row[name]))),
  categories: rows.flatMap((row) => categories.map((name) => row[name])),
});
const columns = (names: readonly string[], type: string) => names.map((name) => ({ name, type }));

const trained = rowsOf(3000);
const statistics = gatherStatistics(
  numeric.map((name) => ({ name, date: false })),
  categories.map((name) => ({ name, date: false })),
);
statistics.add(batchOf(trained), () => true);
const model = {
  metadata: { profile: statistics.profile(), source: { dates: null } },
  numericColumns: columns(numeric, "number"),
  categoryColumns: columns(categories, "category"),
} as unknown as TableModel;

const fresh = rowsOf(600);
function told(change: (row: Row, i: number) => Partial<Row>, of = model): string[] {
  const drift = watchDrift(of);
  const rows = fresh.map((row, i) => ({ ...row, ...change(row, i) }));
  // in two batches, as they come
  drift.add(batchOf(rows.slice(0, 100)));
  drift.add(batchOf(rows.slice(100)));
  return drift.notes().map(({ code, parameters }) => `${code} ${String(parameters.column)}`);
}

describe("of rows that have changed it is said how", () => {
  test.each<[string, (row: Row, i: number) => Partial<Row>, string]>([
    ["shifted", ({ age }) => ({ age: Math.min(77, age + 20) }), "drift_shift age"],
    ["in another unit", ({ income }) => ({ income: income / 12 }), "drift_scale income"],
    ["in another unit", ({ income }) => ({ income: 100 * income }), "drift_scale income"],
    ["constant", () => ({ age: 40 }), "drift_constant age"],
    ["a constant text", () => ({ region: "north" }), "drift_constant region"],
    ["a copy", ({ income }) => ({ age: income }), "drift_copy age"],
    ["a new category", (_, i) => (i % 20 ? {} : { sector: "mine" }), "drift_unseen sector"],
    ["other shares", (_, i) => (i % 3 ? {} : { region: "north" }), "drift_shares region"],
    ["more gaps", (_, i) => (i % 3 ? {} : { debts: Number.NaN }), "drift_missing debts"],
    ["out of range", (_, i) => (i % 20 ? {} : { age: 150 }), "drift_range age"],
  ])("%s", (_, change, line) => {
    expect(told(change)).toEqual([line]);
  });
});

test("of rows as in training nothing is said, of few as of many", () => {
  for (let file = 0; file < 60; file++) {
    const drift = watchDrift(model);
    drift.add(batchOf(rowsOf(3 + file * file)));
    expect(drift.notes()).toEqual([]);
  }
});

test("the factor of another unit is said in words, with what was there", () => {
  const drift = watchDrift(model);
  drift.add(batchOf(fresh.map((row) => ({ ...row, income: 12 * row.income }))));
  const [note] = drift.notes();
  expect(Number(note!.parameters.factor)).toBeGreaterThan(10);
  expect(Number(note!.parameters.factor)).toBeLessThan(14);
  expect(noteIn(note!, "en")).toContain("another unit?");
  expect(noteIn(note!, "es")).toContain("¿otra unidad?");
});

test("files from before distributions were kept tell range, gaps and new categories", () => {
  const { rows, numeric: numbers, categories: texts } = model.metadata.profile;
  const profile = {
    rows,
    numeric: numbers.map(({ bins: _, ...each }) => each),
    categories: texts.map(({ counts: _, ...each }) => each),
  };
  const old = { ...model, metadata: { ...model.metadata, profile } } as unknown as TableModel;
  expect(told(() => ({ age: 40, region: "north" }), old)).toEqual([]);
  expect(told(() => ({ age: 400, region: "west" }), old)).toEqual([
    "drift_range age",
    "drift_unseen region",
  ]);
});
