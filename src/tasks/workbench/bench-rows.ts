import { type Part, parts, type Split } from "../rows/split.ts";

/** The parts of a split that rows are kept of, in the order in which they lie. */
const kept = ["train", "validate", "calibrate", "test"] as const;
export type BenchPart = Exclude<Part, "out">;

/** Prepared rows of a part. */
export interface PreparedPart {
  /** Their places in the source, rising. */
  readonly rows: Uint32Array;
  /** [n, width] */
  readonly x: Float32Array;
  /** [n, columns], 0 for missing source columns; null where none is missing, and for arrays, whose cells are NaN. */
  readonly mask: Float32Array | null;
}

/** Prepared rows of all parts side by side in memory, those that train first. */
export class BenchRows {
  /** Source columns of the mask. */
  readonly columns: number;
  readonly #split: Split;
  readonly #width: number;
  readonly #starts: Readonly<Record<BenchPart, number>>;
  readonly #next: Record<BenchPart, number>;
  readonly #rows: Uint32Array;
  readonly #x: Float32Array;
  readonly #mask: Float32Array | null;
  readonly #weight: Float32Array | null;

  constructor(split: Split, width: number, { columns = 0, masked = false, weighted = false } = {}) {
    this.#split = split;
    this.#width = width;
    this.columns = columns;
    let rows = 0;
    this.#starts = Object.fromEntries(
      kept.map((part) => {
        const start = rows;
        rows += split.counts[part];
        return [part, start];
      }),
    ) as Record<BenchPart, number>;
    this.#next = { ...this.#starts };
    this.#rows = new Uint32Array(rows);
    this.#x = new Float32Array(rows * width);
    this.#mask = masked ? new Float32Array(rows * columns) : null;
    this.#weight = weighted ? new Float32Array(rows) : null;
  }

  /** Takes consecutive rows from `start` on, each to its part. */
  add(
    start: number,
    x: Float32Array,
    mask: Float32Array | null,
    weight: Float32Array | null,
  ): void {
    const [width, { columns }] = [this.#width, this];
    const n = x.length / width;
    for (let i = 0; i < n; i++) {
      const part = kept.find((name) => parts[name] === this.#split.partOf[start + i]);
      if (part === undefined) continue;
      const at = this.#next[part]++;
      this.#rows[at] = start + i;
      this.#x.set(x.subarray(i * width, (i + 1) * width), at * width);
      if (this.#mask && mask)
        this.#mask.set(mask.subarray(i * columns, (i + 1) * columns), at * columns);
      if (this.#weight && weight) this.#weight[at] = weight[i]!;
    }
  }

  part(part: BenchPart): PreparedPart {
    const from = this.#starts[part];
    const to = from + this.#split.counts[part];
    return {
      rows: this.#rows.subarray(from, to),
      x: this.#x.subarray(from * this.#width, to * this.#width),
      mask: this.#mask?.subarray(from * this.columns, to * this.columns) ?? null,
    };
  }

  /** Rows that train, then those that judge when to stop. */
  learning(): { x: Float32Array; mask: Float32Array | null; weight: Float32Array | null } {
    const { train, validate } = this.#split.counts;
    const rows = train + validate;
    return {
      x: this.#x.subarray(0, rows * this.#width),
      mask: this.#mask?.subarray(0, rows * this.columns) ?? null,
      weight: this.#weight?.subarray(0, rows) ?? null,
    };
  }
}
