import { momentsOf } from "../../metrics/statistics.ts";
import type { Block } from "../compress/block.ts";
import { commonest } from "./common-cells.ts";
import type { Filler, GappedRows } from "./filler.ts";
import { type KeptRows, pickGapped } from "./kept-rows.ts";
import { areApart, type SeriesPlaces } from "./series-places.ts";

/** Rows that are averaged. */
const near = 5;
/** Comparisons of cells that are made at most for all rows of a table. */
const mostWork = 4e9;
const fewestDonors = 2000;
const mostDonors = 20_000;

/** Rows as points: numbers in deviations, categories as their places; NaN where missing. */
type Points = (block: Block) => Float64Array;

/**
 * Fills what the five nearest rows that have a value have there: means, commonest categories. Distances are over the cells that
 * both rows have, numbers in deviations, categories 1 apart where they differ, as if the others differed as much.
 */
export function nearestRows(kept: KeptRows, places: SeriesPlaces | null): Filler {
  const { numbers, categories } = kept.block;
  const width = numbers.length + categories.length;
  const most = mostWork / (kept.block.rows * Math.max(1, width));
  const every = Math.ceil(kept.block.rows / Math.max(fewestDonors, Math.min(mostDonors, most)));
  const all = Array.from({ length: kept.block.rows }, (_, i) => i);
  const donors =
    every > 1
      ? pickGapped(
          kept,
          all.filter((i) => i % every === 0),
        )
      : kept;
  const pointsOf = pointsLike(kept.block);
  const points = pointsOf(donors.block);
  return {
    way: "nearest",
    rounds: null,
    async fill(gapped, aparts) {
      const queries = pointsOf(gapped.block);
      const filled = aparts.map(() => copyOf(gapped.block));
      const distances = new Float64Array(donors.block.rows);
      for (let i = 0; i < gapped.block.rows; i++) {
        const query = queries.subarray(i * width, (i + 1) * width);
        const missing = Array.from({ length: width }, (_, j) => j).filter((j) =>
          Number.isNaN(query[j]!),
        );
        if (missing.length === 0) continue;
        measure(query, points, numbers.length, distances);
        const row = gapped.rows[i]!;
        aparts.forEach((apart, a) => {
          const usable = usableFor(donors, row, apart, places);
          for (const j of missing) {
            const found = nearestOf(
              distances,
              (d) => !Number.isNaN(points[d * width + j]!) && usable(d),
            );
            const at = j - numbers.length;
            if (j < numbers.length)
              filled[a]!.numbers[j]![i] = meanOf(donors.block.numbers[j]!, found);
            else
              filled[a]!.categories[at]![i] = commonest(
                found.map((d) => donors.block.categories[at]![d]!),
              );
          }
        });
      }
      return filled;
    },
  };
}

const copyOf = (block: Block) => ({
  ...block,
  numbers: block.numbers.map((values) => values.slice()),
  categories: block.categories.map((cells) => [...cells]),
});

const meanOf = (values: Float64Array, places: readonly number[]): number =>
  places.reduce((sum, d) => sum + values[d]!, 0) / places.length;

/** Which rows may be used for one: not itself, nor those of its series that are too near in time. */
function usableFor(
  { rows }: GappedRows,
  row: number,
  apart: number,
  places: SeriesPlaces | null,
): (donor: number) => boolean {
  if (!places || apart === 0) return (d) => rows[d] !== row;
  const { series, at } = places;
  return (d) => {
    const other = rows[d]!;
    if (other === row) return false;
    return series[other] !== series[row] || areApart(at[other]! - at[row]!, apart);
  };
}

/** Squared distances over the cells that both have, made as great as if all were there. */
function measure(
  query: Float64Array,
  points: Float64Array,
  numbers: number,
  distances: Float64Array,
): void {
  const width = query.length;
  for (let d = 0; d < distances.length; d++) {
    let [sum, both] = [0, 0];
    const from = d * width;
    for (let j = 0; j < width; j++) {
      const difference = query[j]! - points[from + j]!;
      if (Number.isNaN(difference)) continue;
      both++;
      sum += j < numbers ? difference * difference : difference === 0 ? 0 : 1;
    }
    distances[d] = both > 0 ? (sum * width) / both : Number.POSITIVE_INFINITY;
  }
}

/** Places of the nearest that may be used, the nearest first. */
function nearestOf(distances: Float64Array, usable: (d: number) => boolean): readonly number[] {
  const found: number[] = [];
  for (let d = 0; d < distances.length; d++) {
    const distance = distances[d]!;
    if (found.length === near && !(distance < distances[found[near - 1]!]!)) continue;
    if (distance === Number.POSITIVE_INFINITY || !usable(d)) continue;
    let at = found.length === near ? near - 1 : found.length;
    for (; at > 0 && distances[found[at - 1]!]! > distance; at--) found[at] = found[at - 1]!;
    found[at] = d;
  }
  return found;
}

function pointsLike({ numbers, categories }: Block): Points {
  const moments = numbers.map(momentsOf);
  const codes = categories.map(
    (cells) =>
      new Map([...new Set(cells)].filter((cell) => cell !== "").map((cell, k) => [cell, k])),
  );
  const width = numbers.length + categories.length;
  return (block) => {
    const points = new Float64Array(block.rows * width).fill(Number.NaN);
    block.numbers.forEach((values, j) => {
      const { mean, deviation } = moments[j]!;
      values.forEach((value, i) => {
        points[i * width + j] = (value - mean) / (deviation || 1);
      });
    });
    block.categories.forEach((cells, j) => {
      cells.forEach((cell, i) => {
        points[i * width + numbers.length + j] = codes[j]!.get(cell) ?? Number.NaN;
      });
    });
    return points;
  };
}
