import type { Random } from "../random.ts";

/** Values of all columns together that are kept, and those of one column at least and at most. */
const mostKept = 10_000_000;
const ofColumn = { least: 1000, most: 100_000 };

/** Values of a column that are kept, of so many columns. */
export const sampleSize = (columns: number): number =>
  Math.max(ofColumn.least, Math.min(ofColumn.most, Math.floor(mostKept / Math.max(1, columns))));

/** Places that lie together: those of all columns side by side, so that rows are written as they come. */
const together = 256;

/** Values of many columns kept for quantiles: all up to a bound, beyond it a sample (Vitter's algorithm R). */
export class Samples {
  readonly #columns: number;
  readonly #most: number;
  readonly #source: Random;
  readonly #blocks: Float64Array[] = [];

  constructor(columns: number, source: Random) {
    this.#columns = columns;
    this.#most = sampleSize(columns);
    this.#source = source;
  }

  /** Takes the value of a column, the `count`-th of it (from 1). */
  add(column: number, count: number, value: number): void {
    const place = count <= this.#most ? count - 1 : this.#source.below(count);
    if (place >= this.#most) return;
    const block = Math.floor(place / together);
    while (block >= this.#blocks.length)
      this.#blocks.push(new Float64Array(together * this.#columns));
    this.#blocks[block]![(place % together) * this.#columns + column] = value;
  }

  /** The values kept of a column that had `count`. */
  of(column: number, count: number): Float64Array {
    return Float64Array.from(
      { length: Math.min(count, this.#most) },
      (_, place) =>
        this.#blocks[Math.floor(place / together)]![(place % together) * this.#columns + column]!,
    );
  }
}
