import { findColumn } from "../../data/terms/find.ts";
import type { Table } from "../../data/terms/table.ts";
import { EspejoError } from "../../errors.ts";

/** The columns to take the logarithm of, by the names of the table. Throws `column_unknown`, `column_not_number`. */
export function logColumns(
  { columns, path }: Pick<Table, "columns" | "path">,
  asked: readonly string[],
): readonly string[] {
  const names = columns.map(({ name }) => name);
  return asked.map((name) => {
    const column = columns[findColumn(names, name, path)]!;
    if (column.type === "number") return column.name;
    throw new EspejoError("column_not_number", { path, column: column.name });
  });
}
