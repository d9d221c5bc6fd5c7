import type { Batch, BatchRequest, Column } from "../terms/table.ts";

/** Rows from the top that are looked at, of many columns fewer: of a panel they must be more than a few keys. */
const mostRows = 16_000;
const mostCells = 4_000_000;
const mostColumns = 512;
/** Columns of fewer different values are flags. */
const fewestValues = 3;

/** A column of numbers in the first rows of a table. */
export interface HeadColumn {
  readonly name: string;
  /** How many different values the whole column has, about. */
  readonly distinct: number;
  /** What is not missing, in order. */
  readonly values: readonly number[];
}

/** Watches the numbers of the first rows, whatever they are for; sees enough after some. */
export class HeadNumbers {
  readonly request: BatchRequest;
  readonly columns: readonly HeadColumn[];
  readonly #values: number[][];
  #rows = 0;

  constructor(columns: readonly Column[]) {
    const all = columns.filter(
      ({ type, profile }) => type === "number" && profile.distinct >= fewestValues,
    );
    const looked = all.length > mostColumns ? [] : all;
    this.request = { numeric: looked.map(({ name }) => name), categories: [] };
    this.#values = looked.map(() => []);
    this.columns = looked.map(({ name, profile: { distinct } }, j) => {
      const values = this.#values[j]!;
      return { name, distinct, values };
    });
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
    return this.#rows < Math.min(mostRows, mostCells / p);
  }
}
