import { momentsOf } from "../../metrics/statistics.ts";
import type { Block } from "./block.ts";

/** Rows as points. */
export interface Points {
  /** Numbers of a point. */
  readonly width: number;
  /** Points [rows, width] of rows with the same columns. */
  of(block: Block): Float64Array;
}

/**
 * Rows as points whose distances tell how much they differ: numbers in deviations of the given rows, gaps at
 * their mean, and categories 1 apart where they differ.
 */
export function pointsLike({ numbers, categories }: Block): Points {
  const moments = numbers.map(momentsOf);
  const places = categories.map(
    (cells) =>
      new Map([...new Set(cells)].filter((cell) => cell !== "").map((cell, k) => [cell, k])),
  );
  const width = numbers.length + places.reduce((n, values) => n + values.size, 0);
  return {
    width,
    of(block) {
      const points = new Float64Array(block.rows * width);
      block.numbers.forEach((values, j) => {
        const { mean, deviation } = moments[j]!;
        values.forEach((value, i) => {
          if (!Number.isNaN(value)) points[i * width + j] = (value - mean) / (deviation || 1);
        });
      });
      let at = numbers.length;
      block.categories.forEach((cells, j) => {
        cells.forEach((cell, i) => {
          const place = places[j]!.get(cell);
          if (place !== undefined) points[i * width + at + place] = Math.SQRT1_2;
        });
        at += places[j]!.size;
      });
      return points;
    },
  };
}
