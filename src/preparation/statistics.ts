import type { Batch } from "../data/terms/table.ts";
import { quantiles } from "../metrics/statistics.ts";
import { type Random, random } from "../random.ts";
import type { CategoryPlan, NumericPlan, Preparation, Scaling } from "./plan.ts";
import { logOf, placesOfCategory } from "./plan.ts";

/** A column as preparation sees it. */
export interface FeatureColumn {
  readonly name: string;
  readonly date: boolean;
}

export interface PreparationOptions {
  readonly scaling?: Scaling;
  /** Columns to take the logarithm of. */
  readonly log?: readonly string[];
  readonly marks?: readonly number[];
  readonly seed?: number;
}

/** Values kept for medians and quartiles; up to here they are exact, beyond they are of a sample. */
const sampleSize = 100_000;

/** Statistics of the rows that train, gathered batch by batch in bounded memory. */
export interface Statistics {
  /** Takes the rows of a batch for which `keep` holds; numeric [rows, p] and categories [rows, q]. */
  add(batch: Batch, keep: (row: number) => boolean): void;
  /** The preparation that follows from them. */
  preparation(): Preparation;
  /** What scoring compares new data with. */
  profile(): TrainingProfile;
}

/** What the training rows were like. */
export interface TrainingProfile {
  readonly rows: number;
  readonly numeric: readonly {
    readonly missing: number;
    readonly minimum: number;
    readonly maximum: number;
    /** Quantiles 0.1, 0.5 and 0.9. */
    readonly deciles: readonly number[];
  }[];
  readonly categories: readonly {
    readonly missing: number;
    /** The values that were there, commonest first; beyond 1,000 they are not kept. */
    readonly values: readonly string[];
  }[];
}

export function gatherStatistics(
  numeric: readonly FeatureColumn[],
  categories: readonly FeatureColumn[],
  { scaling = "standard", log = [], marks = [], seed = 42 }: PreparationOptions = {},
): Statistics {
  const source = random(seed, 4);
  const numbers = numeric.map(
    ({ name, date }) => new NumberSummary(log.includes(name), date, source),
  );
  const counts = categories.map(() => new Map<string, number>());
  const marked = new Set(marks);
  let rows = 0;
  return {
    add({ start, rows: count, numeric: cells, categories: texts }, keep) {
      for (let i = 0; i < count; i++) {
        if (!keep(start + i)) continue;
        rows++;
        for (let j = 0; j < numbers.length; j++) {
          const value = cells[i * numbers.length + j]!;
          numbers[j]!.add(marked.has(value) ? Number.NaN : value);
        }
        for (let j = 0; j < counts.length; j++) {
          const value = texts[i * counts.length + j]!;
          counts[j]!.set(value, (counts[j]!.get(value) ?? 0) + 1);
        }
      }
    },
    preparation: () => ({
      numeric: numeric.map(({ name }, j) => numbers[j]!.plan(name, scaling)),
      categories: categories.map(({ name }, j) => categoryPlan(name, counts[j]!)),
      marks,
    }),
    profile: () => ({
      rows,
      numeric: numbers.map((summary) => summary.profile()),
      categories: counts.map((count) => ({
        missing: count.get("") ?? 0,
        values: byCount(count).slice(0, keptValues),
      })),
    }),
  };
}

/** Moments by Welford's recurrence, and a sample for the quantiles (Vitter's algorithm R). */
class NumberSummary {
  readonly #log: boolean;
  readonly #date: boolean;
  readonly #source: Random;
  readonly #sample: number[] = [];
  #count = 0;
  #missing = 0;
  #mean = 0;
  #squares = 0;
  #minimum = Number.POSITIVE_INFINITY;
  #maximum = Number.NEGATIVE_INFINITY;
  #times = false;

  constructor(log: boolean, date: boolean, source: Random) {
    this.#log = log;
    this.#date = date;
    this.#source = source;
  }

  add(value: number): void {
    if (Number.isNaN(value)) {
      this.#missing++;
      return;
    }
    this.#count++;
    const scaled = this.#log ? logOf(value) : value;
    const delta = scaled - this.#mean;
    this.#mean += delta / this.#count;
    this.#squares += delta * (scaled - this.#mean);
    if (value < this.#minimum) this.#minimum = value;
    if (value > this.#maximum) this.#maximum = value;
    if (this.#date && value !== Math.floor(value)) this.#times = true;
    if (this.#sample.length < sampleSize) this.#sample.push(value);
    else {
      const place = this.#source.below(this.#count);
      if (place < sampleSize) this.#sample[place] = value;
    }
  }

  plan(name: string, scaling: Scaling): NumericPlan {
    const has = this.#count > 0;
    const fill = has ? quantiles(this.#sample, [0.5])[0]! : 0;
    const { center, scale } = has ? this.#scale(scaling) : { center: 0, scale: 1 };
    return {
      name,
      fill,
      log: this.#log,
      center,
      // a scale so small that its inverse overflows is no spread at all
      scale: scale > 0 && Number.isFinite(scale) && Number.isFinite(1 / scale) ? scale : 1,
      flag: this.#missing > 0 && has,
      range: has ? [this.#minimum, this.#maximum] : [0, 0],
      cycles: this.#date ? [365.2425, 7, ...(this.#times ? [1] : [])] : [],
    };
  }

  #scale(scaling: Scaling): { center: number; scale: number } {
    const of = (value: number): number => (this.#log ? logOf(value) : value);
    if (scaling === "none") return { center: 0, scale: 1 };
    if (scaling === "minmax") {
      const low = of(this.#minimum);
      return { center: low, scale: of(this.#maximum) - low };
    }
    const deviation = Math.sqrt(this.#squares / this.#count);
    if (scaling === "standard") return { center: this.#mean, scale: deviation };
    const [low, middle, high] = quantiles(this.#sample, [0.25, 0.5, 0.75]).map(of) as [
      number,
      number,
      number,
    ];
    return { center: middle, scale: high > low ? high - low : deviation };
  }

  profile(): TrainingProfile["numeric"][number] {
    const deciles = this.#count > 0 ? quantiles(this.#sample, [0.1, 0.5, 0.9]) : [0, 0, 0];
    return {
      missing: this.#missing,
      minimum: this.#count > 0 ? this.#minimum : 0,
      maximum: this.#count > 0 ? this.#maximum : 0,
      deciles,
    };
  }
}

/** Values of a category that the profile names. */
const keptValues = 1000;

/** The values of a category, the commonest first, without the empty one that stands for missing. */
const byCount = (counts: ReadonlyMap<string, number>): string[] =>
  [...counts]
    .filter(([value]) => value !== "")
    .sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))
    .map(([value]) => value);

function categoryPlan(name: string, counts: ReadonlyMap<string, number>): CategoryPlan {
  const values = byCount(counts).slice(0, placesOfCategory);
  return { name, values, fill: 0, flag: counts.has("") && values.length > 0 };
}
