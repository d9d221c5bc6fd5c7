import { createReadStream } from "node:fs";
import { EspejoError } from "../../errors.ts";
import type { SourceFile } from "../files/files.ts";
import type { Workspace } from "../files/workspace.ts";
import { type Note, note } from "../terms/notes.ts";
import type { Source } from "../terms/source.ts";
import { literal } from "../terms/sql.ts";
import type { OpenOptions, SkippedLine } from "../terms/table.ts";
import { clip } from "./clip.ts";
import { type Body, copyBody, lineOfBodyRow, linesOfBody, type PlainCopy } from "./copy.ts";
import { explainCsv } from "./csv-errors.ts";
import { type Dialect, detectDialect } from "./dialect.ts";
import { longestLine, readText, type TextFile } from "./encoding.ts";
import { findFooter } from "./footer.ts";
import { type Layout, layOut } from "./layout.ts";
import { lineOfRow, linesOfRows } from "./lines.ts";
import type { TextRecord } from "./records.ts";

/** Columns that DuckDB reads from one file; more of them are parted. */
const mostTogether = 512;
/** Bytes that DuckDB reads of a plain copy at once. */
const leastLine = 2_000_000;
/** Columns of a part of a file that is parted. */
const partColumns = 128;

/** One of the files: its text, and where its rows are. */
interface Part {
  readonly text: TextFile;
  readonly body: Body;
  /** Line ends, outside of quotes, above the first row. */
  readonly skip: number;
}

/** What all ways to read the files share. */
interface Found {
  readonly path: string;
  readonly dialect: Dialect;
  readonly layout: Layout;
  readonly parts: readonly Part[];
  readonly skipped: readonly SkippedLine[];
  readonly notes: readonly Note[];
  readonly head: readonly (readonly string[])[];
  readonly encoding: TextFile["encoding"];
}

/**
 * Delimited text files as one source; all of them have the columns of the first, in its order. Files whose every line
 * is a row are left to DuckDB; of others a plain copy is made, and what is left out is counted and said.
 */
export async function csvSource(
  path: string,
  files: readonly SourceFile[],
  options: OpenOptions,
  workspace: Workspace,
): Promise<Source> {
  const texts: TextFile[] = [];
  for (const file of files) texts.push(await readText(file, workspace, options.encoding));
  const first = texts[0]!;
  const dialect = detectDialect(first.text, options.delimiter);
  if (dialect.records.length === 0) throw new EspejoError("file_empty", { path: first.shown });
  const known = options.expect?.flatMap(({ role, name }) => (role === "feature" ? [name] : []));
  const layout = layOut(dialect, { header: options.header, known });
  const noRows = new EspejoError("file_no_rows", { path: first.shown });
  if (layout.rows.length === 0) throw noRows;

  const skipped = [...layout.skipped];
  let { rows } = layout;
  let plain = layout.plain;
  const parts: Part[] = [];
  for (const text of texts) {
    const own = text === first ? { dialect, layout } : sameStart(text, dialect, layout, options);
    plain &&= own.layout.plain && !text.mended;
    const footer =
      options.footer === false
        ? null
        : await findFooter(
            text.path,
            dialect,
            layout.names.length,
            own.layout.rows.map((row) => row.fields),
          );
    const { above, rule } = own.layout;
    parts.push({
      text,
      skip: skippedLines(above),
      body: {
        ...{ path: text.path, marking: dialect, rule },
        after: above.at(-1)?.lastLine ?? 0,
        end: footer?.start ?? Number.POSITIVE_INFINITY,
      },
    });
    if (!footer) continue;
    skipped.push(...footer.skipped);
    if (text === first) rows = rows.filter(({ record }) => record.line < footer.skipped[0]!.line);
  }
  if (rows.length === 0) throw noRows;
  const found: Found = {
    ...{ path, dialect, layout, parts, skipped, encoding: first.encoding },
    notes: [...skippedNotes(skipped), ...textNotes(first), ...layout.notes],
    head: layout.names.map((_, i) => rows.map(({ fields }) => fields[i]!)),
  };
  if (options.strict) refuseOdd(found);
  const lenient = (): Promise<Source> => copiedSource(found, workspace, options.strict ?? false);
  const direct =
    (plain || options.strict) &&
    layout.names.length <= mostTogether &&
    dialect.delimiter !== "whitespace";
  if (!direct) return lenient();
  const source = await directSource(found, workspace);
  return options.strict
    ? source
    : { ...source, lenient: { odd: oddLine(layout), source: lenient } };
}

/** Throws what strict reading refuses in the head of a file. */
function refuseOdd({ path, layout }: Found): void {
  const [repeated] = layout.repeated;
  if (!repeated) return;
  const { name: column, first, second } = repeated;
  throw new EspejoError("column_duplicate", { path, column, first, second });
}

/** Lines that can be told one by one. */
const mostTold = 5;

/** Lines that are no rows: each, or how many; with `why` where an option could make rows of them. */
export function skippedNotes(skipped: readonly SkippedLine[], told = true): Note[] {
  const [first] = skipped;
  if (!first) return [];
  if (skipped.length <= mostTold)
    return skipped.map(({ line, text, why }) =>
      note("line_skipped", { line, text: clip(text), ...(told && { why }) }),
    );
  const { line, text } = first;
  // Of several reasons the last one: what stands below the rows can be rows.
  const { why } = skipped.at(-1)!;
  return [
    note("lines_skipped", { count: skipped.length, line, text: clip(text), ...(told && { why }) }),
  ];
}

function textNotes({ encoding, mended }: TextFile): Note[] {
  return [
    ...(encoding === "utf-8" ? [] : [note("not_utf8", { encoding })]),
    ...(mended ? [mended] : []),
  ];
}

/** SQL of what only lines fulfil that are no rows: empty ones, and the header once more. */
function oddLine({ names, rule }: Layout): string {
  const odd: string[] = [];
  const rest = names.slice(1).map((_, i) => `c${i + 1} IS NULL`);
  if (rest.length > 0) odd.push(`(CASE WHEN c0 IS NULL THEN ${rest.join(" AND ")} ELSE false END)`);
  const told = (rule.header[0] ?? []).flatMap((name, i) =>
    name === "" ? [] : [`c${i} = ${literal(name)}`],
  );
  if (told.length > 0) odd.push(`(${told.slice(0, 3).join(" AND ")})`);
  return odd.length > 0 ? odd.join(" OR ") : "false";
}

/** The files as they are. */
async function directSource(found: Found, workspace: Workspace): Promise<Source> {
  const { dialect, layout, parts } = found;
  const { delimiter, quote, escaper } = dialect;
  const read: { part: Part; path: string }[] = [];
  for (const part of parts) {
    const { path, end } = part.body;
    const cut = Number.isFinite(end);
    const upTo = { end: end - 1 };
    read.push({
      part,
      path: cut ? await workspace.receive(".csv", createReadStream(path, upTo)) : path,
    });
  }
  const columns = layout.names.map((_, i) => `'c${i}': 'VARCHAR'`).join(", ");
  const reads = sameSkip(read).map(
    (group) =>
      `SELECT * FROM read_csv([${group.map(({ path }) => literal(path)).join(", ")}], ` +
      `auto_detect = false, header = false, skip = ${group[0]!.part.skip}, delim = ${literal(delimiter)}, ` +
      `quote = ${literal(quote)}, escape = ${literal(escaper)}, ` +
      `max_line_size = ${longestLine}, buffer_size = ${longestLine}, strict_mode = true, filename = true, columns = {${columns}})` +
      // A lone column cannot tell a blank line from a missing cell.
      (layout.names.length === 1 ? " WHERE c0 IS NOT NULL" : ""),
  );
  const readOf = (filename: string) => read.find(({ path }) => path === filename) ?? read[0]!;
  return {
    ...common(found),
    relation: () => reads.join(" UNION ALL "),
    together: layout.names.length,
    notes: found.notes,
    place: async (filename, row) => {
      const { part, path } = readOf(filename);
      return { path: part.text.shown, line: await lineOfRow(path, quote, part.skip, row) };
    },
    lines: async () => {
      const lists = new Map<Part, readonly number[]>();
      for (const { part, path } of read) lists.set(part, await linesOfRows(path, quote, part.skip));
      return placesIn(lists, (filename) => readOf(filename).part);
    },
    explain: (error) => explainCsv(error, delimiter, (name) => readOf(name).part.text.shown),
  };
}

/** The rows of the files in plain copies, which a line that is no row cannot disturb. */
async function copiedSource(found: Found, workspace: Workspace, strict: boolean): Promise<Source> {
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

/** The places of rows whose lines are known. */
const placesIn =
  (
    lists: ReadonlyMap<Part, readonly number[]>,
    partOf: (filename: string) => Part,
  ): Source["place"] =>
  async (filename, row) => {
    const part = partOf(filename);
    return { path: part.text.shown, line: lists.get(part)?.[row - 1] ?? part.body.after };
  };

const common = ({ path, layout, dialect, head, encoding, skipped }: Found) => ({
  path,
  names: layout.names,
  natives: layout.names.map(() => null),
  head,
  detected: {
    ...({ format: "csv", delimiter: dialect.delimiter, quote: dialect.quote } as const),
    ...{ encoding, header: layout.header, skipped },
  },
});

/** Runs of files that DuckDB can read in one call. */
function sameSkip<T extends { readonly part: Part }>(parts: readonly T[]): T[][] {
  const groups: T[][] = [];
  for (const each of parts) {
    const last = groups.at(-1);
    if (last?.[0]?.part.skip === each.part.skip) last.push(each);
    else groups.push([each]);
  }
  return groups;
}

/** Line ends above the rows as DuckDB counts them: none inside of quotes. */
function skippedLines(above: readonly TextRecord[]): number {
  const inside = above.reduce((sum, record) => sum + record.lastLine - record.line, 0);
  return (above.at(-1)?.lastLine ?? 0) - inside;
}

/** A further file, whose columns must be those of the first. */
function sameStart(
  text: TextFile,
  { delimiter }: Dialect,
  { names, header }: Layout,
  options: OpenOptions,
): { dialect: Dialect; layout: Layout } {
  const dialect = detectDialect(text.text, delimiter);
  const layout = layOut(dialect, {
    header: options.header ?? header,
    known: header ? names : undefined,
  });
  if (layout.names.join("\0") === names.join("\0")) return { dialect, layout };
  throw new EspejoError("files_differ", {
    path: text.shown,
    columns: clip(layout.names.join(", ")),
    expected: clip(names.join(", ")),
  });
}
