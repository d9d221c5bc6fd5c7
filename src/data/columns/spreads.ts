import { quantiles } from "../../metrics/statistics.ts";
import type { Batch, BatchRequest, Column } from "../terms/table.ts";

/** What the numbers of a table are like where that asks for something. */
export interface Spreads {
  /** Columns with a heavy upper tail, for `--log`. */
  readonly tails: readonly string[];
  /** Columns most of whose numbers are 0, with the share of them. */
  readonly zeros: readonly (readonly [column: string, share: number])[];
}

/** Rows from the top that are looked at; a suggestion needs no more. */
const mostRows = 8000;
const mostColumns = 512;
const fewestRows = 50;
const fewValues = 20;
/** From the median to the 99th percent in quartile ranges: 1.7 of a normal, 3.6 of an exponential distribution. */
const heavyTail = 6;
/** The 99th percent is so many times the median at least; log(1 + x) changes little of smaller numbers. */
const farOut = 10;
const worthLog = 20;
const mostlyZero = 0.5;

/** Watches numbers, whatever they are for; sees enough after some rows. */
export class SpreadWatch {
  readonly request: BatchRequest;
  readonly #values: number[][];
  #rows = 0;

  constructor(columns: readonly Column[]) {
    const numeric = columns.flatMap(({ name, type, profile }) =>
      type === "number" && profile.distinct > fewValues ? [name] : [],
    );
    this.request = { numeric: numeric.length > mostColumns ? [] : numeric, categories: [] };
    this.#values = this.request.numeric.map(() => []);
  }

  /** Takes the next rows; false once it has seen enough. */
  add({ rows, numeric }: Batch): boolean {
    const p = this.#values.length;
    this.#values.forEach((values, j) => {
      for (let i = 0; i < rows; i++) {
        const value = numeric[i * p + j]!;
        if (!Number.isNaN(value)) values.push(value);
      }
    });
    this.#rows += rows;
    return this.#rows < mostRows;
  }

  result(): Spreads {
    const tails: string[] = [];
    const zeros: [string, number][] = [];
    this.request.numeric.forEach((column, j) => {
      const values = this.#values[j]!;
      if (values.length < fewestRows) return;
      const filled = values.filter((value) => value !== 0);
      const share = 1 - filled.length / values.length;
      if (share >= mostlyZero) zeros.push([column, share]);
      const spread = share >= mostlyZero ? filled : values;
      if (spread.length < fewestRows) return;
      const [low, middle, high, far] = quantiles(spread, [0.25, 0.5, 0.75, 0.99]) as number[];
      const great = far! >= worthLog && far! >= farOut * middle!;
      if (great && far! - middle! >= heavyTail * (high! - low!)) tails.push(column);
    });
    return { tails, zeros };
  }
}
