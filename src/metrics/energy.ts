import { mistake } from "../errors.ts";
import { checkArguments, checkOptions } from "../options.ts";
import { permutation, random } from "../random.ts";
import { z } from "../schema.ts";
import { parts } from "./arguments.ts";
import type { Numbers } from "./counts.ts";
import { pairwiseDistances } from "./distances.ts";

/** What a two-sample test found. */
export interface EnergyTest {
  /** The squared energy distance: 0 where both samples have one distribution, in the limit. */
  readonly distance: number;
  /** How often a random division of all rows into two samples is at least as far apart, in (0, 1]. */
  readonly pValue: number;
}

const energyTestOptions: z.ZodMiniObject = z.object({
  permutations: z.exactOptional(parts.count),
  seed: z.exactOptional(z.int()),
});

/**
 * Whether two samples of rows [n, columns] and [m, columns] come from one distribution (Székely and Rizzo
 * 2013): D = 2 E|a - b| - E|a - a'| - E|b - b'|, which is 0 for equal distributions and nothing else, judged
 * by permutations drawn from the seed. A p-value below 0.05 speaks against; the smallest there is is
 * 1 / (permutations + 1). Work and memory grow with (n + m)^2: some hundred rows of each are enough.
 */
export function energyTest(
  a: Numbers,
  b: Numbers,
  columns: number,
  options: { readonly permutations?: number; readonly seed?: number } = {},
): EnergyTest {
  checkArguments("energyTest", {
    a: [a, parts.numbers],
    b: [b, parts.numbers],
    columns: [columns, parts.columns],
  });
  checkOptions("energyTest", energyTestOptions, options);
  const { permutations = 199, seed = 0 } = options;
  const [n, m] = [a.length / columns, b.length / columns];
  if (!(Number.isInteger(n) && Number.isInteger(m) && n > 0 && m > 0))
    throw mistake(
      `energyTest: both samples must be rows of ${columns}, got ${a.length} and ${b.length} values`,
    );
  const both = new Float64Array(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  const distances = pairwiseDistances(both, columns);
  const order = Uint32Array.from({ length: n + m }, (_, i) => i);
  const distance = distanceOf(distances, order, n);
  let further = 0;
  for (let i = 0; i < permutations; i++) {
    const divided = permutation(n + m, random(seed, i));
    // a division that gives the very same samples must count, whatever the order of the sum
    if (distanceOf(distances, divided, n) >= distance - 1e-12) further++;
  }
  return { distance, pValue: (further + 1) / (permutations + 1) };
}

/** D where the first n rows of an order are one sample and the others the other. */
function distanceOf(distances: Float64Array, order: Uint32Array, n: number): number {
  const rows = order.length;
  const m = rows - n;
  const first = new Uint8Array(rows);
  for (let i = 0; i < n; i++) first[order[i]!] = 1;
  // sums over pairs by how many of the two are in the first sample
  const sums = [0, 0, 0];
  for (let i = 0; i < rows; i++) {
    const own = [0, 0];
    for (let j = 0; j < i; j++) own[first[j]!]! += distances[i * rows + j]!;
    sums[first[i]!]! += own[0]!;
    sums[first[i]! + 1]! += own[1]!;
  }
  return 2 * (sums[1]! / (n * m)) - 2 * (sums[2]! / (n * n)) - 2 * (sums[0]! / (m * m));
}
