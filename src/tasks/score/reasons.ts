import { columnDates } from "../../data/cells/written-dates.ts";
import type { ColumnPlan, DatesRead } from "../../data/terms/table.ts";
import { type Rounding, roundedText } from "./rounding.ts";

/** A column that made a row stand out. */
export interface Reason {
  readonly column: string;
  /** What the model expected and what was there, in the units of the source. */
  readonly expected: string;
  readonly actual: string;
  /** Its share of the row's error. */
  readonly share: number;
  /** What the most similar row has there that the model file holds, where it holds some. */
  readonly similar?: string;
  /** Of a category: how likely the model held the actual one. */
  readonly probability?: number;
  /** The texts are numbers, with a point and no marks of thousands, which may be set apart for eyes: no years. */
  readonly numeric?: true;
}

/** One row as the model sees it: inputs, reconstruction and errors, numeric columns before categories. */
export interface RowView {
  readonly numeric: ArrayLike<number>;
  readonly categories: ArrayLike<string>;
  readonly reconstruction: ArrayLike<number>;
  readonly reconstructionCategories: ArrayLike<string>;
  readonly error: ArrayLike<number>;
  /** The most similar row that the model file holds. */
  readonly similar?: {
    readonly numeric: ArrayLike<number>;
    readonly categories: ArrayLike<string>;
  };
}

/** How likely the model held a category, by its error; by default that is minus the log of it. */
export type ProbabilityOf = (error: number) => number | undefined;

/** What is known of the columns of a model when reasons are told. */
export interface ReasonContext {
  /** How dates are written. */
  readonly source: DatesRead;
  readonly probabilityOf: ProbabilityOf;
  /** Names of columns of which no cell was missing in training. */
  readonly neverMissing: ReadonlySet<string>;
  /** How the numbers of each numeric column are rounded. */
  readonly roundings: readonly Rounding[];
}

/** Shares of the error from which on a column is a reason, and one whose values must be told apart. */
const worth = { reason: 0.02, apart: 0.1 };

/**
 * The columns that contribute most to the error of a row, the greatest first, then those whose cell is missing as none was
 * in training: what stands in for it may be why the others do not fit. Left out is what tells nothing: a small share of
 * the error, and what was expected, as far as it is printed.
 */
export function reasonsOf(
  context: ReasonContext,
  row: RowView,
  numericColumns: readonly ColumnPlan[],
  categoryColumns: readonly ColumnPlan[],
  most = 3,
): readonly Reason[] {
  const columns = [...numericColumns, ...categoryColumns];
  const p = numericColumns.length;
  const total = columns.reduce((sum, _, j) => sum + Math.max(0, row.error[j]!), 0);
  const shareOf = (j: number): number => (total > 0 ? row.error[j]! / total : 0);
  const order = columns.map((_, j) => j).sort((a, b) => row.error[b]! - row.error[a]!);
  const isMissing = (j: number): boolean =>
    j < p ? Number.isNaN(row.numeric[j]) : row.categories[j - p] === "";
  const tell = (j: number): Reason =>
    j < p
      ? numberReason(context, row, j, columns[j]!, shareOf(j))
      : categoryReason(context, row, j - p, columns[j]!, shareOf(j), row.error[j]!);
  const gone = order.filter((j) => isMissing(j) && context.neverMissing.has(columns[j]!.name));
  const told = gone.slice(0, most - 1).map(tell);
  const others: Reason[] = [];
  for (const j of order) {
    if (others.length === most - told.length || !(shareOf(j) >= worth.reason)) break;
    if (gone.includes(j)) continue;
    const reason = tell(j);
    // what is the likeliest of many may still be unlikely
    const unlikely = reason.probability !== undefined && reason.probability < 0.5;
    if (reason.expected !== reason.actual || (unlikely && others.length === 0)) others.push(reason);
  }
  return [...others, ...told];
}

/** What a model makes of each column of a row, those that contribute most first. */
export function columnsOf(
  context: ReasonContext,
  row: RowView,
  numericColumns: readonly ColumnPlan[],
  categoryColumns: readonly ColumnPlan[],
): readonly Reason[] {
  const columns = [...numericColumns, ...categoryColumns];
  const p = numericColumns.length;
  const total = columns.reduce((sum, _, j) => sum + Math.max(0, row.error[j]!), 0);
  const told = columns.map((column, j) => {
    const share = total > 0 ? Math.max(0, row.error[j]!) / total : 0;
    return j < p
      ? numberReason(context, row, j, column, share)
      : categoryReason(context, row, j - p, column, share, row.error[j]!);
  });
  return told.sort((a, b) => b.share - a.share);
}

function categoryReason(
  { probabilityOf }: ReasonContext,
  row: RowView,
  k: number,
  { name }: ColumnPlan,
  share: number,
  error: number,
): Reason {
  const actual = row.categories[k]!;
  const probability = actual === "" ? undefined : probabilityOf(error);
  return {
    ...{ column: name, expected: row.reconstructionCategories[k]!, actual, share },
    ...(probability !== undefined && { probability }),
    ...(row.similar && { similar: row.similar.categories[k]! }),
  };
}

function numberReason(
  { source, roundings }: ReasonContext,
  row: RowView,
  j: number,
  column: ColumnPlan,
  share: number,
): Reason {
  const [expected, actual] = [row.reconstruction[j]!, row.numeric[j]!];
  const near = row.similar?.numeric[j];
  const common = { column: column.name, share };
  if (column.type === "date") {
    const write = columnDates(source, column.name);
    const days = (value: number): number => (roundings[j]!.whole ? Math.round(value) : value);
    const told = (value: number): string => (Number.isNaN(value) ? "" : write(days(value)));
    return {
      ...{ ...common, expected: told(expected), actual: told(actual) },
      ...(near !== undefined && { similar: told(near) }),
    };
  }
  const rounding = roundings[j]!;
  let [there, here] = [roundedText(expected, rounding, true), roundedText(actual, rounding)];
  // where the column counts much, the values differ by less than the column is wide
  if (there === here && share >= worth.apart)
    [there, here] = textsOf(source, expected, actual, column);
  return {
    ...{ ...common, expected: there, actual: here },
    ...(near !== undefined && { similar: roundedText(near, rounding) }),
    ...(rounding.grouped && { numeric: true }),
  };
}

/** Two values in words, with as many digits as tell them apart, at least four. */
export function textsOf(
  source: DatesRead,
  expected: number,
  actual: number,
  { name, type }: ColumnPlan,
): readonly [expected: string, actual: string] {
  if (type === "date") {
    const write = columnDates(source, name);
    return [write(expected), write(actual)];
  }
  for (let digits = 4; ; digits++) {
    const [one, other] = [expected, actual].map((value) =>
      String(Number(value.toPrecision(digits))),
    );
    if (one !== other || digits === 15 || Number.isNaN(actual)) return [one!, other!];
  }
}
