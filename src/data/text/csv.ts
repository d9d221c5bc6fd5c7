import { EspejoError } from "../../errors.ts";
import type { SourceFile } from "../files/files.ts";
import type { Workspace } from "../files/workspace.ts";
import { type Note, note } from "../terms/notes.ts";
import { checkSameColumns } from "../terms/same-columns.ts";
import type { Source } from "../terms/source.ts";
import type { OpenOptions, SkippedLine } from "../terms/table.ts";
import { clip } from "./clip.ts";
import { copiedSource } from "./copied-source.ts";
import { type Dialect, detectDialect } from "./dialect.ts";
import { directSource, oddLine } from "./direct-source.ts";
import { readText, type TextFile } from "./encoding.ts";
import { findFooter } from "./footer.ts";
import { type Found, mostTogether, type Part } from "./found-text.ts";
import { type Layout, layOut } from "./layout.ts";
import type { TextRecord } from "./records.ts";

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
  checkSameColumns(text.shown, layout.names, names);
  return { dialect, layout };
}
