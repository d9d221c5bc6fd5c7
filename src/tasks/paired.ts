import { mean, sd } from "../metrics/statistics.ts";

/** Two lists of figures of the same things, compared pair by pair. */
export interface PairedDifference {
  /** Mean of the first less the second. */
  readonly mean: number;
  /** Standard error of that mean: their deviation / sqrt(n). */
  readonly error: number;
  /** Whether the mean is further from 0 than two standard errors. */
  readonly clear: boolean;
}

/** The mean difference of pairs; one pair alone tells nothing. */
export function pairedDifference(
  first: ArrayLike<number>,
  second: ArrayLike<number>,
): PairedDifference {
  const differences = Float64Array.from({ length: first.length }, (_, i) => first[i]! - second[i]!);
  const average = mean(differences);
  const error = sd(differences) / Math.sqrt(differences.length);
  return {
    mean: average,
    error,
    clear: differences.length > 1 && Math.abs(average) > 2 * error,
  };
}
