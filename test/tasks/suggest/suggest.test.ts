import { describe, expect, test } from "vitest";
import { tableFromColumns } from "../../../src/data/memory/memory.ts";
import type { MemoryValue } from "../../../src/data/memory/memory-column.ts";
import { random } from "../../../src/random.ts";
import { suggestionFor, suggestionsFor } from "../../../src/tasks/suggest/suggest.ts";

type Columns = Record<string, MemoryValue[]>;
const day = 86_400_000;

/** Measured values beside columns of a table's own. */
function measured(rows: number, more: Columns, count = 3): Columns {
  const source = random(5);
  const values = Array.from({ length: count }, (_, j) => [
    `v${j}`,
    Array.from({ length: rows }, () => 10 + source.normal()),
  ]);
  return { ...more, ...Object.fromEntries(values) };
}

const suggested = (columns: Columns, given = {}, options = {}) =>
  suggestionsFor(tableFromColumns(columns as never, options), given).map(
    ({ invocation: { verb, options: told }, about }) => ({ verb, about, ...told }),
  );

/** Dates, one after the other. */
const dates = (rows: number, at: (i: number) => number): MemoryValue[] =>
  Array.from({ length: rows }, (_, i) => new Date(at(i)));
const every = (step: number) => (rows: number) =>
  dates(rows, (i) => Date.UTC(2015, 0, 1) + i * step);
const months = (step: number) => (rows: number) => dates(rows, (i) => Date.UTC(1950, i * step, 1));
const businessDays = (rows: number): MemoryValue[] =>
  dates(rows, (i) => Date.UTC(2015, 0, 5) + (7 * Math.floor(i / 5) + (i % 5)) * day);

describe("a series is looked at in windows of", () => {
  test.each<readonly [string, (rows: number) => MemoryValue[], number, number]>([
    ["a minute of seconds", every(1000), 900, 60],
    ["an hour of minutes", every(60_000), 900, 60],
    ["an hour of five minutes", every(300_000), 900, 12],
    ["a day of half hours", every(1_800_000), 900, 48],
    ["a day of hours", every(3_600_000), 900, 24],
    ["a week of days", every(day), 300, 7],
    ["a week of business days", businessDays, 300, 5],
    ["a year of weeks", every(7 * day), 600, 52],
    ["a year of months", months(1), 300, 12],
    ["a year of quarters", months(3), 200, 4],
    ["five years", months(12), 120, 5],
    ["a tenth of the rows, where a usual one is longer", every(7 * day), 300, 30],
  ])("%s", (_, times, rows, window) => {
    expect(suggested(measured(rows, { when: times(rows) }))).toEqual([
      { verb: "detect", about: "stretches", time: "when", window, output: "ranked.csv" },
    ]);
  });

  test("years, where these are numbers", () => {
    const year = Array.from({ length: 90 }, (_, i) => 1900 + i);
    expect(suggested(measured(90, { year }))).toMatchObject([{ time: "year", window: 5 }]);
  });

  test("and its rows by themselves where it is too short for any", () => {
    const [only] = suggested(measured(20, { when: months(1)(20) }));
    expect(only).toEqual({ verb: "detect", about: "rows", output: "ranked.csv" });
  });
});

test("a panel: its rows, and odd stretches of each key", () => {
  const keys = Array.from({ length: 20 }, (_, k) => Array<string>(24).fill(`firm ${k}`)).flat();
  const year = keys.map((_, i) => 1990 + (i % 24));
  expect(suggested(measured(480, { firm: keys, year }))).toEqual([
    { verb: "detect", about: "rows", output: "ranked.csv" },
    {
      ...{ verb: "detect", about: "stretches", group: "firm", time: "year", window: 5 },
      output: "stretches.csv",
    },
  ]);
});

test("a likely label is named, and what is normal of several values", () => {
  const cycle = (values: readonly string[], rows = 300) =>
    Array.from({ length: rows }, (_, i) => values[i % values.length]!);
  const fraud = Array.from({ length: 300 }, (_, i) => (i % 20 === 0 ? 1 : 0));
  expect(suggested(measured(300, { is_fraud: fraud }))).toEqual([
    { verb: "detect", about: "rows", label: "is_fraud", output: "ranked.csv" },
  ]);
  const usual = [...cycle(["Current", "Fully Paid"], 16), "Default", "Late"];
  const status = cycle(usual, 360);
  expect(suggested(measured(360, { loan_status: status }))).toMatchObject([
    { label: "loan_status", normal: ["Current", "Fully Paid"] },
  ]);
  // what was stated stays
  const given = { label: "v0", header: true };
  expect(suggested(measured(300, { is_fraud: fraud }), given)).toMatchObject([given]);
});

test("columns with heavy tails are taken the logarithm of", () => {
  const source = random(2);
  const amount = Array.from({ length: 400 }, () => Math.exp(6 + 2.5 * source.normal()));
  expect(suggested(measured(400, { amount }))).toMatchObject([{ log: ["amount"] }]);
});

test("a table with more columns than a fifth of its rows is reduced, whatever it is", () => {
  expect(suggested(measured(60, {}, 20))).toEqual([
    { verb: "reduce", about: "columns", output: "codes.csv" },
  ]);
});

test("images train, unless a class says what is normal; windows are ranked", () => {
  const images = { path: "x", labels: null, detected: { content: "images" } } as never;
  expect(suggestionFor(images, { size: [8, 8] })).toMatchObject({
    verb: "train",
    options: { size: [8, 8], kind: "convolutional", output: "model.onnx" },
  });
  const classed = { path: "x", labels: ["bad", "good"], detected: { content: "images" } } as never;
  expect(suggestionFor(classed)).toMatchObject({ verb: "detect", options: { normal: "good" } });
  const windows = { path: "x", labels: null, detected: { content: "sequences" } } as never;
  expect(suggestionFor(windows, { window: 3 })).toMatchObject({
    verb: "detect",
    options: { window: 3, output: "ranked.csv" },
  });
});
