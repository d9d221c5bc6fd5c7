/** A share of a count, and where it may lie. */
export interface ShareInterval {
  readonly share: number;
  readonly low: number;
  readonly high: number;
}

/**
 * The interval of Wilson (1927) for the share of which `count` of `n` were drawn, by default of 99.9 %: where the share
 * lies within 3.29 of its own deviations of what was drawn, so that it holds of no and of few counts, too.
 */
export function shareInterval(count: number, n: number, deviations = 3.29): ShareInterval {
  const share = count / n;
  const square = deviations ** 2;
  const middle = count + square / 2;
  const reach = deviations * Math.sqrt(count * (1 - share) + square / 4);
  const limit = (x: number): number => Math.min(1, Math.max(0, x / (n + square)));
  return { share, low: limit(middle - reach), high: limit(middle + reach) };
}
