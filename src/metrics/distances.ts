import { mistake } from "../errors.ts";
import { checkArguments } from "../options.ts";
import { parts } from "./arguments.ts";
import type { Numbers } from "./counts.ts";

/** Distances that are held at once: 2 GB of them. */
const most = 2 ** 28;

/** Euclidean distances of all pairs of rows [n, columns]: [n, n], symmetric, zeros on the diagonal. */
export function pairwiseDistances(rows: Numbers, columns: number): Float64Array {
  checkArguments("pairwiseDistances", {
    rows: [rows, parts.numbers],
    columns: [columns, parts.columns],
  });
  const n = rows.length / columns;
  if (!Number.isInteger(n))
    throw mistake(
      `pairwiseDistances: ${rows.length} values do not make rows of ${columns} columns`,
    );
  if (n * n > most) throw mistake(`pairwiseDistances: at most ${Math.sqrt(most)} rows, got ${n}`);
  const distances = new Float64Array(n * n);
  for (let i = 0; i < n; i++)
    for (let j = 0; j < i; j++) {
      let sum = 0;
      for (let k = 0, a = i * columns, b = j * columns; k < columns; k++)
        sum += (rows[a + k]! - rows[b + k]!) ** 2;
      distances[i * n + j] = Math.sqrt(sum);
      distances[j * n + i] = distances[i * n + j]!;
    }
  return distances;
}
