import { describe, expect, test } from "vitest";
import type { ArraysDetected, ArraysOptions } from "../../src/data/terms/arrays.ts";
import { checked, faultText } from "../../src/schema.ts";
import { arraysSource } from "../../src/tasks/model/metadata.ts";
import { arrays, saidBy, valuesOf } from "./arrays.ts";
import { file } from "./helpers.ts";

const said = (source: Parameters<typeof saidBy>[0]) => saidBy(source).join("\n");

describe("a model of sequences knows how its training was written", () => {
  const day = (i: number) =>
    `${String((i % 28) + 1).padStart(2, "0")}/0${1 + Math.floor(i / 28)}/2024`;
  const spoken = (cell: (i: number) => string, n: number, from = 0) =>
    `fecha;sitio;ventas;b\n${Array.from({ length: n }, (_, i) => `${day(from + i)};${i % 2 ? "NA" : "ES"};${cell(i)};${i % 5}\n`).join("")}`;
  const known = async (options: ArraysOptions = {}) => {
    const path = file(spoken((i) => `${1 + (i % 7)}.${200 + i},5`, 56));
    const { detected } = await arrays(path, { window: 4, ...options });
    const read = checked(arraysSource, JSON.parse(JSON.stringify(detected)));
    if ("fault" in read) throw new Error(faultText(read.fault));
    expect(read.value).toEqual(detected);
    return read.value as ArraysDetected;
  };

  test("numbers, dates and marks that are ambiguous by themselves are read as they were", async () => {
    const like = await known({ group: "sitio", notMissing: ["NA"] });
    const next = file(spoken((i) => `${1 + i}.${234 + i}`, 8));
    const source = await arrays(next, { like });
    expect(source.series).toEqual(["ES", "NA"]);
    expect((await valuesOf(source)).filter((_, i) => i % 2 === 0).slice(0, 4)).toEqual([
      1234, 3236, 5238, 7240,
    ]);
    // by themselves they are fractions
    const alone = await arrays(next, { window: 4, features: ["ventas", "b"] });
    expect((await valuesOf(alone))[0]).toBe(1.234);
  });

  test("its columns have the types that they had, and text in a column of numbers is said", async () => {
    const like = await known();
    const next = file(spoken((i) => (i < 3 ? "cerrado" : `${i}.100,5`), 8));
    const source = await arrays(next, { like });
    expect(said(source)).not.toContain("sitio");
    expect(said(source)).toContain('"ventas": 3 of 8 cells are no number');
    expect((await valuesOf(source))[6]).toBe(3100.5);
  });

  test("a file without its header is matched by position", async () => {
    const like = await known();
    const next = file(spoken((i) => `${i}.100,5`, 8).replace(/^.*\n/, ""));
    const source = await arrays(next, { like });
    expect(said(source)).toContain("columns are matched by position");
    expect((await valuesOf(source)).slice(0, 4)).toEqual([100.5, 0, 1100.5, 1]);
  });
});
