import { quantiles } from "../metrics/statistics.ts";
import type { Random } from "../random.ts";

/** What groups of training rows, such as the countries of a panel, were like in columns of numbers. */
export interface GroupProfiles {
  /** Columns that name the group of a row. */
  readonly key: readonly string[];
  /** How many groups there were; the first of them are kept. */
  readonly groups: number;
  readonly kept: readonly GroupProfile[];
}

/** A group: what stands in the columns of the key, its rows, and what each numeric column was like, by place. */
export interface GroupProfile {
  readonly name: readonly string[];
  readonly rows: number;
  /** null where a column has too few values in the group to tell anything. */
  readonly columns: readonly (GroupNumbers | null)[];
}

/**
 * A column in a group, as numbers side by side, since there are many: its values, those of them that the quartiles are
 * of, five edges that rise (at most the least value, the quartiles, at least the greatest), and how many of those values
 * are at most each quartile.
 */
export type GroupNumbers = readonly number[];
/** Numbers of a column in a group. */
export const groupNumbers = 10;

/** Groups times columns of which a model file keeps what they were like. */
const mostCells = 10_000;
/** Values of a column in a group that its quartiles are of. */
const mostSampled = 250;
/** Of fewer values no file is large enough to tell that it differs. */
const fewestValues = 6;
/** Digits that are kept of the spread of a column in a group. */
const keptDigits = 2;

/** Some values in bounded memory: their count, ends, and all of them up to a bound, beyond it a sample (algorithm R). */
export class GroupValues {
  count = 0;
  low: number = Number.POSITIVE_INFINITY;
  high: number = Number.NEGATIVE_INFINITY;
  readonly sample: number[] = [];

  add(value: number, source: Random): void {
    const place = this.count < mostSampled ? this.count : source.below(this.count + 1);
    this.count++;
    if (value < this.low) this.low = value;
    if (value > this.high) this.high = value;
    if (place < mostSampled) this.sample[place] = value;
  }
}

/** A row of numbers [columns] that begins at `at`, and what stands in the columns of its key. */
interface KeyedRow {
  readonly numeric: Float64Array;
  readonly at: number;
  readonly key: readonly string[];
}

/** Gathers what the groups of training rows are like, in bounded memory: of those that come first, as many as fit. */
export class GroupSummaries {
  readonly #key: readonly string[];
  readonly #columns: number;
  readonly #source: Random;
  readonly #groups = new Map<string, { rows: number; readonly columns: GroupValues[] } | null>();

  constructor(key: readonly string[], columns: number, source: Random) {
    this.#key = key;
    this.#columns = columns;
    this.#source = source;
  }

  /** Takes a row; what is `marked` is missing there. */
  add({ numeric, at, key }: KeyedRow, marked: ReadonlySet<number>): void {
    const name = nameOfGroup(key);
    let group = this.#groups.get(name);
    if (group === undefined) {
      const fits = (this.#groups.size + 1) * this.#columns <= mostCells;
      const columns = Array.from({ length: this.#columns }, () => new GroupValues());
      group = fits ? { rows: 0, columns } : null;
      this.#groups.set(name, group);
    }
    if (group === null) return;
    group.rows++;
    group.columns.forEach((values, j) => {
      const value = numeric[at + j]!;
      if (!Number.isNaN(value) && !marked.has(value)) values.add(value, this.#source);
    });
  }

  profiles(): GroupProfiles {
    const kept = [...this.#groups].flatMap(([name, group]) =>
      group === null ? [] : [profileOf(JSON.parse(name), group.rows, group.columns)],
    );
    return { key: this.#key, groups: this.#groups.size, kept };
  }
}

/** What tells a group from others. */
export const nameOfGroup = (key: readonly string[]): string => JSON.stringify(key);

const profileOf = (
  name: readonly string[],
  rows: number,
  columns: readonly GroupValues[],
): GroupProfile => ({
  ...{ name, rows },
  columns: columns.map((each) => (each.count < fewestValues ? null : numbersOf(each))),
});

function numbersOf({ count, low, high, sample }: GroupValues): GroupNumbers {
  const digits = Math.floor(Math.log10(high - low)) - keptDigits;
  const rounded = (value: number, round: (x: number) => number): number =>
    high > low ? Number((round(value / 10 ** digits) * 10 ** digits).toPrecision(15)) : value;
  // what is rounded must hold all values still
  const [least, most] = [rounded(low, Math.floor), rounded(high, Math.ceil)];
  const middle = quantiles(sample, [0.25, 0.5, 0.75]).map((each) => rounded(each, Math.round));
  return [
    ...[count, sample.length, Math.min(least, low), ...middle, Math.max(most, high)],
    ...middle.map((edge) => sample.filter((value) => value <= edge).length),
  ];
}
