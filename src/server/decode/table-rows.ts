import { marksOf } from "../../data/cells/marks.ts";
import { greatestNumber } from "../../data/cells/numbers.ts";
import { tableFromColumns } from "../../data/memory/memory.ts";
import type { MemoryValue } from "../../data/memory/memory-column.ts";
import { missingColumn } from "../../data/terms/find.ts";
import { type ColumnPlan, marksKnown, type ReadOptions } from "../../data/terms/table.ts";
import { EspejoError, phrases } from "../../errors.ts";
import { inShort } from "../../schema.ts";
import type { RawRows } from "../../tasks/model/raw-rows.ts";
import type { TableFacts } from "../models/served.ts";

/** What requests are called in messages. */
const path = "rows";

/** Columns by name, all of one length. */
export interface Columns {
  readonly rows: number;
  readonly cells: ReadonlyMap<string, ArrayLike<unknown>>;
}

export interface TableReading {
  readonly strictColumns: boolean;
  /** Of CSV: cells are written as those of a file, and how. */
  readonly written?: Pick<ReadOptions, "decimal" | "thousands" | "dates" | "missing">;
}

/**
 * Rows as a model takes them, from columns in any order: numbers, texts, true and false, null for what is missing; dates as
 * text, or as days since 1970-01-01. Text where a number is wanted is taken in CSV only. Throws `column_missing`,
 * `column_absent`, `column_extra` and `cell_refused`.
 */
export async function tableRows(
  facts: TableFacts,
  { rows, cells }: Columns,
  { strictColumns, written }: TableReading,
): Promise<{ readonly rows: RawRows; readonly ignored: readonly string[] }> {
  const { columns } = facts.metadata;
  const known = new Set(columns.map(({ name }) => name));
  const ignored = [...cells.keys()].filter((name) => !known.has(name));
  if (strictColumns && ignored.length > 0)
    throw new EspejoError("column_extra", { column: ignored[0]! });
  const used = [...facts.numeric, ...facts.categories];
  for (const { name } of used)
    if (!cells.has(name))
      throw missingColumn(
        path,
        name,
        [...cells.keys()],
        used.map((each) => each.name),
      );
  const plain = written ? null : plainRows(facts, rows, cells);
  return { rows: plain ?? (await readRows(facts, rows, cells, written)), ignored };
}

/** Rows whose cells are what they mean: the usual case, and quick. Null where a cell must be read. */
function plainRows(
  { metadata, numeric, categories }: TableFacts,
  rows: number,
  cells: Columns["cells"],
): RawRows | null {
  const { missing, notMissing } = marksKnown({ prior: metadata.source });
  const marks = marksOf(missing, notMissing);
  const marked = new Set(marks.texts);
  const p = numeric.length;
  const numbers = new Float64Array(rows * p);
  for (let j = 0; j < p; j++) {
    const { name, type } = numeric[j]!;
    const values = cells.get(name)!;
    for (let i = 0; i < rows; i++) {
      const value = values[i];
      if (typeof value === "number") {
        if (Math.abs(value) >= greatestNumber || marks.numbers.includes(value)) {
          if (type === "date" || Number.isFinite(value)) return null;
          throw refused(i, name, phrases.finite_number, value);
        }
        numbers[i * p + j] = value;
      } else if (value === null || value === undefined) numbers[i * p + j] = Number.NaN;
      else if (type !== "number" || typeof value === "boolean" || typeof value === "bigint")
        return null;
      else if (typeof value === "string" && marked.has(value.trim()))
        numbers[i * p + j] = Number.NaN;
      else throw refused(i, name, "number", value);
    }
  }
  const q = categories.length;
  const texts = new Array<string>(rows * q);
  for (let j = 0; j < q; j++) {
    const { name, type } = categories[j]!;
    const values = cells.get(name)!;
    for (let i = 0; i < rows; i++) {
      const value = values[i] ?? "";
      if (typeof value !== "string" || type === "boolean") return null;
      const text = value.trim();
      texts[i * q + j] = marked.has(text) ? "" : text;
    }
  }
  return { rows, numeric: numbers, categories: texts };
}

const refused = (row: number, column: string, type: string, value: unknown): EspejoError =>
  new EspejoError("cell_refused", { row: row + 1, column, type, value: inShort(value) });

/** Rows whose cells are read as those of a table in memory are: dates, true and false, numbers that are written as text. */
async function readRows(
  { metadata, numeric, categories }: TableFacts,
  rows: number,
  cells: Columns["cells"],
  written: TableReading["written"],
): Promise<RawRows> {
  const names = (columns: readonly ColumnPlan[]): string[] => columns.map(({ name }) => name);
  const wanted = { numeric: names(numeric), categories: names(categories) };
  const features = [...wanted.numeric, ...wanted.categories];
  const columns = features.map((name) => [name, cells.get(name) as ArrayLike<MemoryValue>]);
  const options = {
    ...written,
    expect: metadata.columns.filter(({ name }) => features.includes(name)),
    prior: metadata.source,
    strict: true,
  };
  try {
    const table = tableFromColumns(Object.fromEntries(columns), options);
    for await (const batch of table.batches(wanted, { size: rows })) return batch;
  } catch (error) {
    throw ofRequest(error);
  }
  throw new EspejoError("file_no_rows", { path });
}

/** What reading says of a cell, without the options of a command line. */
function ofRequest(error: unknown): unknown {
  if (!(error instanceof EspejoError)) return error;
  const { row, column, type = phrases.finite_number, value } = error.parameters;
  return /^cell_(unreadable|infinite|huge)$/.test(error.code)
    ? refused(Number(row) - 1, String(column), String(type), value)
    : error;
}
