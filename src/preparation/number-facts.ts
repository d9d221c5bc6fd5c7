import { type Bins, binsOf } from "../metrics/bins.ts";
import { quantiles } from "../metrics/statistics.ts";
import { type FeatureColumn, logOf, type NumericPlan, type Scaling } from "./plan.ts";
import { usualDecimals } from "./usual-decimals.ts";

/** What the values of a column were like. */
export interface NumberProfile {
  readonly missing: number;
  readonly minimum: number;
  readonly maximum: number;
  /** Quantiles 0.1, 0.5 and 0.9. */
  readonly deciles: readonly number[];
  /** How the values, or a sample of very many, are distributed; absent in files from before it was kept. */
  readonly bins?: Bins;
  /** With which most of the values can be written; absent of dates, of numbers of very many, and in models from before it was kept. */
  readonly decimals?: number;
}

/** What was counted of a column of numbers, whoever counted it. */
export interface NumberFacts {
  /** Values that are there, and cells that are missing. */
  readonly count: number;
  readonly missing: number;
  /** Mean of the values, of their logarithms where the column has `log`, and the sum of squares around it. */
  readonly mean: number;
  readonly squares: number;
  /** Infinite where there is no value. */
  readonly minimum: number;
  readonly maximum: number;
  /** Whether dates have times of day. */
  readonly times: boolean;
  /** All values, or a sample of very many: what quantiles are of. */
  readonly sample: Float64Array;
}

/** How a column is prepared. */
export function numericPlan(
  { name, date }: FeatureColumn,
  facts: NumberFacts,
  { log, scaling }: { readonly log: boolean; readonly scaling: Scaling },
): NumericPlan {
  const has = facts.count > 0;
  const { center, scale } = has ? scaleOf(facts, log, scaling) : { center: 0, scale: 1 };
  return {
    name,
    fill: has ? quantiles(facts.sample, [0.5])[0]! : 0,
    log,
    center,
    // a scale so small that its inverse overflows is no spread at all
    scale: scale > 0 && Number.isFinite(scale) && Number.isFinite(1 / scale) ? scale : 1,
    flag: facts.missing > 0 && has,
    range: has ? [facts.minimum, facts.maximum] : [0, 0],
    cycles: date ? [365.2425, 7, ...(facts.times ? [1] : [])] : [],
  };
}

function scaleOf(
  { count, mean, squares, minimum, maximum, sample }: NumberFacts,
  log: boolean,
  scaling: Scaling,
): { center: number; scale: number } {
  const of = (value: number): number => (log ? logOf(value) : value);
  if (scaling === "none") return { center: 0, scale: 1 };
  if (scaling === "minmax") return { center: of(minimum), scale: of(maximum) - of(minimum) };
  const deviation = Math.sqrt(squares / count);
  if (scaling === "standard") return { center: mean, scale: deviation };
  const [low, middle, high] = quantiles(sample, [0.25, 0.5, 0.75]).map(of) as [
    number,
    number,
    number,
  ];
  return { center: middle, scale: high > low ? high - low : deviation };
}

/** What scoring compares new values of a column with. */
export function numberProfile({ date }: FeatureColumn, facts: NumberFacts): NumberProfile {
  const has = facts.count > 0;
  const sample = has ? facts.sample.slice().sort() : [];
  const decimals = has && !date ? usualDecimals(sample) : null;
  return {
    missing: facts.missing,
    minimum: has ? facts.minimum : 0,
    maximum: has ? facts.maximum : 0,
    deciles: has ? quantiles(sample, [0.1, 0.5, 0.9]) : [0, 0, 0],
    bins: binsOf(sample),
    ...(decimals !== null && { decimals }),
  };
}
