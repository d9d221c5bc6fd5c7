import { type MemoryOptions, tableFromColumns } from "../../data/memory/memory.ts";
import type { MemoryValue } from "../../data/memory/memory-column.ts";
import { EspejoError, type Phrase, phrase, phrases } from "../../errors.ts";
import { shown } from "../../schema.ts";
import type { RawRows } from "../../tasks/model/raw-rows.ts";

/** What the rows of a request are called in messages. */
export const sentRows: Phrase = phrase("rows_sent", {});

/** A cell that is none of its column; `row` from 0. */
export const refusedCell = (
  row: number,
  column: string,
  type: string,
  value: unknown,
): EspejoError =>
  new EspejoError("cell_refused", { row: row + 1, column, type, value: shown(value) });

/** Some columns, read as those of a table in memory are. Throws `cell_refused`. */
export async function readCells(
  cells: ReadonlyMap<string, ArrayLike<unknown>>,
  wanted: { readonly numeric: readonly string[]; readonly categories: readonly string[] },
  options: MemoryOptions,
): Promise<RawRows> {
  const names = [...wanted.numeric, ...wanted.categories];
  const columns = names.map((name) => [name, cells.get(name) as ArrayLike<MemoryValue>]);
  try {
    const table = tableFromColumns(Object.fromEntries(columns), { ...options, strict: true });
    for await (const batch of table.batches(wanted, { size: table.rows! })) return batch;
  } catch (error) {
    throw ofRequest(error);
  }
  throw new EspejoError("file_no_rows", { path: sentRows });
}

/** What reading says of a cell, without the options of a command line; of a table in memory, that it is one of rows sent. */
function ofRequest(error: unknown): unknown {
  if (!(error instanceof EspejoError)) return error;
  const { row, column, type = phrases.finite_number, value } = error.parameters;
  if (/^cell_(unreadable|infinite|huge)$/.test(error.code))
    return refusedCell(Number(row) - 1, String(column), String(type), value);
  const told = { ...error.parameters, ...error.phrases };
  return "path" in told ? new EspejoError(error.code, { ...told, path: sentRows } as never) : error;
}
