import type { ColumnPlan } from "../data/table.ts";

/** A column that made a row stand out. */
export interface Reason {
  readonly column: string;
  /** What the model expected and what was there, in the units of the source. */
  readonly expected: string;
  readonly actual: string;
  /** Its share of the row's error. */
  readonly share: number;
}

/** One row as the model sees it: inputs, reconstruction and errors, numeric columns before categories. */
export interface RowView {
  readonly numeric: ArrayLike<number>;
  readonly categories: ArrayLike<string>;
  readonly reconstruction: ArrayLike<number>;
  readonly reconstructionCategories: ArrayLike<string>;
  readonly error: ArrayLike<number>;
}

/** The columns that contribute most to the error of a row, the greatest first. */
export function reasonsOf(
  row: RowView,
  numericColumns: readonly ColumnPlan[],
  categoryColumns: readonly ColumnPlan[],
  most = 3,
): readonly Reason[] {
  const columns = [...numericColumns, ...categoryColumns];
  const total = columns.reduce((sum, _, j) => sum + row.error[j]!, 0);
  const order = columns.map((_, j) => j).sort((a, b) => row.error[b]! - row.error[a]!);
  return order
    .slice(0, most)
    .filter((j) => row.error[j]! > 0)
    .map((j) => {
      const column = columns[j]!;
      const share = row.error[j]! / total;
      const k = j - numericColumns.length;
      return k < 0
        ? {
            column: column.name,
            expected: numberText(row.reconstruction[j]!, column),
            actual: numberText(row.numeric[j]!, column),
            share,
          }
        : {
            column: column.name,
            expected: row.reconstructionCategories[k]!,
            actual: row.categories[k]!,
            share,
          };
    });
}

/** `Amount 1809.68, expected 88.1`: a reason in words. */
export function reasonText({ column, expected, actual }: Reason): string {
  return `${column} = ${actual} (expected ${expected})`;
}

function numberText(value: number, { type }: ColumnPlan): string {
  if (type === "date" && Number.isFinite(value)) {
    const iso = new Date(Math.round(value * 86400) * 1000).toISOString();
    return Number.isInteger(value) || iso.endsWith("00:00:00.000Z")
      ? iso.slice(0, 10)
      : iso.slice(0, 19).replace("T", " ");
  }
  return String(Number(value.toPrecision(4)));
}
