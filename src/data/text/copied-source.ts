import { EspejoError } from "../../errors.ts";
import type { Workspace } from "../files/workspace.ts";
import type { Source } from "../terms/source.ts";
import { literal } from "../terms/sql.ts";
import { copyBody, lineOfBodyRow, linesOfBody, type PlainCopy } from "./copy.ts";
import { explainCsv } from "./csv-errors.ts";
import { common, type Found, mostTogether, type Part, placesIn } from "./found-text.ts";

/** Bytes that DuckDB reads of a plain copy at once. */
const leastLine = 2_000_000;
/** Columns of a part of a file that is parted. */
const partColumns = 128;

/** The rows of the files in plain copies, which a line that is no row cannot disturb. */
export async function copiedSource(
  found: Found,
  workspace: Workspace,
  strict: boolean,
): Promise<Source> {
  const { layout, parts, dialect } = found;
  const wide = layout.names.length;
  const together = wide <= mostTogether ? wide : partColumns;
  const copies: { part: Part; copy: PlainCopy }[] = [];
  for (const part of parts) {
    const copy = await copyBody(part.body, together, workspace);
    const { odd } = copy.tally;
    if (strict && odd)
      throw new EspejoError("row_ragged", {
        ...{ path: part.text.shown, line: odd.line, delimiter: dialect.delimiter },
        ...{ expected: wide, actual: odd.fields.length },
      });
    if (copy.rows > 0) copies.push({ part, copy });
  }
  if (copies.length === 0) throw new EspejoError("file_no_rows", { path: found.path });
  const line = Math.max(leastLine, ...copies.map(({ copy }) => copy.longest));
  const readPart = (k: number): string => {
    const { from, to } = copies[0]!.copy.parts[k]!;
    const columns = Array.from({ length: to - from }, (_, i) => `'c${from + i}': 'VARCHAR'`);
    return (
      `SELECT * FROM read_csv([${copies.map(({ copy }) => literal(copy.parts[k]!.path)).join(", ")}], ` +
      `auto_detect = false, header = false, delim = ',', quote = '"', escape = '"', ` +
      `max_line_size = ${line}, buffer_size = ${line}, strict_mode = true, filename = true, columns = {${columns.join(", ")}})`
    );
  };
  const copyOf = (filename: string) =>
    copies.find(({ copy }) => copy.parts.some(({ path }) => path === filename)) ?? copies[0]!;
  return {
    ...common(found),
    relation: (places) => {
      const needed = [...new Set(places.map((place) => Math.floor(place / together)))];
      const [first = 0, ...others] = needed.sort((a, b) => a - b);
      const beside = others.map((k) => `(SELECT * EXCLUDE (filename) FROM (${readPart(k)}))`);
      return others.length === 0
        ? readPart(first)
        : `SELECT * FROM ${[`(${readPart(first)})`, ...beside].join(" POSITIONAL JOIN ")}`;
    },
    together,
    notes: [...found.notes, ...copies.flatMap(({ copy }) => copy.tally.notes())],
    place: async (filename, row) => {
      const { part } = copyOf(filename);
      return { path: part.text.shown, line: await lineOfBodyRow(part.body, row) };
    },
    lines: async () => {
      const lists = new Map<Part, readonly number[]>();
      for (const { part } of copies) lists.set(part, await linesOfBody(part.body));
      return placesIn(lists, (filename) => copyOf(filename).part);
    },
    explain: (error) => explainCsv(error, ",", (name) => copyOf(name).part.text.shown),
  };
}
