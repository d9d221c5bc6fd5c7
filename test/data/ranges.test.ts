import { describe, expect, test } from "vitest";
import { rangesOf } from "../../src/data/columns/ranges.ts";
import { noteText } from "../../src/data/terms/notes.ts";
import { espejo } from "../cli/helpers.ts";
import { doors } from "./doors.ts";
import { file } from "./helpers.ts";

describe("values that are ranges of one scale are put in the order of their numbers", () => {
  test.each([
    ["35-44 18-24 65+ 25-34 <18", "<18 18-24 25-34 35-44 65+"],
    ["5 – 10|<=5|>20|10 – 20|unknown", "<=5|5 – 10|10 – 20|>20"],
    ["[5000, 9000)|[0, 1000)|[1000, 5000)", "[0, 1000)|[1000, 5000)|[5000, 9000)"],
    ["€1,000 - €5,000|€5,000+|€0 - €1,000", "€0 - €1,000|€1,000 - €5,000|€5,000+"],
    ["65 y más|menos de 18|25 a 64|18 a 24", "menos de 18|18 a 24|25 a 64|65 y más"],
    ["10 to 19 years|20 to 29 years|30 or more", "10 to 19 years|20 to 29 years|30 or more"],
    ["0-5|-5-0|-10--5", "-10--5|-5-0|0-5"],
    ["0.5-0.75|0.25-0.5|0.125-0.25", "0.125-0.25|0.25-0.5|0.5-0.75"],
    ["0.5-1.5|1.5-2.5|2.5-9", "0.5-1.5|1.5-2.5|2.5-9"],
  ])("%s", (values, sorted) => {
    const mark = values.includes("|") ? "|" : " ";
    expect(rangesOf(values.split(mark))?.join(mark)).toBe(sorted);
  });
});

test.each([
  ["telephone numbers", ["555-1234", "555-2345", "555-3456"]],
  ["part numbers", ["12-345", "13-200", "14-77"]],
  ["scores", ["0-1", "2-1", "1-1", "3-0", "1-2"]],
  ["days", ["2024-01-02", "2024-01-03", "2024-01-04"]],
  ["months", ["2024-01", "2024-02", "2024-03"]],
  ["numbers", ["1", "2", "3"]],
  ["bounds alone", ["<5", ">5", ">=9"]],
  ["ranges over others", ["0-10", "5-15", "15-20"]],
  ["words among them", ["0-10", "10-20", "20-30", "low", "high"]],
  ["sizes", ["10x20", "20x30", "30x40"]],
  ["addresses", ["10.0.0.1", "10.0.0.2", "10.0.0.3"]],
])("%s are no ranges", (_, values) => {
  expect(rangesOf(values)).toBeNull();
});

test.each(Object.keys(doors))("a column of ranges is told as that by %s", async (door) => {
  const ages = ["18-24", "65+", "25-34", "35-64"];
  const cells = Array.from({ length: 40 }, (_, i) => i);
  const source = await doors[door]!({
    age: cells.map((i) => ages[i % 4]!),
    goals: cells.map((i) => `${i % 3}-${i % 5}`),
    x: cells.map((i) => String(i / 8)),
  });
  const said = source.notes.map((each) => noteText(each));
  expect(said).toContain('column "age": 4 ranges such as 25-34, taken as categories');
  expect(said.join("\n")).not.toContain("goals");
  expect(source.columns[0]).toMatchObject({ type: "category", role: "feature" });
});

test("inspect shows them from the lowest on", async () => {
  const ages = ["65+", "65+", "65+", "25-34", "25-34", "18-24"];
  const path = file(
    `age,x\n${Array.from({ length: 60 }, (_, i) => `${ages[i % 6]},${i / 7}\n`).join("")}`,
  );
  const { out, err } = await espejo(["inspect", path, "--lang", "es"]);
  expect(out).toContain("18-24 (10), 25-34 (20), 65+ (30)");
  expect(err).toContain('columna "age": 3 intervalos como 25-34, tomados como categorías');
});
