import { mean, sd } from "../../metrics/statistics.ts";

/** Two lists of figures of the same things, compared pair by pair. */
export interface PairedDifference {
  /** Mean of the first less the second. */
  readonly mean: number;
  /** Standard error of that mean. */
  readonly error: number;
  /** Whether the mean is further from 0 than chance would take it in 95 of 100 cases (Student's t, two-sided). */
  readonly clear: boolean;
}

/**
 * The mean difference of pairs; one pair alone tells nothing. Figures of repeated splits of the same rows hang
 * together: `overlap`, rows that test for each that trains, widens the error as Nadeau and Bengio (2003) do,
 * sd sqrt(1 / n + overlap). Pairs that are all alike differ clearly.
 */
export function pairedDifference(
  first: ArrayLike<number>,
  second: ArrayLike<number>,
  { overlap = 0 }: { readonly overlap?: number } = {},
): PairedDifference {
  const differences = Float64Array.from({ length: first.length }, (_, i) => first[i]! - second[i]!);
  const n = differences.length;
  const average = mean(differences);
  const error = sd(differences) * Math.sqrt(1 / n + overlap);
  return { mean: average, error, clear: n > 1 && Math.abs(average) > critical(n - 1) * error };
}

/** Quantiles 0.975 of Student's t for 1 to 10 degrees of freedom. */
const quantiles = [12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228];

/** The quantile for any degrees of freedom; beyond ten by the first two terms of Fisher's expansion, to 0.001. */
function critical(degrees: number): number {
  const z = 1.959964;
  const expanded =
    z +
    (z ** 3 + z) / (4 * degrees) +
    (5 * z ** 5 + 16 * z ** 3 + 3 * z) / (96 * degrees * degrees);
  return quantiles[degrees - 1] ?? expanded;
}
