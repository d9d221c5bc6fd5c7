import { expect, test } from "vitest";
import { tableFromColumns } from "../../../src/data/memory/memory.ts";
import {
  chooseThreshold,
  formatThreshold,
  parseThreshold,
} from "../../../src/metrics/threshold.ts";
import { ruleFor } from "../../../src/tasks/rows/rows-per-period.ts";

/** Four rows a day in 2024. */
const day = Array.from({ length: 366 * 4 }, (_, i) =>
  new Date(Date.UTC(2024, 0, 1 + Math.floor(i / 4))).toISOString().slice(0, 10),
);
const table = tableFromColumns({ day, x: day.map((_, i) => i % 9) }, { time: "day" });

test.each([
  ["budget:3/day", 4],
  ["budget:3/week", (366 * 4) / 53],
  ["budget:3/month", (366 * 4) / 12],
  ["budget:3/year", 366 * 4],
])("%s counts rows by calendar", async (text, rows) => {
  const rule = await ruleFor(parseThreshold(text), table);
  expect(rule.rowsPerPeriod).toBeCloseTo(rows, 10);
  expect(formatThreshold(rule)).toBe(text);
});

test("so many of the rows that calibrate are flagged as the calendar allows", async () => {
  const rule = await ruleFor(parseThreshold("budget:30/month"), table);
  const scores = Float32Array.from({ length: 244 }, (_, i) => i);
  const { threshold } = chooseThreshold(rule, scores);
  // two months of rows
  expect(scores.filter((score) => score > threshold)).toHaveLength(60);
  const rare = await ruleFor(parseThreshold("budget:1/year"), table);
  expect(chooseThreshold(rare, scores).threshold).toBe(243);
});

test("without dates there is no calendar, and other rules have none", async () => {
  const rows = tableFromColumns({ x: [1, 2, 3] });
  await expect(ruleFor(parseThreshold("budget:3/day"), rows)).rejects.toMatchObject({
    code: "threshold_time",
  });
  for (const text of ["quantile:0.9/day", "budget:3/hour", "budget:3/day/week"])
    expect(() => parseThreshold(text)).toThrow("threshold");
});
