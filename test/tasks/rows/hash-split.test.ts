import { describe, expect, it } from "vitest";
import { tableFromRows } from "../../../src/data/memory/memory.ts";
import { random } from "../../../src/random.ts";
import { splitTable } from "../../../src/tasks/lesson/deal.ts";
import { readLabels } from "../../../src/tasks/rows/labels.ts";
import { hashBounds, rowHashes, shareOfHash } from "../../../src/tasks/rows/row-hash.ts";
import { parts } from "../../../src/tasks/rows/split.ts";

const draw = random(7);
const rows = Array.from({ length: 3000 }, (_, i) => ({
  amount: i % 50 === 0 ? null : draw.normal(),
  place: ["Ávila", "León", "Cádiz"][draw.below(3)]!,
  class: i % 20 === 0 ? "odd" : "usual",
}));

const options = { label: "class" };

/** The part of each row of a table, dealt by hash. */
async function dealt(given: typeof rows, seed = 42) {
  const table = tableFromRows(given, options);
  const labels = await readLabels(table, "class");
  const { split, units } = await splitTable(table, labels, { split: "hash", seed });
  return { split, units };
}

describe("rows dealt by a hash of their values", () => {
  it("are in the same part in whatever order they come", async () => {
    const { split, units } = await dealt(rows);
    const { split: turned } = await dealt([...rows].reverse());
    expect([...turned.partOf].reverse()).toEqual([...split.partOf]);
    expect(units).toMatchObject({ by: "hash", columns: [] });
  });

  it("fill their shares as chance has it, and no anomaly trains", async () => {
    const { split } = await dealt(rows);
    const { train, validate, calibrate, test } = split.counts;
    const share = (n: number, of: number) =>
      expect(Math.abs(n / rows.length - of)).toBeLessThan(0.03);
    share(train, 0.54 * 0.95);
    share(validate, 0.06 * 0.95);
    share(calibrate, 0.2);
    share(test, 0.2);
    rows.forEach((row, i) => {
      if (row.class === "odd")
        expect([parts.calibrate, parts.test, parts.out]).toContain(split.partOf[i]);
    });
  });

  it("stay together where they are equal, and come apart by another seed", async () => {
    const twice = [...rows, ...rows];
    const { split } = await dealt(twice);
    expect([...split.partOf.subarray(0, rows.length)]).toEqual([
      ...split.partOf.subarray(rows.length),
    ]);
    const { split: other } = await dealt(rows, 43);
    const moved = rows.filter((_, i) => other.partOf[i] !== split.partOf[i]).length;
    expect(moved).toBeGreaterThan(rows.length / 4);
  });
});

describe("the hash of a row", () => {
  const hashOf = (numeric: number[], categories: string[], seed = 42) =>
    rowHashes(
      numeric.length,
      categories.length,
      seed,
    )({
      ...{ rows: 1, numeric: Float64Array.from(numeric), categories },
    })[0]!;

  it("is that of its values, so that Python comes to the same", () => {
    // as `espejo_spark/hashes.py` has them
    expect(hashOf([1.5, Number.NaN], ["León", ""])).toBe(3877577773);
    expect(hashOf([0], [])).toBe(hashOf([-0], []));
    expect(hashOf([1, 2], [])).not.toBe(hashOf([2, 1], []));
    expect(hashOf([], ["a"], 1)).not.toBe(hashOf([], ["a"], 2));
  });

  it("lies in one share of all", () => {
    const bounds = hashBounds([9, 1]);
    expect(bounds.at(-1)).toBe(2 ** 32);
    expect(shareOfHash(bounds, 2 ** 32 - 1)).toBe(1);
    expect(shareOfHash(bounds, 0)).toBe(0);
  });
});
