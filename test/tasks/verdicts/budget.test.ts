import { expect, test } from "vitest";
import { tableFromColumns } from "../../../src/data/memory/memory.ts";
import type { TableModel } from "../../../src/tasks/model/table-model.ts";
import { budgetIn } from "../../../src/tasks/score/budget.ts";
import { budgetVerdicts } from "../../../src/tasks/verdicts/budget.ts";
import { sentenceIn, verdictIn } from "../../../src/tasks/verdicts/verdict.ts";

/** A row a day in the first half of 2024, and what a model of some rule says of it. */
const day = Array.from({ length: 182 }, (_, i) =>
  new Date(Date.UTC(2024, 0, 1 + i)).toISOString().slice(0, 10),
);
const dated = tableFromColumns({ day, x: day.map((_, i) => i % 9) }, { time: "day" });
const of = (rule: string) =>
  ({ metadata: { threshold: { rule, parameters: { rows: 40 } } } }) as unknown as TableModel;
const told = async (rule: string, flagged: number, table = dated) =>
  (await budgetIn(of(rule), table, flagged)).map((each) => [
    verdictIn(each, "en"),
    verdictIn(each, "es"),
  ]);

test("a budget by calendar is held against the months that the rows span", async () => {
  expect(await told("budget:30/month", 87)).toEqual([
    [
      "a budget of 30 a month flags 87 here: 14.5 a month over 6 months",
      "un presupuesto de 30 por mes marca aquí 87: 14.5 por mes a lo largo de 6 meses",
    ],
  ]);
  expect(await told("budget:1/year", 3)).toEqual([
    [
      "a budget of 1 a year flags 3 here: 3.0 a year over 1 year",
      "un presupuesto de 1 por año marca aquí 3: 3.0 por año a lo largo de 1 año",
    ],
  ]);
});

test("without dates it says that it cannot be told", async () => {
  const [[en]] = (await told("budget:30/week", 2, tableFromColumns({ x: [1, 2, 3] }))) as [
    [string],
  ];
  expect(en).toBe(
    "a budget of 30 a week flags 2 of 3 here; how many a week that is cannot be told, since no column has their dates",
  );
});

test("a budget of rows is held against the rows that are scored", async () => {
  expect(await told("budget:5", 1234)).toEqual([
    [
      "a budget of 5 among 40, as many as calibrated, flags 1,234 of 182 here",
      "un presupuesto de 5 entre 40, tantas como calibraron, marca aquí 1234 de 182",
    ],
  ]);
});

test("other rules have no budget, and no rows no verdict", async () => {
  for (const rule of ["quantile:0.99", "stated", "none"]) expect(await told(rule, 3)).toEqual([]);
  const rule = { rule: "budget:5/month", parameters: {} };
  expect(budgetVerdicts(rule, { flagged: 0, rows: 0, periods: null })).toEqual([]);
  const [only] = budgetVerdicts(rule, { flagged: 1, rows: 4, periods: 1 });
  expect(sentenceIn(only!, "en")).toMatch(/^A budget .*\.$/);
});
