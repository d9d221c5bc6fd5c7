import type { Numbers } from "./counts.ts";

/** A generalised Pareto distribution of excesses: shape xi and scale sigma. */
export interface Pareto {
  readonly shape: number;
  readonly scale: number;
}

/**
 * The generalised Pareto distribution of positive excesses by maximum likelihood, as Grimshaw (1993)
 * reduces it: with theta = xi / sigma, xi = mean log(1 + theta x), so that only theta is searched. The
 * shape is held at -1/2 or more, where the estimate is regular (Smith 1985), and theta at what leaves it at
 * 2 or less. All excesses equal or 0 give an exponential one.
 */
export function fitPareto(excesses: Numbers): Pareto {
  let greatest = 0;
  let mean = 0;
  for (let i = 0; i < excesses.length; i++) {
    greatest = Math.max(greatest, excesses[i]!);
    mean += excesses[i]! / excesses.length;
  }
  if (!(mean > 0)) return { shape: 0, scale: 0 };
  const shapeAt = (theta: number): number => {
    let sum = 0;
    for (let i = 0; i < excesses.length; i++) sum += Math.log1p(theta * excesses[i]!);
    return sum / excesses.length;
  };
  /** Minus the mean log likelihood at the best scale for theta. */
  const cost = (theta: number): number => {
    if (Math.abs(theta * mean) < 1e-9) return Math.log(mean) + 1;
    const shape = shapeAt(theta);
    if (shape < -0.5 || shape > 2) return Number.POSITIVE_INFINITY;
    return Math.log(shape / theta) + shape + 1;
  };
  // theta in units of 1 / mean, from where the support ends at the greatest excess to far tails
  const low = -mean / greatest;
  const grid = Array.from({ length: 400 }, (_, i) =>
    i < 200 ? low * (1 - 1e-6 - i / 200) : 1e-4 * 1e7 ** ((i - 200) / 199),
  ).concat(0);
  grid.sort((a, b) => a - b);
  const costs = grid.map((theta) => cost(theta / mean));
  const best = costs.reduce((chosen, value, i) => (value < costs[chosen]! ? i : chosen), 0);
  const theta =
    minimum(
      (value) => cost(value / mean),
      grid[Math.max(0, best - 1)]!,
      grid[Math.min(grid.length - 1, best + 1)]!,
    ) / mean;
  if (Math.abs(theta * mean) < 1e-9) return { shape: 0, scale: mean };
  const shape = shapeAt(theta);
  return { shape, scale: shape / theta };
}

/** Where a function with one minimum between two points has it, by golden sections. */
function minimum(f: (x: number) => number, from: number, to: number): number {
  const ratio = (Math.sqrt(5) - 1) / 2;
  let [low, high] = [from, to];
  for (let i = 0; i < 80; i++) {
    const a = high - ratio * (high - low);
    const b = low + ratio * (high - low);
    if (f(a) <= f(b)) high = b;
    else low = a;
  }
  return (low + high) / 2;
}

/** The excess that is passed with probability p, in (0, 1]: sigma / xi (p^-xi - 1). */
export const paretoExcess = ({ shape, scale }: Pareto, p: number): number =>
  Math.abs(shape) < 1e-9 ? -scale * Math.log(p) : (scale / shape) * (p ** -shape - 1);
