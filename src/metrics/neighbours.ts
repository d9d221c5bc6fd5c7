import { mistake } from "../errors.ts";
import { checkArguments, checkOptions } from "../options.ts";
import { z } from "../schema.ts";
import { parts } from "./arguments.ts";
import type { Rows } from "./covariance.ts";

/** The nearest rows of each query, the nearest first. */
export interface Neighbours {
  /** [queries, k], places among the rows. */
  readonly indices: Uint32Array;
  /** [queries, k], Euclidean. */
  readonly distances: Float64Array;
}

const nearestNeighboursOptions: z.ZodMiniObject = z.object({
  exceptSelf: z.exactOptional(z.boolean()),
});

/**
 * The k nearest of rows [n, columns] for each of queries [m, columns], by comparing all pairs: work grows
 * with n m columns. With `exceptSelf` queries and rows are the same list and no row is its own neighbour.
 * Of rows equally far the first wins. Throws `argument_wrong` where there are not k rows to be found.
 */
export function nearestNeighbours(
  queries: Rows,
  rows: Rows,
  columns: number,
  k: number,
  options: { readonly exceptSelf?: boolean } = {},
): Neighbours {
  checkArguments("nearestNeighbours", {
    queries: [queries, parts.rows],
    rows: [rows, parts.rows],
    columns: [columns, parts.columns],
    k: [k, parts.columns],
  });
  checkOptions("nearestNeighbours", nearestNeighboursOptions, options);
  const { exceptSelf = false } = options;
  const m = queries.length / columns;
  const n = rows.length / columns;
  if (!(Number.isInteger(m) && Number.isInteger(n)))
    throw mistake(
      `nearestNeighbours: rows of ${columns} columns, got ${queries.length} and ${rows.length} values`,
    );
  const available = exceptSelf ? n - 1 : n;
  if (!(Number.isInteger(k) && k >= 1 && k <= available))
    throw mistake(`nearestNeighbours: k must be 1 to ${available}, got ${k}`);
  const indices = new Uint32Array(m * k);
  const distances = new Float64Array(m * k);
  const best = new Float64Array(k);
  const places = new Uint32Array(k);
  for (let i = 0; i < m; i++) {
    best.fill(Number.POSITIVE_INFINITY);
    for (let r = 0; r < n; r++) {
      if (exceptSelf && r === i) continue;
      const furthest = best[k - 1]!;
      const distance = squaredDistance(queries, i * columns, rows, r * columns, columns, furthest);
      if (distance >= furthest) continue;
      let at = k - 1;
      for (; at > 0 && best[at - 1]! > distance; at--) {
        best[at] = best[at - 1]!;
        places[at] = places[at - 1]!;
      }
      best[at] = distance;
      places[at] = r;
    }
    indices.set(places, i * k);
    for (let j = 0; j < k; j++) distances[i * k + j] = Math.sqrt(best[j]!);
  }
  return { indices, distances };
}

/** The squared distance of two rows, or anything of at least `enough` once it is known to be that far. */
function squaredDistance(
  a: Rows,
  fromA: number,
  b: Rows,
  fromB: number,
  columns: number,
  enough: number,
): number {
  let sum = 0;
  for (let j = 0; j < columns; ) {
    const end = Math.min(columns, j + 16);
    for (; j < end; j++) sum += (a[fromA + j]! - b[fromB + j]!) ** 2;
    if (sum >= enough) return sum;
  }
  return sum;
}
