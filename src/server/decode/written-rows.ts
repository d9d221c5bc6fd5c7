import { detectDialect } from "../../data/text/dialect.ts";
import { type Layout, layOut } from "../../data/text/layout.ts";
import { RecordReader, type TextRecord } from "../../data/text/records.ts";
import { EspejoError } from "../../errors.ts";
import type { TableFacts } from "../models/served.ts";
import { sentRows } from "./read-cells.ts";
import type { Columns } from "./table-rows.ts";

/** How a body of CSV is written, where that is stated. */
export interface Writing {
  readonly delimiter?: string;
  readonly header?: boolean;
  readonly maxRows: number;
}

/** How the columns of a text may be called. */
export interface Naming {
  /** Names that a header is known by. */
  readonly known: readonly string[];
  /** The names of so many columns without a header. */
  positioned(width: number): readonly string[];
}

/** The columns of a table's model: without a header in its order, with those that are no features or without. */
export const tableNaming = ({ metadata: { columns } }: TableFacts): Naming => ({
  known: columns.flatMap(({ role, name }) => (role === "feature" ? [name] : [])),
  positioned: (width) => positioned(columns, width),
});

/**
 * The columns of delimited text, each cell as it is written. What parts the cells is found as in files; the first line
 * names the columns where it can. Throws `request_rows`, `file_no_rows` or `row_width` for a line of another width.
 */
export function writtenColumns(
  text: string,
  { known, positioned }: Naming,
  { delimiter, header, maxRows }: Writing,
): Columns {
  const plain = text.startsWith("\ufeff") ? text.slice(1) : text;
  const dialect = detectDialect(plain.slice(0, 1 << 16), delimiter);
  if (dialect.records.length === 0) throw new EspejoError("file_no_rows", { path: sentRows });
  const layout = layOut(dialect, { known, ...(header !== undefined && { header }) });
  const names = layout.header ? layout.names : positioned(layout.names.length);
  const after = lineBefore(layout, dialect.records);
  const cells = names.map((): string[] => []);
  const reader = new RecordReader(dialect);
  for (const records of [reader.push(plain), reader.end()])
    for (const { line, fields } of records) {
      if (line <= after) continue;
      if (fields.length !== names.length)
        throw new EspejoError("request_width", {
          line,
          fields: fields.length,
          columns: names.length,
        });
      fields.forEach((field, j) => {
        cells[j]!.push(field);
      });
      if (cells[0]!.length > maxRows) throw new EspejoError("request_rows", { limit: maxRows });
    }
  const rows = cells[0]?.length ?? 0;
  if (rows === 0) throw new EspejoError("file_no_rows", { path: sentRows });
  return { rows, cells: new Map(names.map((name, j) => [name, cells[j]!])) };
}

/** The last line before the rows, which may be none of the width that they should have. */
function lineBefore({ rows, above, rule }: Layout, records: readonly TextRecord[]): number {
  if (rows.length > 0) return above.at(-1)?.lastLine ?? 0;
  const head = String(rule.header.at(-1));
  return records.find(({ fields }) => String(fields.slice(0, rule.width)) === head)?.lastLine ?? 0;
}

function positioned(columns: TableFacts["metadata"]["columns"], width: number): readonly string[] {
  const features = columns.filter(({ role }) => role === "feature");
  const unlabelled = columns.filter(({ role }) => role !== "label");
  const match = [columns, unlabelled, features].find((each) => each.length === width);
  if (!match)
    throw new EspejoError("column_count", {
      path: sentRows,
      actual: width,
      expected: columns.length,
    });
  return match.map(({ name }) => name);
}
