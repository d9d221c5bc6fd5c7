import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { arraysFromData } from "../../src/data/memory/memory-arrays.ts";
import type { Arrays, ArraysOptions } from "../../src/data/terms/arrays.ts";
import { type OutputArrays, writeArrays } from "../../src/data/write/write-arrays.ts";
import { arrays, valuesOf } from "./arrays.ts";
import { file, folder } from "./helpers.ts";

/** 8 rows [4, 3], all finite but for one cell. */
const cells = (wrong: number): Float64Array =>
  Float64Array.from({ length: 96 }, (_, i) => (i === 64 ? wrong : i / 4));
const row = 6;
const inside = "[2, 2]";

async function stored(name: string, type: OutputArrays["type"], wrong: number): Promise<string> {
  const path = join(folder(), name);
  const batches = (async function* () {
    yield { rows: 8, x: cells(wrong) };
  })();
  const ending = name.split(".").at(-1) as "npy" | "npz" | "idx";
  await writeArrays(path, ending, { rows: 8, shape: [4, 3], type, batches });
  return path;
}

type Missing = Pick<ArraysOptions, "missing">;
const doors: Record<string, (wrong: number, options: Missing) => Promise<Arrays>> = {};
for (const ending of ["npy", "npz", "idx"])
  for (const type of ["float32", "float64"] as const)
    for (const content of ["sequences", "images"] as const)
      doors[`.${ending}, ${type}, ${content}`] = async (wrong, options) =>
        arrays(await stored(`a.${ending}`, type, wrong), { content, ...options });
doors["in memory, sequences"] = async (wrong, options) =>
  arraysFromData({ data: cells(wrong), shape: [8, 4, 3], ...options });
doors["in memory, images"] = async (wrong, options) =>
  arraysFromData({ data: cells(wrong), shape: [8, 4, 3, 1], ...options });

describe.each(Object.entries(doors))("%s", (name, open) => {
  const place = name === "in memory, images" ? "[2, 2, 1]" : inside;
  test.each([Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])(
    "%s is refused with its place, and can be read as missing",
    async (wrong) => {
      const reading = async () => valuesOf(await open(wrong, {}));
      await expect(reading()).rejects.toMatchObject({
        code: "cell_infinite",
        parameters: { row, column: place, value: String(wrong) },
      });
      const source = await open(wrong, { missing: ["inf"] });
      expect((await valuesOf(source)).map(Number.isNaN)).toEqual(
        Array.from(cells(wrong), (value) => !Number.isFinite(value)),
      );
      expect(source.detected.missing).toEqual(["inf"]);
    },
  );
});

test("a number can stand for a missing cell, and a model's data need not say it again", async () => {
  const path = await stored("a.npy", "float64", -999);
  const source = await arrays(path, { missing: ["-999"] });
  expect((await valuesOf(source)).filter(Number.isNaN)).toHaveLength(1);
  const again = await arrays(path, { like: source.detected });
  expect(await valuesOf(again)).toEqual(await valuesOf(source));
});

test("series of a table keep the marks of their missing cells too", async () => {
  const path = file(
    `v\n${Array.from({ length: 40 }, (_, i) => (i === 7 ? -200 : i)).join("\n")}\n`,
  );
  const source = await arrays(path, { window: 4, stride: 4, missing: ["-200"] });
  const again = await arrays(path, { like: source.detected });
  expect((await valuesOf(again))[7]).toBeNaN();
});
