/** A factor nearer to 1 is growth rather than another unit. */
const least = 1.5;

/** Factors between values of two samples, each next to the whole one, or the inverse of one, that is nearest; none near 1. */
export function factorsOf(now: readonly number[], before: readonly number[]): number[] {
  return now.flatMap((value, i) => {
    const factor = value / before[i]!;
    if (!(factor > 0) || !Number.isFinite(factor) || Math.abs(Math.log(factor)) < Math.log(least))
      return [];
    const whole = factor > 1 ? Math.round(factor) : 1 / Math.round(1 / factor);
    return [whole, factor];
  });
}

/**
 * The one factor by which the quartiles of values differ, the middle one of theirs: they may be apart by its root, since
 * what is in another unit may have grown as well. null where there is none.
 */
export function commonFactor(now: readonly number[], before: readonly number[]): number | null {
  const factors = factorsOf(now, before).filter((_, i) => i % 2 === 1);
  if (factors.length < now.length) return null;
  const [low, high] = [Math.min(...factors), Math.max(...factors)];
  const middle = factors[1]!;
  return high / low <= Math.sqrt(Math.max(middle, 1 / middle)) ? middle : null;
}
