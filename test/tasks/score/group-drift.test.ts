import { describe, expect, test } from "vitest";
import { tableFromColumns } from "../../../src/data/memory/memory.ts";
import { noteIn } from "../../../src/data/terms/note-language.ts";
import { gatherStatistics } from "../../../src/preparation/statistics.ts";
import { random } from "../../../src/random.ts";
import type { TableModel } from "../../../src/tasks/model/table-model.ts";
import { type Drift, watchDrift } from "../../../src/tasks/score/drift.ts";
import { train } from "../../../src/tasks/train/train.ts";

const draw = random(21);
const countries = Array.from({ length: 30 }, (_, i) => `country ${i}`);
const levels = new Map(countries.map((name) => [name, Math.exp(3 * draw.normal())]));
interface Row {
  country: string;
  income: number;
  price: number;
}
/** Rows of countries whose incomes are a thousand times apart. */
const rowsOf = (count: number): Row[] =>
  Array.from({ length: count }, (_, i) => {
    const country = countries[i % countries.length]!;
    const income = levels.get(country)! * Math.exp(draw.normal() / 3);
    return { country, income, price: 100 + draw.normal() };
  });
const batchOf = (rows: readonly Row[]) => ({
  ...{ start: 0, rows: rows.length, categories: [] },
  numeric: Float64Array.from(rows.flatMap(({ income, price }) => [income, price])),
  text: [rows.map(({ country }) => country)],
});
const numeric = ["income", "price"].map((name) => ({ name, type: "number", date: false }));

function modelOf(rows: readonly Row[], groups?: readonly string[]): TableModel {
  const statistics = gatherStatistics(numeric, [], groups ? { groups } : {});
  statistics.add(batchOf(rows), () => true);
  const profile = JSON.parse(JSON.stringify(statistics.profile()));
  const columns = [
    { name: "country", role: "id" },
    { name: "year", role: "time" },
  ];
  const metadata = { profile, columns, source: { dates: null } };
  return { metadata, numericColumns: numeric, categoryColumns: [] } as unknown as TableModel;
}
const model = modelOf(rowsOf(1500), ["country"]);
const fresh = rowsOf(750);
const watch = (of = model): Drift => watchDrift(of, { text: ["country"] });

function told(change: (row: Row, i: number) => Partial<Row>, name = "country 7") {
  const drift = watch();
  const changed = fresh.map((row, i) =>
    row.country === name || name === "" ? { ...row, ...change(row, i) } : row,
  );
  drift.add(batchOf(changed.slice(0, 100)));
  drift.add(batchOf(changed.slice(100)));
  return drift.notes();
}

describe("of one group that has changed it is said which, and how", () => {
  test.each<[string, (row: Row) => Partial<Row>, string]>([
    ["another unit", ({ income }) => ({ income: 1000 * income }), "drift_group_scale income"],
    ["moved", ({ price }) => ({ price: price + 3 }), "drift_group_shift price"],
    ["stuck", () => ({ price: 100 }), "drift_group_constant price"],
    ["missing", () => ({ price: Number.NaN }), "drift_group_missing price"],
  ])("%s", (_, change, line) => {
    const notes = told(change).filter(({ code }) => code !== "missing_new");
    expect(notes.map(({ code, parameters }) => `${code} ${parameters.column}`)).toEqual([line]);
    expect(notes[0]!.parameters.group).toBe("country 7");
    expect(noteIn(notes[0]!, "en")).toContain("of country 7: ");
    expect(noteIn(notes[0]!, "es")).toContain("de country 7: ");
  });
});

test("a change of all groups is told of the whole, once", () => {
  const notes = told(({ price }) => ({ price: price + 3 }), "");
  expect(notes.map(({ code }) => code)).toEqual(["drift_range"]);
});

test("where each group has moved and the whole has not, how many and which is said", () => {
  const notes = told(({ income }) => ({ income: 1.7 * income }), "");
  expect(notes.map(({ code }) => code)).toEqual(["drift_groups"]);
  expect(notes[0]!.parameters).toMatchObject({ column: "income", of: 30, key: "country" });
});

test("of rows as in training nothing is said, of few as of many", () => {
  for (let file = 0; file < 40; file++) {
    const drift = watch();
    drift.add(batchOf(rowsOf(5 + 2 * file * file)));
    expect(drift.notes()).toEqual([]);
  }
});

test("groups that were not there, and rows without their key, are judged with the whole", () => {
  const drift = watch();
  drift.add(batchOf(fresh.map((row) => ({ ...row, country: "elsewhere" }))));
  expect(drift.notes()).toEqual([]);
  const keyless = watchDrift(model);
  keyless.add(batchOf(fresh));
  expect(keyless.notes()).toEqual([]);
});

test("a file from before groups were kept says that it cannot tell", () => {
  const drift = watch(modelOf(rowsOf(600)));
  drift.add(batchOf(fresh));
  expect(drift.notes()).toEqual([{ code: "drift_groups_unknown", parameters: { key: "country" } }]);
  // ids that come once are no groups
  const once = watch(modelOf(rowsOf(600)));
  once.add(batchOf(fresh.map((row, i) => ({ ...row, country: String(i) }))));
  expect(once.notes()).toEqual([]);
});

test("of very many groups the first are kept, and that is said", () => {
  const many = Array.from({ length: 12_000 }, (_, i) => ({
    ...{ country: `c${i % 6000}`, income: draw.normal(), price: draw.normal() },
  }));
  const { groups } = modelOf(many, ["country"]).metadata.profile;
  expect(groups).toMatchObject({ groups: 6000, key: ["country"] });
  expect(groups!.kept).toHaveLength(5000);
  const drift = watch(modelOf(many, ["country"]));
  drift.add(batchOf(many));
  expect(drift.notes().map(({ code, parameters }) => [code, parameters.kept])).toEqual([
    ["drift_groups_kept", 5000],
  ]);
});

test("a model of a panel keeps what its keys were like, unless it is to be private", async () => {
  const years = Array.from({ length: 25 }, (_, i) => String(1990 + i));
  const cells = countries.slice(0, 8).flatMap((country) => years.map((year) => [country, year]));
  const panel = {
    country: cells.map(([country]) => country!),
    year: cells.map(([, year]) => Number(year)),
    x: cells.map(() => draw.normal()),
    y: cells.map(() => draw.normal()),
  };
  const options = { kind: "basic", epochs: 1 };
  const kept = await train(tableFromColumns(panel), options);
  expect(kept.model.metadata.profile.groups).toMatchObject({ groups: 8, key: ["country"] });
  const without = await train(tableFromColumns(panel), { ...options, private: true });
  expect(without.model.metadata.profile.groups).toBeUndefined();
  for (const { model: made, fitted } of [kept, without]) {
    await made.dispose();
    await fitted.dispose();
  }
});
