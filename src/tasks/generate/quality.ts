import type { Cells } from "../../data/terms/arrays.ts";
import { correlation } from "../../metrics/correlation.ts";
import { nearestNeighbours } from "../../metrics/neighbours.ts";
import { rocAuc } from "../../metrics/ranking.ts";
import { median, quantile } from "../../metrics/statistics.ts";
import { permutation, random } from "../../random.ts";
import type { Block } from "../compress/block.ts";
import { pointsLike } from "../compress/points.ts";
import { pickRows } from "../compress/source.ts";

/** How new rows compare with real ones. */
export interface GenerationQuality {
  /** New rows, and real ones in each of two halves, that were compared. */
  readonly rows: { readonly generated: number; readonly real: number };
  /**
   * Distances to the nearest row of one half of the real rows, standardised: of new rows, and of the other half.
   * Copies are new rows that are nearer than one in a hundred of those real ones; exact ones have distance 0.
   */
  readonly nearest: {
    readonly generated: number;
    readonly real: number;
    readonly copies: number;
    readonly exact: number;
  };
  /** How well 15 nearest neighbours tell new rows from real ones, each row left out once; 0.5: not at all. */
  readonly auc: number;
  /** Columns of a table: Kolmogorov-Smirnov distance of numbers, total variation of categories. */
  readonly columns: readonly { readonly name: string; readonly distance: number }[];
  /** Mean difference of the correlations of pairs of numbers; null for fewer than two. */
  readonly correlation: number | null;
}

/** Distances to the nearest row of one half of the real rows, as the figures of a comparison come from. */
export interface Nearness {
  /** Of the first new rows, and of the other half of the real rows. */
  readonly generated: Float64Array;
  readonly real: Float64Array;
  /** Of each of those new rows the place of that nearest row among all real rows. */
  readonly places: Uint32Array;
}

/** A comparison, and what it comes from. */
export interface Compared {
  readonly quality: GenerationQuality;
  readonly nearness: Nearness;
}

const mostRows = 1500;

/** Compares new rows of a table with real ones. Names are those of the numbers, then of the categories. */
export function tableQuality(
  generated: Block,
  real: Block,
  names: readonly string[],
  seed = 42,
): Compared {
  const [one, other] = halves(real.rows, seed);
  const [a, b] = [pickRows(real, one), pickRows(real, other)];
  const fresh = pickRows(generated, first(generated.rows, a.rows));
  const points = pointsLike(a);
  const found = compareVectors(points.of(fresh), points.of(a), points.of(b), points.width);
  const p = real.numbers.length;
  const columns = names.map((name, j) => ({
    name,
    distance:
      j < p
        ? numberDistance(generated.numbers[j]!, real.numbers[j]!)
        : totalVariation(generated.categories[j - p]!, real.categories[j - p]!),
  }));
  const pairs = correlationPairs(generated, real);
  const gap = pairs.reduce((sum, pair) => sum + Math.abs(pair.generated - pair.real), 0);
  return {
    quality: { ...found.figures, columns, correlation: p < 2 ? null : gap / pairs.length },
    nearness: nearnessOf(found, one),
  };
}

/** Compares new images or sequences [rows, cells] with real ones. */
export function arrayQuality(generated: Cells, real: Cells, cells: number, seed = 42): Compared {
  const [one, other] = halves(real.length / cells, seed);
  const take = (places: readonly number[]): Float64Array => {
    const rows = new Float64Array(places.length * cells);
    places.forEach((place, i) => {
      rows.set(real.subarray(place * cells, (place + 1) * cells), i * cells);
    });
    return rows;
  };
  const fresh = Float64Array.from(generated.subarray(0, one.length * cells));
  const found = compareVectors(fresh, take(one), take(other), cells);
  return {
    quality: { ...found.figures, columns: [], correlation: null },
    nearness: nearnessOf(found, one),
  };
}

const nearnessOf = (
  { generated, real, indices }: ReturnType<typeof compareVectors>,
  half: readonly number[],
): Nearness => ({ generated, real, places: indices.map((i) => half[i]!) });

const first = (rows: number, most: number): number[] =>
  Array.from({ length: Math.min(rows, most) }, (_, i) => i);

/** Places of two halves of so many rows, at most 1,500 in each. */
function halves(rows: number, seed: number): readonly [readonly number[], readonly number[]] {
  const order = Array.from(permutation(rows, random(seed, 3)));
  const half = Math.min(mostRows, rows >> 1);
  return [order.slice(0, half), order.slice(half, 2 * half)];
}

/** The part that tables and arrays share; all are [rows, width]. */
function compareVectors(fresh: Float64Array, a: Float64Array, b: Float64Array, width: number) {
  const { distances: generated, indices } = nearestNeighbours(fresh, a, width, 1);
  const real = nearestNeighbours(b, a, width, 1).distances;
  const limit = quantile(real, 0.01);
  const share = (holds: (distance: number) => boolean): number =>
    generated.filter(holds).length / generated.length;
  const figures = {
    rows: { generated: fresh.length / width, real: a.length / width },
    nearest: {
      generated: median(generated),
      real: median(real),
      copies: share((distance) => distance < limit),
      exact: share((distance) => distance === 0),
    },
    auc: neighbourAuc(fresh, b.subarray(0, fresh.length), width),
  };
  return { figures, generated, real, indices };
}

/** Neighbours that tell generated rows from real ones. */
export const neighbours = 15;

function neighbourAuc(fresh: Float64Array, real: Float64Array, width: number): number {
  const all = new Float64Array(fresh.length + real.length);
  all.set(fresh);
  all.set(real, fresh.length);
  const n = all.length / width;
  const own = fresh.length / width;
  const k = Math.min(neighbours, n - 1);
  const { indices } = nearestNeighbours(all, all, width, k, { exceptSelf: true });
  const labels = Uint8Array.from({ length: n }, (_, i) => (i < own ? 1 : 0));
  const scores = Float32Array.from({ length: n }, (_, i) => {
    let count = 0;
    for (let j = 0; j < k; j++) if (indices[i * k + j]! < own) count++;
    // The row itself is missing from its own class, which would make equal classes look different.
    return i < own
      ? (count * own) / Math.max(1, own - 1)
      : k - ((k - count) * (n - own)) / Math.max(1, n - own - 1);
  });
  return rocAuc(scores, labels);
}

/** The Kolmogorov-Smirnov distance of two columns of numbers, NaN where missing: 0 alike, 1 apart. */
export const numberDistance = (a: Float64Array, b: Float64Array): number =>
  kolmogorov(observed(a), observed(b));

const observed = (values: Float64Array): Float64Array =>
  values.filter((value) => !Number.isNaN(value)).sort();

/** The greatest distance of two distribution functions; both sorted. */
function kolmogorov(a: Float64Array, b: Float64Array): number {
  let [i, j, most] = [0, 0, 0];
  while (i < a.length && j < b.length) {
    const value = Math.min(a[i]!, b[j]!);
    while (i < a.length && a[i]! === value) i++;
    while (j < b.length && b[j]! === value) j++;
    most = Math.max(most, Math.abs(i / a.length - j / b.length));
  }
  return most;
}

function totalVariation(a: readonly string[], b: readonly string[]): number {
  const shares = (cells: readonly string[]): Map<string, number> => {
    const there = cells.filter((cell) => cell !== "");
    const counts = new Map<string, number>();
    for (const cell of there) counts.set(cell, (counts.get(cell) ?? 0) + 1 / there.length);
    return counts;
  };
  const [one, other] = [shares(a), shares(b)];
  let sum = 0;
  for (const cell of new Set([...one.keys(), ...other.keys()]))
    sum += Math.abs((one.get(cell) ?? 0) - (other.get(cell) ?? 0));
  return sum / 2;
}

/** Correlations of two columns of numbers, by their places. */
export interface CorrelationPair {
  readonly columns: readonly [number, number];
  readonly generated: number;
  readonly real: number;
}

/** Correlations of each pair of columns of numbers, among new rows and among real ones. */
export function correlationPairs(generated: Block, real: Block): readonly CorrelationPair[] {
  const p = real.numbers.length;
  return Array.from({ length: p }, (_, j) =>
    Array.from({ length: j }, (_, k): CorrelationPair => {
      const [a, b] = [generated, real].map(({ numbers }) => correlation(numbers[j]!, numbers[k]!));
      return { columns: [k, j], generated: a!, real: b! };
    }),
  ).flat();
}
