import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { energyTest } from "../../src/metrics/index.ts";
import { random } from "../../src/random.ts";

const { energies } = JSON.parse(
  readFileSync(new URL("../golden/images.json", import.meta.url), "utf8"),
) as {
  readonly energies: readonly {
    readonly name: string;
    readonly columns: number;
    readonly a: readonly number[];
    readonly b: readonly number[];
    readonly distance: number;
  }[];
};

test.each(energies)("the energy distance of $name agrees with numpy", (expected) => {
  const { a, b, columns, distance } = expected;
  expect(energyTest(a, b, columns).distance).toBeCloseTo(distance, 10);
});

/** Normal rows [n, 2], shifted in the first column. */
function drawn(n: number, seed: number, shift = 0): number[] {
  const source = random(seed);
  return Array.from({ length: 2 * n }, (_, i) => source.normal() + (i % 2 === 0 ? shift : 0));
}

test("samples of one distribution are seldom told apart, about as often as the level says", () => {
  const values = Array.from(
    { length: 100 },
    (_, i) => energyTest(drawn(40, 2 * i), drawn(30, 2 * i + 1), 2, { permutations: 39 }).pValue,
  );
  const rejected = values.filter((p) => p <= 0.1).length;
  expect(rejected).toBeGreaterThan(2);
  expect(rejected).toBeLessThan(20);
  expect(values.filter((p) => p <= 0.5).length).toBeGreaterThan(30);
});

test("samples that are shifted are told apart with the smallest p-value there is", () => {
  expect(energyTest(drawn(60, 1), drawn(50, 2, 1.5), 2).pValue).toBe(1 / 200);
});

test("equal samples are at distance 0, and every division is as far", () => {
  const a = drawn(10, 5);
  expect(energyTest(a, a, 2).distance).toBeCloseTo(0, 12);
  expect(energyTest(a, a, 2).pValue).toBe(1);
});

test("samples must be whole rows", () => {
  expect(() => energyTest([1, 2, 3], [1, 2], 2)).toThrow(/rows of 2, got 3 and 2/);
});
