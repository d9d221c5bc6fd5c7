import type { Random } from "../random.ts";
import type { NumberFacts } from "./number-facts.ts";
import { type FeatureColumn, logOf } from "./plan.ts";
import { Samples } from "./samples.ts";

/** Moments of many columns by Welford's recurrence, their ends, and samples for their quantiles. */
export class NumberSummaries {
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
    for (let j = 0; j < this.#dates.length; j++) {
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

  /** What was counted of a column. */
  facts(j: number): NumberFacts {
    return {
      ...{ count: this.#count[j]!, missing: this.#missing[j]! },
      ...{ mean: this.#mean[j]!, squares: this.#squares[j]! },
      ...{ minimum: this.#minimum[j]!, maximum: this.#maximum[j]! },
      times: this.#times.has(j),
      sample: this.#samples.of(j, this.#count[j]!),
    };
  }
}
