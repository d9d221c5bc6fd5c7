import { mistake } from "../errors.ts";
import { checkArguments, checkOptions } from "../options.ts";
import { z } from "../schema.ts";
import { parts } from "./arguments.ts";
import type { Numbers } from "./counts.ts";

/** `counts[i]` values lie in [edges[i], edges[i + 1]); the last bin holds its right edge too. */
export interface Histogram {
  readonly edges: Float64Array;
  readonly counts: Float64Array;
}

export interface HistogramOptions {
  readonly bins?: number;
  /** Lowest and highest edge; by default the least and the greatest finite value. */
  readonly range?: readonly [number, number];
}

const histogramOptions: z.ZodMiniObject = z.object({
  bins: z.exactOptional(parts.count),
  range: z.exactOptional(z.tuple([z.number(), z.number()])),
});

/**
 * Counts in bins of equal width, as numpy's `histogram`: values outside the range and NaN are not
 * counted, and a range of zero width is widened by half to each side. No values give [0, 1].
 */
export function histogram(values: Numbers, options: HistogramOptions = {}): Histogram {
  checkArguments("histogram", { values: [values, parts.numbers] });
  checkOptions("histogram", histogramOptions, options);
  const { bins = 10, range } = options;
  let [low, high] = range ?? extent(values);
  if (!(high >= low)) throw mistake(`histogram: range must rise, got [${low}, ${high}]`);
  if (low === high) {
    // A half is lost beside a value of many digits.
    const half = Math.max(0.5, Math.abs(low) * 1e-9);
    low -= half;
    high += half;
  }
  const step = (high - low) / bins;
  const edges = Float64Array.from({ length: bins + 1 }, (_, i) => low + i * step).fill(high, bins);
  const counts = new Float64Array(bins);
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (!(value >= low && value <= high)) continue;
    let bin = Math.min(bins - 1, Math.floor(((value - low) / (high - low)) * bins));
    // The division rounds: the edges that we return have the last word.
    if (value < edges[bin]!) bin--;
    else if (bin < bins - 1 && value >= edges[bin + 1]!) bin++;
    counts[bin]!++;
  }
  return { edges, counts };
}

function extent(values: Numbers): [number, number] {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (!Number.isFinite(value)) continue;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return low <= high ? [low, high] : [0, 1];
}
