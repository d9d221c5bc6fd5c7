import { columnDates } from "../../data/cells/written-dates.ts";
import type { Cells } from "../../data/terms/arrays.ts";
import type { ServedFacts, TableFacts } from "../models/served.ts";
import type { Scored } from "../rows.ts";
import { shortNumber } from "./numbers.ts";

/** A row as a model rebuilt it: of a table by column; an image or a sequence nested by its sizes, beside what the model saw. */
export interface Rebuilt {
  readonly input?: unknown;
  readonly reconstruction: unknown;
}

/** What a model made of rows, one by one; `input` are the rows of images and sequences as the model took them. */
export function rebuiltRows(
  facts: ServedFacts,
  { rows, reconstruction, reconstructionCategories: texts }: Scored,
  input: Cells | undefined,
): readonly Rebuilt[] {
  const numbers = reconstruction ?? new Float64Array(0);
  const each = <T>(make: (i: number) => T): T[] => Array.from({ length: rows }, (_, i) => make(i));
  if (facts.content === "table") {
    const cells = cellsOf(facts, numbers, texts ?? []);
    return each((i) => ({
      reconstruction: Object.fromEntries(cells.map(([name, cell]) => [name, cell(i)])),
    }));
  }
  const { shape } = facts;
  const width = numbers.length / rows;
  const row = (values: Cells, i: number) => nested(values.subarray(i * width), shape);
  return each((i) => ({ input: row(input!, i), reconstruction: row(numbers, i) }));
}

/** The columns of a table in their order, each with its cell of a row; dates as training wrote them. */
function cellsOf(
  { metadata, numeric, categories }: TableFacts,
  numbers: Cells,
  texts: readonly string[],
): (readonly [name: string, cell: (row: number) => string | number])[] {
  return metadata.columns.flatMap((column) => {
    const { name, type } = column;
    const j = numeric.indexOf(column);
    const k = categories.indexOf(column);
    const days = columnDates(metadata.source, name);
    const number = (i: number) => numbers[i * numeric.length + j]!;
    if (j >= 0) return [[name, type === "date" ? (i) => days(number(i)) : number] as const];
    return k >= 0 ? [[name, (i: number) => texts[i * categories.length + k]!] as const] : [];
  });
}

/** Numbers as lists inside of lists; what is missing is null, as clients send it. */
function nested(values: Cells, [size = 0, ...inner]: readonly number[]): unknown[] {
  const width = inner.reduce((n, each) => n * each, 1);
  return Array.from({ length: size }, (_, i) =>
    inner.length > 0 ? nested(values.subarray(i * width), inner) : shown(values[i]!),
  );
}

const shown = (value: number): number | null => (Number.isNaN(value) ? null : shortNumber(value));
