import type { Random } from "../random.ts";

/** Rows of numbers and texts side by side, as batches have them. */
interface Cells {
  readonly numeric: ArrayLike<number>;
  readonly categories: ArrayLike<string>;
}

/** Whole rows kept of a stream: all up to a bound, beyond it a sample, each as likely as another (Vitter's algorithm R). */
export class RowSample {
  readonly #p: number;
  readonly #q: number;
  readonly #most: number;
  readonly #source: Random;
  readonly #numeric: number[] = [];
  readonly #categories: string[] = [];
  #seen = 0;

  constructor(numeric: number, categories: number, most: number, source: Random) {
    this.#p = numeric;
    this.#q = categories;
    this.#most = most;
    this.#source = source;
  }

  /** Takes the row of a batch that has the number `row` in it. */
  add({ numeric, categories }: Cells, row: number): void {
    const place = this.#seen < this.#most ? this.#seen : this.#source.below(this.#seen + 1);
    this.#seen++;
    if (place >= this.#most) return;
    const [p, q] = [this.#p, this.#q];
    for (let j = 0; j < p; j++) this.#numeric[place * p + j] = numeric[row * p + j]!;
    for (let j = 0; j < q; j++) this.#categories[place * q + j] = categories[row * q + j]!;
  }

  /** How many rows are kept. */
  get rows(): number {
    return Math.min(this.#seen, this.#most);
  }

  /** The cells of a column in the rows that are kept, NaN where one is missing. */
  numbers(column: number): Float64Array {
    return Float64Array.from({ length: this.rows }, (_, i) => this.#numeric[i * this.#p + column]!);
  }

  /** The cells of a column of categories, "" where one is missing. */
  texts(column: number): string[] {
    return Array.from({ length: this.rows }, (_, i) => this.#categories[i * this.#q + column]!);
  }
}
