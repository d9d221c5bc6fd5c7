import { expect, test } from "vitest";
import { alikeColumns } from "../../src/preparation/alike-columns.ts";
import { RowSample } from "../../src/preparation/row-sample.ts";
import { random } from "../../src/random.ts";

test("rows are kept whole, all up to the bound, and then each as likely as another", () => {
  const sample = new RowSample(2, 1, 100, random(1));
  for (let i = 0; i < 50; i++) sample.add({ numeric: [i, -i], categories: [`c${i}`] }, 0);
  expect([...sample.numbers(0)]).toEqual(Array.from({ length: 50 }, (_, i) => i));
  for (let i = 50; i < 5000; i++) sample.add({ numeric: [i, -i], categories: [`c${i}`] }, 0);
  const kept = sample.numbers(0);
  expect(sample.rows).toBe(100);
  expect(new Set(kept).size).toBe(100);
  expect(sample.texts(0)).toEqual([...kept].map((i) => `c${i}`));
  expect([...sample.numbers(1)]).toEqual([...kept].map((i) => -i));
  // the mean of 100 of them strays by 144
  expect(Math.abs(kept.reduce((a, b) => a + b, 0) / 100 - 2500)).toBeLessThan(580);
});

test("columns are alike where they are equal in half of the rows, missing cells with missing ones", () => {
  const sample = new RowSample(3, 2, 100, random(1));
  const rows = [
    [1, 1, 2, "a", "b"],
    [2, 2, 2, "a", "a"],
    [Number.NaN, Number.NaN, 3, "c", ""],
    [4, 5, 4, "", ""],
  ] as const;
  for (const [a, b, c, d, e] of rows) sample.add({ numeric: [a, b, c], categories: [d, e] }, 0);
  expect(alikeColumns(sample, 3, 2)).toEqual({
    rows: 4,
    pairs: [
      [0, 1, 3],
      [0, 2, 2],
      [3, 4, 2],
    ],
  });
});
