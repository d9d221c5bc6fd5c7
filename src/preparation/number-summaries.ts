import { type Bins, binsOf } from "../metrics/bins.ts";
import { quantiles } from "../metrics/statistics.ts";
import type { Random } from "../random.ts";
import { type FeatureColumn, logOf, type NumericPlan, type Scaling } from "./plan.ts";
import { Samples } from "./samples.ts";
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

/** Moments of many columns by Welford's recurrence, their ends, and samples for their quantiles. */
export class NumberSummaries {
  readonly #names: readonly string[];
  readonly #dates: readonly boolean[];
  readonly #logs: readonly boolean[];
  readonly #samples: Samples;
  readonly #count: Float64Array;
  readonly #missing: Float64Array;
  readonly #mean: Float64Array;
  readonly #squares: Float64Array;
  readonly #minimum: Float64Array;
  readonly #maximum: Float64Array;
  /** Columns of dates that have times of day. */
  readonly #times = new Set<number>();

  constructor(columns: readonly FeatureColumn[], log: readonly string[], source: Random) {
    this.#names = columns.map(({ name }) => name);
    this.#dates = columns.map(({ date }) => date);
    this.#logs = columns.map(({ name }) => log.includes(name));
    this.#samples = new Samples(columns.length, source);
    const { length } = columns;
    this.#count = new Float64Array(length);
    this.#missing = new Float64Array(length);
    this.#mean = new Float64Array(length);
    this.#squares = new Float64Array(length);
    this.#minimum = new Float64Array(length).fill(Number.POSITIVE_INFINITY);
    this.#maximum = new Float64Array(length).fill(Number.NEGATIVE_INFINITY);
  }

  /** Takes a row, which begins at `at`; what is `marked` is missing there. */
  add(cells: Float64Array, at: number, marked: ReadonlySet<number>): void {
    for (let j = 0; j < this.#names.length; j++) {
      const value = cells[at + j]!;
      if (Number.isNaN(value) || (marked.size > 0 && marked.has(value))) this.#missing[j]!++;
      else this.#addValue(j, value);
    }
  }

  #addValue(j: number, value: number): void {
    const count = this.#count[j]! + 1;
    this.#count[j] = count;
    const scaled = this.#logs[j] ? logOf(value) : value;
    const delta = scaled - this.#mean[j]!;
    this.#mean[j]! += delta / count;
    this.#squares[j]! += delta * (scaled - this.#mean[j]!);
    if (value < this.#minimum[j]!) this.#minimum[j] = value;
    if (value > this.#maximum[j]!) this.#maximum[j] = value;
    if (this.#dates[j] && value !== Math.floor(value)) this.#times.add(j);
    this.#samples.add(j, count, value);
  }

  /** How a column is prepared. */
  plan(j: number, scaling: Scaling): NumericPlan {
    const has = this.#count[j]! > 0;
    const fill = has ? quantiles(this.#sample(j), [0.5])[0]! : 0;
    const { center, scale } = has ? this.#scale(j, scaling) : { center: 0, scale: 1 };
    return {
      name: this.#names[j]!,
      fill,
      log: this.#logs[j]!,
      center,
      // a scale so small that its inverse overflows is no spread at all
      scale: scale > 0 && Number.isFinite(scale) && Number.isFinite(1 / scale) ? scale : 1,
      flag: this.#missing[j]! > 0 && has,
      range: has ? [this.#minimum[j]!, this.#maximum[j]!] : [0, 0],
      cycles: this.#dates[j] ? [365.2425, 7, ...(this.#times.has(j) ? [1] : [])] : [],
    };
  }

  #sample(j: number): Float64Array {
    return this.#samples.of(j, this.#count[j]!);
  }

  #scale(j: number, scaling: Scaling): { center: number; scale: number } {
    const of = (value: number): number => (this.#logs[j] ? logOf(value) : value);
    if (scaling === "none") return { center: 0, scale: 1 };
    if (scaling === "minmax") {
      const low = of(this.#minimum[j]!);
      return { center: low, scale: of(this.#maximum[j]!) - low };
    }
    const deviation = Math.sqrt(this.#squares[j]! / this.#count[j]!);
    if (scaling === "standard") return { center: this.#mean[j]!, scale: deviation };
    const [low, middle, high] = quantiles(this.#sample(j), [0.25, 0.5, 0.75]).map(of) as [
      number,
      number,
      number,
    ];
    return { center: middle, scale: high > low ? high - low : deviation };
  }

  /** What scoring compares new values of a column with. */
  profile(j: number): NumberProfile {
    const has = this.#count[j]! > 0;
    const sample = has ? this.#sample(j).sort() : [];
    const decimals = has && !this.#dates[j] ? usualDecimals(sample) : null;
    return {
      missing: this.#missing[j]!,
      minimum: has ? this.#minimum[j]! : 0,
      maximum: has ? this.#maximum[j]! : 0,
      deciles: has ? quantiles(sample, [0.1, 0.5, 0.9]) : [0, 0, 0],
      bins: binsOf(sample),
      ...(decimals !== null && { decimals }),
    };
  }
}
