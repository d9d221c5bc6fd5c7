/** A column as preparation sees it. */
export interface FeatureColumn {
  readonly name: string;
  readonly date: boolean;
}

/** How numeric columns are brought to one scale. */
export type Scaling = "standard" | "minmax" | "robust" | "none";

/** What preparing does to a numeric or date column; (log) x becomes (x - center) / scale. */
export interface NumericPlan {
  readonly name: string;
  /** The median, which stands in for missing cells. */
  readonly fill: number;
  /** sign(x) log(1 + |x|) before scaling. */
  readonly log: boolean;
  readonly center: number;
  readonly scale: number;
  /** Cells were missing in training: whether one is, is an input too. */
  readonly flag: boolean;
  /** The least and the greatest value of training: what a cell that is filled keeps to. */
  readonly range: readonly [number, number];
  /** Cycles of a date that are inputs too, in days. */
  readonly cycles: readonly number[];
}

/** The range of a numeric column as the network sees it. */
export function scaledRange({ range, log, center, scale }: NumericPlan): readonly [number, number] {
  const of = (value: number): number => ((log ? logOf(value) : value) - center) / scale;
  return [of(range[0]), of(range[1])];
}

/** sign(x) log(1 + |x|) */
export const logOf = (x: number): number => Math.sign(x) * Math.log1p(Math.abs(x));

/** What preparing does to a category column: one place per value, and one for all other values. */
export interface CategoryPlan {
  readonly name: string;
  /** The commonest first. */
  readonly values: readonly string[];
  /** The place of missing cells: that of the most frequent value. */
  readonly fill: number;
  readonly flag: boolean;
}

/** The preparation of a table, fitted on its training rows. */
export interface Preparation {
  readonly numeric: readonly NumericPlan[];
  readonly categories: readonly CategoryPlan[];
  /** Numbers that mean missing, such as -200. */
  readonly marks: readonly number[];
}

/** Values of a category beyond these commonest ones share a place, with those never seen. */
export const placesOfCategory = 64;
export const otherCategory = "(other)";

/** Columns of what the model gives: scaled numbers, then the places of each category. */
export function blocksOf({ numeric, categories }: Preparation): {
  readonly numeric: number;
  readonly categories: readonly number[];
} {
  return { numeric: numeric.length, categories: categories.map(({ values }) => values.length + 1) };
}

/** Columns that the model takes: those it gives, then flags of missing cells, then cycles of dates. */
export function widthOf(preparation: Preparation): number {
  const { numeric, categories } = blocksOf(preparation);
  const flags = [...preparation.numeric, ...preparation.categories].filter(({ flag }) => flag);
  const cycles = preparation.numeric.reduce((total, { cycles }) => total + 2 * cycles.length, 0);
  return numeric + categories.reduce((a, b) => a + b, 0) + flags.length + cycles;
}
