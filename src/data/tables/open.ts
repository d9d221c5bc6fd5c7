import { Readable } from "node:stream";
import { EspejoError, mistake } from "../../errors.ts";
import { checkOptions } from "../../options.ts";
import { arffSource, isArff } from "../arff/arff.ts";
import { streamBatches } from "../columns/batches.ts";
import { type Asked, columnRuns, streamsAtOnce, widthOf } from "../columns/column-runs.ts";
import { describeColumns } from "../columns/describe.ts";
import { understood } from "../columns/shape.ts";
import { wideBatches } from "../columns/wide-batches.ts";
import { findFiles, openFile, type SourceFile } from "../files/files.ts";
import { foreignError } from "../files/foreign.ts";
import { Workspace } from "../files/workspace.ts";
import { type Database, memoryError, openDatabase } from "../native/database.ts";
import { isDatabaseUrl, postgresSource } from "../postgres/postgres.ts";
import { arrayFormatOf } from "../stored/array-file.ts";
import { arrayTable } from "../stored/array-table.ts";
import { type Address, bytesOf, pathOf } from "../terms/address.ts";
import { findColumn } from "../terms/find.ts";
import { refuseIdle, refuseWritten } from "../terms/idle-options.ts";
import type { Note } from "../terms/notes.ts";
import { openOptions } from "../terms/open-options.ts";
import { isWritten, OddLines, type Source } from "../terms/source.ts";
import {
  type Batch,
  type BatchRequest,
  batchRowsOf,
  type OpenOptions,
  type Table,
} from "../terms/table.ts";
import { csvSource } from "../text/csv.ts";
import { formatOf, jsonSource, parquetSource } from "../typed/typed-source.ts";
import { workbookFormat, workbookSource } from "../workbook/workbook.ts";

/**
 * Opens a file, a pattern such as "data/*.csv", "-" for standard input, a query to a database, or the bytes of a file as a
 * table: what it is and what its columns hold is detected from the whole of it, and every guess is in `notes` and `columns[].why`.
 */
export async function openTable(data: Address, options: OpenOptions = {}): Promise<Table> {
  checkOptions("openTable", openOptions, options);
  return readTable(data, options);
}

/** As `openTable`, with options that were checked; with `steps` those of sequences are among them. */
export async function readTable(
  data: Address,
  options: OpenOptions = {},
  { steps = false } = {},
): Promise<Table> {
  const workspace = new Workspace(options.tempDirectory);
  let database: Database | undefined;
  const dispose = async () => {
    database?.dispose();
    database = undefined;
    await workspace.dispose();
  };
  try {
    const opened = await openDatabase(options);
    database = opened;
    const files = await filesOf(data, opened, workspace);
    const source = await openSource(data, files, options, opened, workspace);
    refuseUnused(source, options, steps);
    const table = await ofSource(source, options, (each) =>
      describeTable(each, options, opened, workspace, dispose),
    );
    // what a model learnt from, and what steps are made of, is known
    return options.expect || steps ? table : await understood(table);
  } catch (error) {
    await dispose();
    throw memoryError(error, shownName(data), options.memoryLimit) ?? error;
  }
}

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

async function describeTable(
  source: Source,
  options: OpenOptions,
  database: Database,
  workspace: Workspace,
  dispose: () => Promise<void>,
): Promise<Table> {
  const described = await describeColumns(source, options, database);
  await database.keepOrder();
  const { columns, readings, marks, detected, rows, notes } = described;
  const names = columns.map(({ name }) => name);
  return {
    path: source.path,
    columns,
    rows,
    detected,
    notes,
    dispose,
    async *batches(request: BatchRequest, { size = batchRowsOf(request) } = {}) {
      const placesOf = (list: readonly string[] = []): number[] =>
        list.map((name) => findColumn(names, name, source.path));
      const numeric = placesOf(request.numeric);
      const categories = placesOf(request.categories);
      const text = placesOf(request.text);
      for (const place of numeric)
        if (readings[place]!.parsed === null)
          throw mistake(`batches: column "${names[place]}" holds no numbers`);
      const of = (places: readonly number[]) => places.map((place) => readings[place]!);
      const stream = (run: Asked): AsyncGenerator<Batch> => {
        const asked = {
          numeric: of(run.numeric),
          categories: of(run.categories),
          text: of(run.text),
          unread: new Map(unreadAmong(run.numeric).map((i) => [names[i]!, readings[i]!])),
        };
        const relation = source.relation([...run.numeric, ...run.categories, ...run.text]);
        return streamBatches(database, relation, asked, marks, size);
      };
      const unreadAmong = (list: readonly number[]): number[] =>
        list.filter((place) => (columns[place]!.profile.unread ?? 0) > 0);
      const all = { numeric, categories, text };
      try {
        yield* streamsAtOnce(source, all)
          ? stream(all)
          : wideBatches(
              columnRuns(source, all, unreadAmong, stream),
              widthOf(all),
              size,
              workspace,
            );
      } catch (error) {
        throw memoryError(error, source.path, options.memoryLimit) ?? source.explain(error);
      }
    },
  };
}
