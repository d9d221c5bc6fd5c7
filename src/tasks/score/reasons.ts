import { columnDates } from "../../data/cells/written-dates.ts";
import type { ColumnPlan, DatesRead } from "../../data/terms/table.ts";

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
}

/**
 * The columns that contribute most to the error of a row, the greatest first, then those whose cell is missing as none was
 * in training: what stands in for it may be why the others do not fit.
 */
export function reasonsOf(
  { source, probabilityOf, neverMissing }: ReasonContext,
  row: RowView,
  numericColumns: readonly ColumnPlan[],
  categoryColumns: readonly ColumnPlan[],
  most = 3,
): readonly Reason[] {
  const columns = [...numericColumns, ...categoryColumns];
  const total = columns.reduce((sum, _, j) => sum + Math.max(0, row.error[j]!), 0);
  const order = columns.map((_, j) => j).sort((a, b) => row.error[b]! - row.error[a]!);
  const isMissing = (j: number): boolean =>
    j < numericColumns.length
      ? Number.isNaN(row.numeric[j])
      : row.categories[j - numericColumns.length] === "";
  const gone = order.filter((j) => isMissing(j) && neverMissing.has(columns[j]!.name));
  const told = gone.slice(0, most - 1);
  return [
    ...order.filter((j) => row.error[j]! > 0 && !gone.includes(j)).slice(0, most - told.length),
    ...told,
  ].map((j) => {
    const column = columns[j]!;
    const share = total > 0 ? row.error[j]! / total : 0;
    const k = j - numericColumns.length;
    if (k >= 0) {
      const probability = isMissing(j) ? undefined : probabilityOf(row.error[j]!);
      return {
        column: column.name,
        expected: row.reconstructionCategories[k]!,
        actual: row.categories[k]!,
        share,
        ...(probability !== undefined && { probability }),
        ...(row.similar && { similar: row.similar.categories[k]! }),
      };
    }
    const [expected, actual] = isMissing(j)
      ? [textsOf(source, row.reconstruction[j]!, Number.NaN, column)[0], ""]
      : textsOf(source, row.reconstruction[j]!, row.numeric[j]!, column);
    const near = row.similar && nearText(source, row.similar.numeric[j]!, row.numeric[j]!, column);
    return {
      ...{ column: column.name, expected, actual, share },
      ...(near !== undefined && { similar: near }),
    };
  });
}

/** A value that went through single precision, to six digits of the greater of it and another; "" if missing. */
function nearText(
  source: DatesRead,
  value: number,
  other: number,
  { name, type }: ColumnPlan,
): string {
  if (Number.isNaN(value)) return "";
  if (type === "date") return columnDates(source, name)(value);
  const size = Math.max(Math.abs(value), Math.abs(other), Number.MIN_VALUE);
  const decimals = Math.min(100, Math.max(0, 5 - Math.floor(Math.log10(size))));
  return String(Number(value.toFixed(decimals)));
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
