import { Readable } from "node:stream";
import { EspejoError } from "../../errors.ts";
import { arffSource, isArff } from "../arff/arff.ts";
import { findFiles, openFile, type SourceFile } from "../files/files.ts";
import { foreignError } from "../files/foreign.ts";
import type { Workspace } from "../files/workspace.ts";
import { type Database, memoryError } from "../native/database.ts";
import { isDatabaseUrl, postgresSource } from "../postgres/postgres.ts";
import { arrayFormatOf } from "../stored/array-file.ts";
import { arrayTable } from "../stored/array-table.ts";
import { type Address, bytesOf, pathOf } from "../terms/address.ts";
import { refuseIdle, refuseWritten } from "../terms/idle-options.ts";
import type { Note } from "../terms/notes.ts";
import { isWritten, OddLines, type Source } from "../terms/source.ts";
import type { OpenOptions } from "../terms/table.ts";
import { csvSource } from "../text/csv.ts";
import { formatOf, jsonSource, parquetSource } from "../typed/typed-source.ts";
import { workbookFormat, workbookSource } from "../workbook/workbook.ts";

/** Refuses options that a source has no use for; with `steps` those of sequences have one. */
export function refuseUnused(source: Source, options: OpenOptions, steps = false): void {
  const { path, names, detected } = source;
  refuseIdle(path, { table: detected.format, steps }, options);
  if (!names.some((_, i) => isWritten(source, i))) refuseWritten(path, detected.format, options);
}

/** What is made of a source, or, where it has lines that are no rows, of the same read line by line. */
export async function ofSource<Made>(
  source: Source,
  { memoryLimit }: OpenOptions,
  make: (source: Source) => Promise<Made>,
): Promise<Made> {
  const { path, lenient } = source;
  try {
    return await make(source);
  } catch (error) {
    const memory = memoryError(error, path, memoryLimit);
    const explained = source.explain(error);
    if (memory || !lenient || !needsLines(explained)) throw memory ?? explained;
  }
  const lines = await lenient.source();
  try {
    return await make(lines);
  } catch (error) {
    throw memoryError(error, path, memoryLimit) ?? lines.explain(error);
  }
}

/** Whether a source failed by lines that are no rows, which reading it line by line leaves out. */
const needsLines = (error: Error): boolean =>
  error instanceof OddLines ||
  (error instanceof EspejoError && /^(row_ragged|row_quote|file_unreadable)$/.test(error.code));

/** What an address is called in messages. */
export const shownName = (address: Address): string =>
  bytesOf(address) ? "data" : pathOf(address);

/** The options that decide what the rows and cells of a source are; all others are about what these mean. */
export type SourceOptions = Pick<OpenOptions, (typeof sourceOptions)[number]>;
export const sourceOptions = [
  ...(["delimiter", "encoding", "header", "footer", "format", "strict"] as const),
  ...(["sheet", "query", "array", "labelArray", "expect"] as const),
] as const;

/** The files of an address, unpacked where they are packed; none of a database. */
export async function filesOf(
  address: Address,
  database: Database,
  workspace: Workspace,
): Promise<readonly SourceFile[]> {
  const bytes = bytesOf(address);
  const data = shownName(address);
  if (isDatabaseUrl(data)) return [];
  return bytes
    ? [await openFile(await workspace.receive("-bytes", Readable.from([bytes])), data, workspace)]
    : findFiles(data, database, workspace);
}

/** The rows and cells of files, or of what a database is asked for, before it is asked what they mean. */
export async function openSource(
  address: Address,
  files: readonly SourceFile[],
  options: SourceOptions,
  database: Database,
  workspace: Workspace,
): Promise<Source> {
  const data = shownName(address);
  const [first] = files;
  if (!first) return postgresSource(data, options, database, workspace);
  const source = await sourceOf(data, first, files, options, database, workspace);
  return withNotes(
    files.flatMap(({ notes }) => notes),
    source,
  );
}

/** A source that says more, also where it must be read line by line. */
function withNotes(notes: readonly Note[], source: Source): Source {
  const { lenient } = source;
  return {
    ...source,
    notes: [...notes, ...source.notes],
    ...(lenient && {
      lenient: { ...lenient, source: async () => withNotes(notes, await lenient.source()) },
    }),
  };
}

async function sourceOf(
  data: string,
  first: SourceFile,
  files: readonly SourceFile[],
  options: SourceOptions,
  database: Database,
  workspace: Workspace,
): Promise<Source> {
  const arrays = options.format ? undefined : arrayFormatOf(first);
  if (arrays) return arrayTable(data, first, arrays, options, database, workspace);
  const workbook = options.format ? undefined : workbookFormat(first);
  if (workbook) return workbookSource(data, first, workbook, options, workspace);
  if (!options.format && isArff(first)) return arffSource(data, files, options, workspace);
  const foreign = options.format ? null : firstForeign(files);
  if (foreign) throw foreign;
  const format = options.format ?? formatOf(first);
  if (format === "csv") return csvSource(data, files, options, workspace);
  return format === "parquet"
    ? parquetSource(data, files, database)
    : jsonSource(data, files, database, workspace, options.encoding);
}

function firstForeign(files: readonly SourceFile[]): Error | null {
  for (const file of files) {
    const error = foreignError(file);
    if (error) return error;
  }
  return null;
}
