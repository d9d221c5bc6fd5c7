import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ByteReader, ByteWriter } from "../../../src/tasks/compress/bytes.ts";
import {
  fromUnits,
  GridFinder,
  roundAgain,
  roundPredictions,
} from "../../../src/tasks/compress/grid.ts";
import { readStream, writeStream } from "../../../src/tasks/compress/stream.ts";

const finderOf = (values: Iterable<number>, options = {}): GridFinder => {
  const finder = new GridFinder(options);
  for (const value of values) finder.add(value);
  return finder;
};

test("whole numbers come back from their bytes, whatever their size and sign", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -(2 ** 51), max: 2 ** 51 })), (values) => {
      const writer = new ByteWriter();
      writer.integers(values);
      const again = new ByteReader(writer.join()).integers(values.length);
      expect(Array.from(again, (value) => value + 0)).toEqual(values.map((value) => value + 0));
    }),
  );
});

test("texts come back from their bytes: numbers, words, line ends and zeros in front", () => {
  const lists = [
    ["1", "2", "3", "-40"],
    ["007", "7"],
    ["a", "b\n", "", "ñ", "a"],
    ["-0", "1e3"],
    [],
  ];
  for (const cells of lists) {
    const writer = new ByteWriter();
    writer.texts(cells);
    expect(new ByteReader(writer.join()).texts(cells.length)).toEqual(cells);
  }
});

describe("a stream of numbers", () => {
  const value = fc.oneof(
    fc.integer({ min: -10_000, max: 10_000 }).map((n) => n / 100),
    fc.constant(Number.NaN),
    fc.double({ min: -1e6, max: 1e6, noNaN: true }),
  );
  test("comes back within its greatest error, whatever was predicted; 0 is exact", () => {
    fc.assert(
      fc.property(
        fc.array(value, { minLength: 1, maxLength: 60 }),
        fc.constantFrom(0, 0.005, 0.05, 3, 1e5, Number.POSITIVE_INFINITY),
        fc.option(fc.double({ min: -1e7, max: 1e7, noNaN: true })),
        (list, maxError, guess) => {
          const values = Float64Array.from(list);
          const grid = finderOf(values).grid(maxError);
          const predictions =
            guess === null ? null : values.map((x, i) => (i % 3 ? x + guess / 1e6 : guess));
          const writer = new ByteWriter();
          writeStream(writer, grid, values, predictions, [1]);
          const reader = new ByteReader(writer.join());
          const back = readStream(reader, grid, values.length, predictions, [1]);
          values.forEach((x, i) => {
            if (Number.isNaN(x)) expect(back[i]).toBeNaN();
            else if (maxError === 0) expect(back[i]! + 0).toBe(x + 0);
            else expect(Math.abs(back[i]! - x)).toBeLessThanOrEqual(maxError * (1 + 1e-9));
          });
        },
      ),
    );
  });

  test("that is predicted well takes less room than one that is not", () => {
    const values = Float64Array.from({ length: 500 }, (_, i) => Math.round(1e4 * Math.sin(i * i)));
    const grid = finderOf(values).grid(0);
    const size = (predictions: Float64Array | null): number => {
      const writer = new ByteWriter();
      writeStream(writer, grid, values, predictions, [1]);
      return writer.join().length;
    };
    expect(size(values.map((x) => x + 3.3))).toBeLessThan(0.7 * size(null));
  });
});

test("the unit of numbers is that of their last digit, of dates a day or a second", () => {
  expect(finderOf([1.5, 2.25, Number.NaN, -3]).grid(0)).toMatchObject({ perUnit: 100, step: 1 });
  expect(finderOf([0.1, 0.2, 0.3]).grid(0.1)).toMatchObject({ perUnit: 10, step: 3 });
  expect(finderOf([19_000, 19_001], { date: true }).grid(0)).toMatchObject({ perUnit: 1 });
  expect(finderOf([19_000.5], { date: true }).grid(0)).toMatchObject({ perUnit: 86_400 });
  const cents = finderOf([1.15, 2.3]).grid(0);
  expect(fromUnits(cents, 115)).toBe(1.15);
});

test("predictions of another engine are rounded alike where they differ in the last digits", () => {
  const values = Float64Array.from({ length: 2000 }, (_, i) => (i % 41) - 20);
  const grid = finderOf(values).grid(0);
  const ours = values.map((x, i) => x + 0.5 + (i % 7) * 1e-6);
  const theirs = ours.map((x, i) => x + (i % 2 ? 1e-5 : -1e-5));
  const { units, places, ups } = roundPredictions(grid, ours);
  expect(roundPredictions(grid, theirs).units).not.toEqual(units);
  expect(roundAgain(grid, theirs, places, ups)).toEqual(units);
});
