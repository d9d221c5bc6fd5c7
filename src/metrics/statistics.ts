import { mistake } from "../errors.ts";
import { checkArguments } from "../options.ts";
import { parts } from "./arguments.ts";
import type { Numbers } from "./counts.ts";

/** Arithmetic mean, added up in double; NaN for no values. */
export function mean(values: Numbers): number {
  checkArguments("mean", { values: [values, parts.numbers] });
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]!;
  return sum / values.length;
}

/** Sample standard deviation (divisor n - 1), in two passes; 0 for one value, NaN for none. */
export function sd(values: Numbers): number {
  checkArguments("sd", { values: [values, parts.numbers] });
  const n = values.length;
  if (n < 2) return n === 1 ? 0 : Number.NaN;
  const centre = mean(values);
  let sum = 0;
  for (let i = 0; i < n; i++) sum += (values[i]! - centre) ** 2;
  return Math.sqrt(sum / (n - 1));
}

/** Mean and deviation of the values that are not NaN, with n in the denominator; 0 and 0 for none. */
export function momentsOf(values: Numbers): { readonly mean: number; readonly deviation: number } {
  let [sum, squares, n] = [0, 0, 0];
  for (let i = 0; i < values.length; i++)
    if (!Number.isNaN(values[i]!)) {
      sum += values[i]!;
      n++;
    }
  const centre = n > 0 ? sum / n : 0;
  for (let i = 0; i < values.length; i++)
    if (!Number.isNaN(values[i]!)) squares += (values[i]! - centre) ** 2;
  return { mean: centre, deviation: n > 0 ? Math.sqrt(squares / n) : 0 };
}

/**
 * The value below which a share q of [0, 1] of the values lies, interpolated linearly between
 * order statistics at q (n - 1): numpy's default (Hyndman and Fan's type 7). NaN for no values.
 */
export function quantile(values: Numbers, q: number): number {
  checkArguments("quantile", { values: [values, parts.numbers] });
  return quantiles(values, [q])[0]!;
}

/** Several quantiles for the price of one sort. Throws `argument_wrong` when some q is outside [0, 1]. */
export function quantiles(values: Numbers, shares: readonly number[]): number[] {
  checkArguments("quantiles", { values: [values, parts.numbers], shares: [shares, parts.numbers] });
  const sorted = Float64Array.from(values).sort();
  return shares.map((q) => {
    if (!(q >= 0 && q <= 1)) throw mistake(`quantile: q must be in [0, 1], got ${q}`);
    const place = q * (sorted.length - 1);
    const low = sorted[Math.floor(place)] ?? Number.NaN;
    const high = sorted[Math.ceil(place)] ?? Number.NaN;
    return between(low, high, place - Math.floor(place));
  });
}

/** Middle value, or the mean of the two middle ones; NaN for no values. */
export function median(values: Numbers): number {
  checkArguments("median", { values: [values, parts.numbers] });
  return quantile(values, 0.5);
}

/** Median absolute deviation from the median, unscaled: times 1.4826 it estimates a normal's sd. */
export function mad(values: Numbers): number {
  checkArguments("mad", { values: [values, parts.numbers] });
  const centre = median(values);
  return median(Float64Array.from(values, (value) => Math.abs(value - centre)));
}

/** From the nearer end, as numpy does, so that rounding never steps outside [low, high]. */
function between(low: number, high: number, t: number): number {
  if (low === high) return low;
  return t < 0.5 ? low + (high - low) * t : high - (high - low) * (1 - t);
}
