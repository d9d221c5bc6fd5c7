import { missingColumn } from "../../data/terms/find.ts";
import { EspejoError, phrase } from "../../errors.ts";
import type { ArrayFacts } from "../models/served.ts";
import type { ReadRows } from "./instances.ts";
import { readCells, sentRows } from "./read-cells.ts";
import { checkRows } from "./record-columns.ts";
import type { TableReading } from "./table-rows.ts";
import { type Writing, writtenColumns } from "./written-rows.ts";

/**
 * Sequences from delimited text: a row for each step, those of one sequence after the other, its columns the features, by
 * their names where the model knows them; or a row for each sequence, step after step. An empty cell was not observed.
 * Throws `request_invalid` for other counts of rows or columns, `column_missing`, `column_absent`, `column_extra` and
 * `cell_refused`.
 */
export async function writtenSequences(
  facts: ArrayFacts,
  text: string,
  { maxRows, ...writing }: Writing,
  { strictColumns, written }: TableReading,
): Promise<ReadRows> {
  const [time, width] = facts.shape as [number, number];
  const { features, columns: plans, read } = facts.metadata.source;
  const numbered = (count: number): string[] => {
    if (count === width || count === time * width)
      return Array.from({ length: count }, (_, i) => `${i + 1}`);
    throw new EspejoError("request_invalid", {
      place: sentRows,
      wanted: phrase("step_columns", { features: width, cells: time * width }),
      got: phrase("count_columns", { count }),
    });
  };
  const { cells } = writtenColumns(
    text,
    {
      known: features ?? [],
      positioned: (count) => (count === width && features) || numbered(count),
    },
    { ...writing, maxRows: maxRows * time },
  );
  const given = [...cells.keys()];
  const whole = given.length === time * width && given.length !== width;
  // a header of names that the model does not know
  if (!whole && !features) numbered(given.length);
  const names = whole ? given : (features ?? given);
  const absent = names.find((name) => !cells.has(name));
  if (absent !== undefined) throw missingColumn(sentRows, absent, given, names);
  const ignored = given.filter((name) => !names.includes(name));
  if (strictColumns && ignored.length > 0)
    throw new EspejoError("column_extra", { column: ignored[0]! });
  const known = plans && read && !whole;
  const { rows: lines, numeric } = await readCells(
    cells,
    { numeric: names, categories: [] },
    known
      ? { ...written, expect: plans.filter(({ name }) => names.includes(name)), prior: read }
      : { ...written, types: Object.fromEntries(names.map((name) => [name, "number"])) },
  );
  if (!whole && lines % time !== 0)
    throw new EspejoError("request_invalid", {
      place: sentRows,
      wanted: phrase("steps", { time }),
      got: phrase("count_rows", { count: lines }),
    });
  const rows = whole ? lines : lines / time;
  checkRows(rows, maxRows);
  return {
    rows: { rows, x: facts.precision === "float64" ? numeric : Float32Array.from(numeric) },
    ignored,
  };
}
