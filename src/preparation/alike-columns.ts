import type { RowSample } from "./row-sample.ts";

/** Which columns had the same cells in most of some rows of training. */
export interface AlikeColumns {
  /** How many rows were looked at. */
  readonly rows: number;
  /** Two columns, numeric ones counted before categories, and in how many of the rows they were equal: at least half. */
  readonly pairs: readonly (readonly [one: number, other: number, equal: number])[];
}

/** Columns among which pairs are looked for: of 100 there are 4,950. */
export const mostCompared = 100;

/** The pairs of columns of numbers, and of categories, that are equal in at least half of the rows. */
export function alikeColumns(sample: RowSample, numeric: number, categories: number): AlikeColumns {
  const columns = [
    ...Array.from({ length: numeric }, (_, j) => sample.numbers(j)),
    ...Array.from({ length: categories }, (_, j) => sample.texts(j)),
  ];
  const pairs = columns.flatMap((one, i) =>
    columns.slice(i + 1, i < numeric ? numeric : undefined).flatMap((other, k) => {
      const equal = equalCells(one, other);
      return 2 * equal >= sample.rows && equal > 0 ? [[i, i + 1 + k, equal] as const] : [];
    }),
  );
  return { rows: sample.rows, pairs };
}

function equalCells(one: ArrayLike<unknown>, other: ArrayLike<unknown>): number {
  let equal = 0;
  for (let i = 0; i < one.length; i++) if (isSame(one[i], other[i])) equal++;
  return equal;
}

/** Whether two cells are one value, or both missing. */
export const isSame = (a: unknown, b: unknown): boolean =>
  a === b || (Number.isNaN(a) && Number.isNaN(b));
