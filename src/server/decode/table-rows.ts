import { type Marks, marksOf } from "../../data/cells/marks.ts";
import { greatestNumber } from "../../data/cells/numbers.ts";
import { missingColumn } from "../../data/terms/find.ts";
import { type ColumnPlan, marksKnown, type ReadOptions } from "../../data/terms/table.ts";
import { EspejoError, phrases } from "../../errors.ts";
import type { RawRows } from "../../tasks/model/raw-rows.ts";
import type { TableFacts } from "../models/served.ts";
import { mostIgnored } from "./knock.ts";
import { readCells, refusedCell, sentRows } from "./read-cells.ts";

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
  const { known, used } = knownOf(facts);
  const ignored = [...cells.keys()].filter((name) => !known.has(name)).slice(0, mostIgnored);
  if (strictColumns && ignored.length > 0)
    throw new EspejoError("column_extra", { column: ignored[0]! });
  for (const name of used)
    if (!cells.has(name)) throw missingColumn(sentRows, name, [...cells.keys()], used);
  const plain = written ? null : plainRows(facts, rows, cells);
  return { rows: plain ?? (await readRows(facts, cells, written)), ignored };
}

/** Rows whose cells are what they mean: the usual case, and quick. Null where a cell must be read. */
function plainRows(facts: TableFacts, rows: number, cells: Columns["cells"]): RawRows | null {
  const { marks, marked } = knownOf(facts);
  const { numeric, categories } = facts;
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
          throw refusedCell(i, name, phrases.finite_number, value);
        }
        numbers[i * p + j] = value;
      } else if (value === null || value === undefined) numbers[i * p + j] = Number.NaN;
      else if (type !== "number" || typeof value === "boolean" || typeof value === "bigint")
        return null;
      else if (typeof value === "string" && marked.has(value.trim()))
        numbers[i * p + j] = Number.NaN;
      else throw refusedCell(i, name, "number", value);
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

/** What is looked up for every row of a model. */
interface Known {
  /** Names of all its columns, and of those that it takes. */
  readonly known: ReadonlySet<string>;
  readonly used: readonly string[];
  readonly marks: Marks;
  readonly marked: ReadonlySet<string>;
}
const all = new WeakMap<TableFacts, Known>();

function knownOf(facts: TableFacts): Known {
  const before = all.get(facts);
  if (before) return before;
  const { metadata, numeric, categories } = facts;
  const { missing, notMissing } = marksKnown({ prior: metadata.source });
  const marks = marksOf(missing, notMissing);
  const found = {
    known: new Set(metadata.columns.map(({ name }) => name)),
    used: [...numeric, ...categories].map(({ name }) => name),
    marks,
    marked: new Set(marks.texts),
  };
  all.set(facts, found);
  return found;
}

/**
 * Rows from the tensors of the model itself, the numbers of a row beside each other. Null where a cell is not what it means,
 * and must be read with its column.
 */
export function tensorRows(
  facts: TableFacts,
  rows: number,
  numbers: ArrayLike<unknown>,
  texts: ArrayLike<unknown>,
): RawRows | null {
  const { marks, marked } = knownOf(facts);
  if (facts.categories.some(({ type }) => type === "boolean")) return null;
  const numeric = new Float64Array(numbers.length);
  for (let k = 0; k < numeric.length; k++) {
    const value = numbers[k];
    if (value === null) numeric[k] = Number.NaN;
    // not a number is missing; a number that is too great is refused with its column
    else if (typeof value !== "number" || Math.abs(value) >= greatestNumber) return null;
    else numeric[k] = marks.numbers.includes(value) ? Number.NaN : value;
  }
  const categories = new Array<string>(texts.length);
  for (let k = 0; k < categories.length; k++) {
    const value = texts[k] ?? "";
    if (typeof value !== "string") return null;
    const text = value.trim();
    categories[k] = marked.has(text) ? "" : text;
  }
  return { rows, numeric, categories };
}

/** Rows whose cells are read as those of a table in memory are: dates, true and false, numbers that are written as text. */
function readRows(
  { metadata, numeric, categories }: TableFacts,
  cells: Columns["cells"],
  written: TableReading["written"],
): Promise<RawRows> {
  const names = (columns: readonly ColumnPlan[]): string[] => columns.map(({ name }) => name);
  const wanted = { numeric: names(numeric), categories: names(categories) };
  const features = [...wanted.numeric, ...wanted.categories];
  return readCells(cells, wanted, {
    ...written,
    expect: metadata.columns.filter(({ name }) => features.includes(name)),
    prior: metadata.source,
  });
}
