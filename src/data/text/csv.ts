import { createReadStream } from "node:fs";
import { EspejoError } from "../../errors.ts";
import type { SourceFile } from "../files/files.ts";
import type { Workspace } from "../files/workspace.ts";
import { type Note, note } from "../terms/notes.ts";
import type { Source } from "../terms/source.ts";
import { literal } from "../terms/sql.ts";
import type { ReadOptions } from "../terms/table.ts";
import { explainCsv } from "./csv-errors.ts";
import { type Dialect, detectDialect } from "./dialect.ts";
import { longestLine, readText, type TextFile } from "./encoding.ts";
import { findFooter } from "./footer.ts";
import { findHeader } from "./header.ts";
import { lineOfRow } from "./lines.ts";
import { textLines } from "./text-lines.ts";

/** Delimited text files as one source; all of them have the columns of the first, in its order. */
export async function csvSource(
  path: string,
  files: readonly SourceFile[],
  options: ReadOptions,
  workspace: Workspace,
): Promise<Source> {
  const texts: TextFile[] = [];
  for (const file of files) texts.push(await readText(file, workspace, options.encoding));
  const first = texts[0]!;
  const dialect = detectDialect(first.text, options.delimiter);
  const found = findHeader(dialect, first.shown, options.header);
  const { names, header, added, shifted } = found;
  const skipped = [...found.skipped];
  let rows = found.rows;
  const noRows = new EspejoError("file_no_rows", { path: first.shown });
  if (rows.length === 0) throw noRows;

  const parts: { text: TextFile; path: string; skip: number }[] = [];
  for (const text of texts) {
    const skip =
      text === first
        ? skippedLines(dialect, rows)
        : sameStart(text, dialect, names, header, options);
    const footer = await findFooter(text.path, dialect, names.length, rows);
    const path = footer
      ? await workspace.receive(".csv", createReadStream(text.path, { end: footer.start - 1 }))
      : text.path;
    const spaced = dialect.delimiter === "whitespace";
    parts.push({ text, skip, path: spaced ? await toTabs(path, workspace) : path });
    if (!footer) continue;
    skipped.push(...footer.skipped);
    if (text === first) rows = rows.filter(({ line }) => line < footer.skipped[0]!.line);
  }
  if (rows.length === 0) throw noRows;
  const delimiter = dialect.delimiter === "whitespace" ? "\t" : dialect.delimiter;
  const columns = names.map((_, i) => `'c${i}': 'VARCHAR'`).join(", ");
  const reads = sameSkip(parts).map(
    (group) =>
      `SELECT * FROM read_csv([${group.map((part) => literal(part.path)).join(", ")}], ` +
      `auto_detect = false, header = false, skip = ${group[0]!.skip}, delim = ${literal(delimiter)}, ` +
      `quote = ${literal(dialect.quote)}, escape = ${literal(dialect.quote)}, ` +
      `max_line_size = ${longestLine}, buffer_size = ${longestLine}, strict_mode = true, filename = true, columns = {${columns}})` +
      // A lone column cannot tell a blank line from a missing cell.
      (names.length === 1 ? " WHERE c0 IS NOT NULL" : ""),
  );

  const notes: Note[] = skipped.map(({ line, text }) =>
    note("line_skipped", { line, text: clip(text) }),
  );
  if (first.encoding !== "utf-8") notes.push(note("not_utf8", { encoding: first.encoding }));
  if (shifted) notes.push(note("names_shifted", { column: names[0]! }));
  if (added.length > 0) notes.push(note("names_added", { columns: added.join(", ") }));
  const partOf = (filename: string) => parts.find((part) => part.path === filename) ?? parts[0]!;
  return {
    path,
    names,
    natives: names.map(() => null),
    relation: reads.join(" UNION ALL "),
    head: names.map((_, i) => rows.map((row) => row.fields[i] ?? "")),
    detected: {
      format: "csv",
      delimiter: dialect.delimiter,
      quote: dialect.quote,
      encoding: first.encoding,
      header,
      skipped,
    },
    notes,
    place: async (filename, row) => {
      const part = partOf(filename);
      return {
        path: part.text.shown,
        line: await lineOfRow(part.path, dialect.quote, part.skip, row),
      };
    },
    explain: (error) => explainCsv(error, delimiter, (name) => partOf(name).text.shown),
  };
}

/** Runs of files that DuckDB can read in one call. */
function sameSkip<T extends { readonly skip: number }>(parts: readonly T[]): T[][] {
  const groups: T[][] = [];
  for (const part of parts) {
    const last = groups.at(-1);
    if (last?.[0]?.skip === part.skip) last.push(part);
    else groups.push([part]);
  }
  return groups;
}

function skippedLines(dialect: Dialect, rows: Dialect["records"]): number {
  const before = [...dialect.preamble, ...dialect.records].filter((r) => r.line < rows[0]!.line);
  // DuckDB counts a line end inside quotes as none.
  const inside = before.reduce((sum, record) => sum + record.lastLine - record.line, 0);
  return (before.at(-1)?.lastLine ?? 0) - inside;
}

/** How many lines of a further file precede its rows; its header must be that of the first. */
function sameStart(
  text: TextFile,
  { delimiter }: Dialect,
  names: readonly string[],
  header: boolean,
  options: ReadOptions,
): number {
  const dialect = detectDialect(text.text, delimiter);
  const found = findHeader(dialect, text.shown, options.header ?? header);
  if (found.names.join("\0") !== names.join("\0")) {
    throw new EspejoError("files_differ", {
      path: text.shown,
      columns: clip(found.names.join(", ")),
      expected: clip(names.join(", ")),
    });
  }
  return found.rows.length > 0
    ? skippedLines(dialect, found.rows)
    : dialect.records.at(-1)!.lastLine;
}

/** A copy with one tab for each run of blanks. */
async function toTabs(path: string, workspace: Workspace): Promise<string> {
  async function* tabbed(): AsyncGenerator<string> {
    for await (const line of textLines(path)) yield `${line.trim().replace(/[ \t]+/g, "\t")}\n`;
  }
  return workspace.receive(".tsv", tabbed());
}

function clip(text: string): string {
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}
