import type { Numbers } from "./counts.ts";

/**
 * How far two samples are apart, by one measure: the largest difference of the shares of both, over the sets of some
 * family. Over "all up to x" of numbers this is the distance of Kolmogorov and Smirnov, over all sets of categories the
 * total variation. Unlike Wasserstein's distance and the population stability index it has a null distribution that
 * hangs neither on the units nor on the shape of the column, and bounds of it for samples of any two sizes: no table, no
 * simulation. It sees changes of scale of skewed columns such as money better than these two, shifts better than the
 * index though not than Wasserstein's distance, and changes of scale about a middle, of a third or less, worse than both.
 */

const sum = (counts: Numbers): number => {
  let total = 0;
  for (let i = 0; i < counts.length; i++) total += counts[i]!;
  return total;
};

/** 1 / n + 1 / m: what the variance of a difference of shares is proportional to. */
const spread = (n: number, m: number): number => 1 / n + 1 / m;

/** max_k |F(k) - G(k)| of the cumulative shares of two counts over the same bins; 0 where one is empty. */
export function cumulativeDistance(one: Numbers, other: Numbers): number {
  const [n, m] = [sum(one), sum(other)];
  if (n === 0 || m === 0) return 0;
  let [a, b, largest] = [0, 0, 0];
  for (let k = 0; k < one.length; k++) {
    a += one[k]!;
    b += other[k]!;
    largest = Math.max(largest, Math.abs(a / n - b / m));
  }
  return largest;
}

/**
 * What the cumulative distance of two samples of one distribution passes with a probability of at most alpha:
 * sqrt(ln(2 / alpha) / 2 (1 / n + 1 / m)), the inequality of Dvoretzky, Kiefer and Wolfowitz for two samples (Massart
 * 1990; Wei and Dudley 2012), whatever the distribution. The same bounds the difference of two shares (Hoeffding 1963).
 */
export const cumulativeLimit = (n: number, m: number, alpha: number): number =>
  Math.sqrt((Math.log(2 / alpha) / 2) * spread(n, m));

/** Half the sum of |p - q| over categories; 0 where one sample is empty. */
export function totalVariation(one: Numbers, other: Numbers): number {
  const [n, m] = [sum(one), sum(other)];
  if (n === 0 || m === 0) return 0;
  let total = 0;
  for (let k = 0; k < one.length; k++) total += Math.abs(one[k]! / n - other[k]! / m);
  return total / 2;
}

/**
 * What the total variation of two samples of one distribution passes with a probability of at most alpha: its mean, at
 * most half the sum of sqrt(p (1 - p) (1 / n + 1 / m)) with p of both samples together, and how far it strays from it,
 * sqrt(ln(1 / alpha) / 2 (1 / n + 1 / m)) by the inequality of McDiarmid (1989).
 */
export function totalVariationLimit(one: Numbers, other: Numbers, alpha: number): number {
  const [n, m] = [sum(one), sum(other)];
  let mean = 0;
  for (let k = 0; k < one.length; k++) {
    const p = (one[k]! + other[k]!) / (n + m);
    mean += Math.sqrt(p * (1 - p) * spread(n, m)) / 2;
  }
  return mean + Math.sqrt((Math.log(1 / alpha) / 2) * spread(n, m));
}

/**
 * Log of a bound on the probability that k of n + m values of one distribution, chosen by nothing but what they are, all
 * come from the n: the product of (n - i) / (n + m - i) over i < k, of k cards drawn without returning them.
 */
export const logAllFrom = (n: number, m: number, k: number): number =>
  logChoose(n, k) - logChoose(n + m, k);

/**
 * Log of a bound on the probability that k of n values lie outside the range of m others: of a below and b above,
 * a + b = k, each is as unlikely as k chosen values that all come from the n, and there are k + 1 such.
 */
export const logOutside = (n: number, m: number, k: number): number =>
  Math.log(k + 1) + logAllFrom(n, m, k);

/**
 * Log of a bound on the probability that `unseen` of n values are none of those among m others, of which `once` were
 * there once: new values are as often as these, by Good and Turing (Good 1953), and each is from the n with
 * n / (n + m), so Chernoff's bound of the binomial distribution. A value of k cells, all in one of the two, is as
 * unlikely as k values; of more than m values, as many of each m count, since in the larger sample few values are many
 * cells.
 */
export function logUnseen(n: number, m: number, unseen: number, once: number): number {
  const counted = Math.min(n, m);
  const found = (unseen * counted) / n;
  const [share, expected] = [found / (found + once), counted / (counted + m)];
  if (!(share > expected)) return 0;
  const rest = once > 0 ? once * Math.log((1 - share) / (1 - expected)) : 0;
  return -(found * Math.log(share / expected) + rest);
}

/**
 * Log of the probability that at most b of m new values are at most the r-th smallest of n others of the same
 * distribution: such counts follow the negative hypergeometric distribution, C(r + i - 1, i) C(n - r + m - i, m - i) /
 * C(n + m, m), and values that are equal make them larger. 0 for r = 0.
 */
export function logFewBelow(n: number, r: number, m: number, b: number): number {
  if (r === 0 || b >= m) return 0;
  const all = logChoose(n + m, m);
  let sum = 0;
  for (let i = 0; i <= b; i++)
    sum += Math.exp(logChoose(r + i - 1, i) + logChoose(n - r + m - i, m - i) - all);
  return Math.min(0, Math.log(sum));
}

/**
 * Log of the probability that of k marked ones among n + m rows, whichever they are, at least a lie among the n: such
 * counts follow the hypergeometric distribution.
 */
export function logMostAmong(n: number, m: number, k: number, a: number): number {
  const all = logChoose(n + m, k);
  let sum = 0;
  for (let i = a; i <= Math.min(n, k); i++)
    sum += Math.exp(logChoose(n, i) + logChoose(m, k - i) - all);
  return Math.min(0, Math.log(sum));
}

/** Log of the number of ways to choose k of n: none, -Infinity, where k is not among 0 to n. */
const logChoose = (n: number, k: number): number =>
  k < 0 || k > n
    ? Number.NEGATIVE_INFINITY
    : logFactorial(n) - logFactorial(k) - logFactorial(n - k);

/** Log of n!: as it is defined up to 20, then by Stirling's series, to 12 digits. */
function logFactorial(n: number): number {
  if (n > 20)
    return (
      (n + 0.5) * Math.log(n) - n + Math.log(2 * Math.PI) / 2 + 1 / (12 * n) - 1 / (360 * n ** 3)
    );
  let product = 1;
  for (let i = 2; i <= n; i++) product *= i;
  return Math.log(product);
}
