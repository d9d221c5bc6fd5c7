import type { Numbers } from "./counts.ts";

/**
 * A column of numbers in short: edges at its quantiles, and how many values lie below the first edge, on it, between it
 * and the second, on that, ... and above the last. A value that many rows share is an edge with a count of its own.
 */
export interface Bins {
  /** Rising, each once. */
  readonly edges: readonly number[];
  /** Two for each edge and one more. */
  readonly counts: readonly number[];
}

/** Into how many bins of equal counts values are divided. */
const most = 20;

/** The bins of values of which none is missing; of no values, no edges. */
export function binsOf(values: Numbers): Bins {
  if (values.length === 0) return { edges: [], counts: [0] };
  const sorted = Float64Array.from(values).sort();
  const places = Array.from({ length: most - 1 }, (_, i) => ((i + 1) / most) * (sorted.length - 1));
  // values that there are, and none between them
  const edges = [...new Set(places.map((place) => sorted[Math.floor(place)]!))];
  return { edges, counts: countIn(edges, values) };
}

/** How many values lie in the bins of some edges, other values than those that made them, say. */
export function countIn(edges: readonly number[], values: Numbers): number[] {
  const counts = new Array<number>(2 * edges.length + 1).fill(0);
  for (let i = 0; i < values.length; i++) counts[placeOf(edges, values[i]!)]!++;
  return counts;
}

/** The place of a value among the counts: 2 k where it lies below edge k and above the one before, 2 k + 1 on it. */
export function placeOf(edges: readonly number[], value: number): number {
  let [low, high] = [0, edges.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (edges[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return edges[low] === value ? 2 * low + 1 : 2 * low;
}
