import { mistake } from "../errors.ts";
import { parts } from "../metrics/arguments.ts";
import { nearestNeighbours } from "../metrics/neighbours.ts";
import { checkArguments, checkOptions } from "../options.ts";
import { permutation, random } from "../random.ts";
import { z } from "../schema.ts";

/** Which neighbour counts, the fifth by default, and among how many. */
export interface NeighbourScoreOptions {
  readonly k?: number;
  /** Known rows that are searched at most; of more, so many are drawn from the seed. */
  readonly most?: number;
  readonly seed?: number;
}

const neighbourScoresOptions: z.ZodMiniObject = z.object({
  k: z.exactOptional(parts.columns),
  most: z.exactOptional(parts.columns),
  seed: z.exactOptional(z.int()),
});

/**
 * [m] scores of rows [m, columns]: the distance to the k-th nearest of known rows [n, columns] (Ramaswamy,
 * Rastogi and Shim 2000; PyOD's KNN). Work grows with n m columns.
 */
export function neighbourScores(
  known: Float32Array,
  rows: Float32Array,
  columns: number,
  options: NeighbourScoreOptions = {},
): Float32Array {
  checkArguments("neighbourScores", {
    known: [known, parts.rows],
    rows: [rows, parts.rows],
    columns: [columns, parts.columns],
  });
  checkOptions("neighbourScores", neighbourScoresOptions, options);
  const { k = 5, most = 10_000, seed = 0 } = options;
  const n = known.length / columns;
  if (!Number.isInteger(n))
    throw mistake(`neighbourScores: rows of ${columns} columns, got ${known.length} values`);
  const searched =
    n <= most ? known : drawn(known, columns, permutation(n, random(seed, 52)).subarray(0, most));
  const near = Math.min(k, searched.length / columns);
  const { distances } = nearestNeighbours(rows, searched, columns, near);
  return Float32Array.from(
    { length: rows.length / columns },
    (_, i) => distances[(i + 1) * near - 1]!,
  );
}

function drawn(rows: Float32Array, columns: number, chosen: Uint32Array): Float32Array {
  const result = new Float32Array(chosen.length * columns);
  chosen.forEach((row, i) => {
    result.set(rows.subarray(row * columns, (row + 1) * columns), i * columns);
  });
  return result;
}
