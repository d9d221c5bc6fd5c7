import { mistake } from "../errors.ts";
import { checkArguments, checkOptions } from "../options.ts";
import { z } from "../schema.ts";
import { parts } from "./arguments.ts";
import type { Rows } from "./covariance.ts";
import { pairwiseDistances } from "./distances.ts";
import type { Neighbours } from "./neighbours.ts";

/** How well codes keep who is near whom. */
export interface Neighbourhoods {
  /** Whether neighbours in the code were neighbours before: 1 for all, about 0.5 for codes by chance. */
  readonly trustworthiness: number;
  /** Whether neighbours of before still are in the code. */
  readonly continuity: number;
}

const neighbourhoodsOptions: z.ZodMiniObject = z.object({ k: z.exactOptional(parts.columns) });

/**
 * Trustworthiness and continuity of codes [n, latent] of rows [n, columns] (Venna and Kaski 2001):
 * 1 - 2 / (n k (2n - 3k - 1)) sum over rows i and over the j among the k nearest of i in one space but not in
 * the other of (rank of j in the other - k). Several codes of the same rows are judged for the price of one
 * look at the rows. Work and memory grow with n^2. Throws `argument_wrong` unless 1 <= k < n / 2.
 */
export function neighbourhoods(
  rows: Rows,
  columns: number,
  codes: readonly { readonly data: Rows; readonly columns: number }[],
  options: { readonly k?: number } = {},
): readonly Neighbourhoods[] {
  checkArguments("neighbourhoods", {
    rows: [rows, parts.rows],
    columns: [columns, parts.columns],
    codes: [codes, parts.codes],
  });
  checkOptions("neighbourhoods", neighbourhoodsOptions, options);
  const { k = 5 } = options;
  const n = rows.length / columns;
  if (!(Number.isInteger(k) && k >= 1 && k < n / 2))
    throw mistake(`neighbourhoods: k must be at least 1 and below ${n / 2}, got ${k}`);
  const original = pairwiseDistances(rows, columns);
  return codes.map(({ data, columns: latent }) => {
    if (data.length !== n * latent)
      throw mistake(
        `neighbourhoods: ${n} codes of ${latent} columns are needed, got ${data.length} values`,
      );
    const embedded = pairwiseDistances(data, latent);
    return {
      trustworthiness: agreement(original, embedded, n, k),
      continuity: agreement(embedded, original, n, k),
    };
  });
}

/** 1 less the penalty of neighbours in `near` that are none in `wide`. */
function agreement(wide: Float64Array, near: Float64Array, n: number, k: number): number {
  let penalty = 0;
  for (let i = 0; i < n; i++) {
    const row = i * n;
    for (const j of nearest(near.subarray(row, row + n), i, k)) {
      const rank = rankOf(wide.subarray(row, row + n), i, j);
      if (rank > k) penalty += rank - k;
    }
  }
  return 1 - (2 * penalty) / (n * k * (2 * n - 3 * k - 1));
}

/** The k nearest others by distances from row i, the first of equals first. */
function nearest(distances: Float64Array, i: number, k: number): Uint32Array {
  const best = new Float64Array(k).fill(Number.POSITIVE_INFINITY);
  const places = new Uint32Array(k);
  for (let j = 0; j < distances.length; j++) {
    if (j === i || distances[j]! >= best[k - 1]!) continue;
    let at = k - 1;
    for (; at > 0 && best[at - 1]! > distances[j]!; at--) {
      best[at] = best[at - 1]!;
      places[at] = places[at - 1]!;
    }
    best[at] = distances[j]!;
    places[at] = j;
  }
  return places;
}

/** The place of j among the others by distance from row i, from 1; of equals the first is nearer. */
function rankOf(distances: Float64Array, i: number, j: number): number {
  const own = distances[j]!;
  let rank = 1;
  for (let other = 0; other < distances.length; other++)
    if (other !== i && (distances[other]! < own || (distances[other] === own && other < j))) rank++;
  return rank;
}

/**
 * The share of queries whose class most of their k neighbours have; of classes with as many the one of the
 * nearest neighbour counts. `classes` are those of the rows that were searched, `own` those of the queries.
 */
export function neighbourAccuracy<T>(
  neighbours: Neighbours,
  classes: ArrayLike<T>,
  own: ArrayLike<T>,
): number {
  const { indices } = Object(neighbours) as Neighbours;
  checkArguments("neighbourAccuracy", {
    indices: [indices, parts.rows],
    classes: [classes, parts.list],
    own: [own, parts.list],
  });
  const k = indices.length / own.length;
  let right = 0;
  for (let i = 0; i < own.length; i++) {
    const votes = new Map<T, number>();
    for (const row of indices.subarray(i * k, (i + 1) * k))
      votes.set(classes[row]!, (votes.get(classes[row]!) ?? 0) + 1);
    // a map keeps the order of arrival, so the first of the greatest is that of the nearest
    const most = Math.max(...votes.values());
    const chosen = [...votes].find(([, count]) => count === most)![0];
    if (chosen === own[i]) right++;
  }
  return right / own.length;
}
