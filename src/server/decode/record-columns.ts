import { EspejoError, phrase } from "../../errors.ts";
import { shown } from "../../schema.ts";
import type { Columns } from "./table-rows.ts";

/** Rows that a request may have. */
export function checkRows(rows: number, maxRows: number): void {
  if (rows > maxRows) throw new EspejoError("request_rows", { limit: maxRows });
  if (rows === 0) throw new EspejoError("file_no_rows", { path: phrase("rows_sent", {}) });
}

/** Columns of rows that are objects; what one lacks and others have is a missing cell. Throws `request_invalid`. */
export function recordColumns(records: readonly unknown[], place: string): Columns {
  const rows = records.length;
  const cells = new Map<string, unknown[]>();
  for (let i = 0; i < rows; i++) {
    const record = records[i];
    if (typeof record !== "object" || record === null || Array.isArray(record))
      throw new EspejoError("request_invalid", {
        ...{ place: `${place}[${i}]`, wanted: phrase("row_object", {}), got: shown(record) },
      });
    for (const name of Object.keys(record)) {
      let column = cells.get(name);
      if (!column) {
        column = new Array(rows).fill(null);
        cells.set(name, column);
      }
      column[i] = (record as Record<string, unknown>)[name];
    }
  }
  return { rows, cells };
}

/** Columns of rows that are lists, as pandas writes them with `orient="split"`. Throws `request_invalid`. */
export function splitColumns(
  names: readonly string[],
  data: readonly unknown[],
  place: string,
): Columns {
  const rows = data.length;
  const columns = names.map(() => new Array<unknown>(rows));
  for (let i = 0; i < rows; i++) {
    const row = data[i];
    if (!Array.isArray(row) || row.length !== names.length)
      throw new EspejoError("request_invalid", {
        place: `${place}[${i}]`,
        wanted: phrase("list_of_values", { size: names.length }),
        got: shown(row),
      });
    for (let j = 0; j < names.length; j++) columns[j]![i] = row[j];
  }
  return { rows, cells: new Map(names.map((name, j) => [name, columns[j]!])) };
}
