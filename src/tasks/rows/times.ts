import type { Table } from "../../data/terms/table.ts";

/** When each row of a table is, and of what it is. */
export interface RowTimes {
  readonly column: string;
  /** In the unit of the column, of dates in days; NaN where it is missing. */
  readonly times: Float64Array;
  /** The key of each row as text, of a panel; null where rows have none. */
  readonly keys: readonly string[] | null;
}

/** The time of the rows of a table, where a column with that role holds dates or numbers; else null. */
export async function timesOf(table: Table): Promise<RowTimes | null> {
  const time = table.columns.find(
    ({ role, type }) => role === "time" && (type === "date" || type === "number"),
  );
  if (!time) return null;
  const names = (table.shape?.key ?? []).filter((key) =>
    table.columns.some(({ name }) => name === key),
  );
  const times = new Float64Array(table.rows);
  const keys: string[] = [];
  const asked = { numeric: [time.name], categories: [], text: names };
  for await (const { start, numeric, rows, text } of table.batches(asked)) {
    times.set(numeric, start);
    if (names.length > 0)
      for (let i = 0; i < rows; i++) keys.push(text.map((cells) => cells[i]!).join("\u001f"));
  }
  return { column: time.name, times, keys: names.length > 0 ? keys : null };
}
