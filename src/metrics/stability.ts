import type { Numbers } from "./counts.ts";

/**
 * The population stability index of two counts over the same bins, the sum of (p - q) ln(p / q) (Siddiqi 2006): 0 where the
 * shares are the same; from .1 on a change is usually looked at, from .25 on acted upon. An empty bin counts as half a
 * value, so that the index is finite; 0 where one of both is empty.
 */
export function stabilityIndex(now: Numbers, before: Numbers): number {
  const shares = (counts: Numbers): number[] => {
    const filled = Array.from(counts, (n) => Math.max(n, 0.5));
    const total = filled.reduce((sum, n) => sum + n, 0);
    return filled.map((n) => n / total);
  };
  const empty = (counts: Numbers): boolean => Array.from(counts).every((n) => n === 0);
  if (empty(now) || empty(before)) return 0;
  const [p, q] = [shares(now), shares(before)];
  return p.reduce((sum, share, k) => sum + (share - q[k]!) * Math.log(share / q[k]!), 0);
}
