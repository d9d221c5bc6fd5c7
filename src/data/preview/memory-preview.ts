import { tableFromColumns, tableFromRows } from "../memory/memory.ts";
import { isDate, type MemoryValue } from "../memory/memory-column.ts";
import type { Address } from "../terms/address.ts";
import type { Table } from "../terms/table.ts";
import { type PreviewCell, type PreviewRow, previewCell, seenOf } from "./seen.ts";
import { binsOf, type ColumnShares, sharesOf } from "./shares.ts";
import {
  inTurn,
  type PreviewData,
  type PreviewOptions,
  type TablePreview,
} from "./table-preview.ts";

/** A preview of rows or columns in memory, which are read as they are at each look. */
export function memoryPreview(
  data: Exclude<PreviewData, Address>,
  options: PreviewOptions,
): Promise<TablePreview> {
  let last: Table | undefined;
  const look = async ({ rowsShown = 100, language = "en", ...how }: PreviewOptions) => {
    const table = isList(data) ? tableFromRows(data, how) : tableFromColumns(data, how);
    last = table;
    const count = Math.min(rowsShown, table.rows);
    const head = Array.from({ length: count }, (_, i): PreviewRow => {
      const cell = (name: string): MemoryValue => (isList(data) ? data[i]![name] : data[name]![i]);
      const cells = table.columns.map(({ name }) => shownText(cell(name)));
      return { row: i + 1, path: table.path, line: i + 1, cells };
    });
    const unread: PreviewCell[] = [];
    for (const [j, column] of table.columns.entries())
      for (const i of await unreadRows(table, column.name, count))
        unread.push(previewCell(i + 1, column, head[i]!.cells[j]!, language));
    unread.sort((a, b) => a.row - b.row);
    return seenOf(table, head, unread, how, language);
  };
  return inTurn(
    options,
    look,
    () => memoryShares(last!),
    async () => {},
  );
}

/** How the values of all columns are distributed, counted row by row. */
async function memoryShares(table: Table): Promise<readonly ColumnShares[]> {
  const plans = table.columns.map(({ profile }) => binsOf(profile));
  const numeric = table.columns.flatMap(({ name }, j) => (plans[j] ? [name] : []));
  const counts = new Map(
    table.columns.map(({ name }, j) => [name, new Float64Array(plans[j]?.bins ?? 0)]),
  );
  const planned = plans.filter((plan) => plan !== null);
  for await (const { rows, numeric: cells } of table.batches({ numeric, categories: [] }))
    numeric.forEach((name, j) => {
      const { from, width, bins } = planned[j]!;
      const counted = counts.get(name)!;
      for (let i = 0; i < rows; i++) {
        const value = cells[i * numeric.length + j]!;
        if (!Number.isFinite(value)) continue;
        counted[Math.min(bins - 1, Math.max(0, Math.floor((value - from) / width)))]!++;
      }
    });
  return table.columns.map((column, j) =>
    sharesOf(column, table.rows, plans[j]!, counts.get(column.name)!),
  );
}

const isList = (
  data: Exclude<PreviewData, Address>,
): data is readonly Readonly<Record<string, MemoryValue>>[] => Array.isArray(data);

/** The rows, from 0, among the first ones whose cell a column cannot hold. */
async function unreadRows(table: Table, name: string, count: number): Promise<readonly number[]> {
  const column = table.columns.find((each) => each.name === name)!;
  if (!column.profile.unread || count === 0) return [];
  for await (const { unread = [] } of table.batches(
    { numeric: [name], categories: [] },
    { size: count },
  ))
    return unread.flatMap((names, i) => (names === "" ? [] : [i]));
  return [];
}

const shownText = (value: MemoryValue): string =>
  isDate(value) ? value.toISOString() : String(value ?? "");
