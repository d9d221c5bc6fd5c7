import type { ColumnPlan } from "../../data/terms/table.ts";

/** Columns that name rows: ids, with the key of a panel among them, then the time; none where nothing does. */
export const namingColumns = (columns: readonly Pick<ColumnPlan, "name" | "role">[]): string[] =>
  ["id", "time"].flatMap((role) =>
    columns.filter((column) => column.role === role).map(({ name }) => name),
  );

/** Columns of a name in a sentence, and signs of each of its cells. */
const mostColumns = 4;
const mostSigns = 40;

/**
 * What a row is called: "Angola, AGO, 1975", "ID 17" where a number alone would say nothing; null where nothing names
 * it, and its number must do. `names` are `namingColumns`, `cells` what stands in them.
 */
export function rowName(names: readonly string[], cells: readonly string[]): string | null {
  const alone = names.length === 1;
  const told = names.slice(0, mostColumns).flatMap((name, j) => {
    const cell = cells[j]!.trim();
    if (cell === "") return [];
    const shown = cell.length > mostSigns ? `${cell.slice(0, mostSigns - 1)}…` : cell;
    return [alone && /^[\d\s.,-]+$/.test(cell) ? `${name} ${shown}` : shown];
  });
  return told.length > 0 ? told.join(", ") : null;
}
