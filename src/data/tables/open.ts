import { mistake } from "../../errors.ts";
import { checkOptions } from "../../options.ts";
import { streamBatches } from "../columns/batches.ts";
import { type Asked, columnRuns, streamsAtOnce, widthOf } from "../columns/column-runs.ts";
import { describeColumns } from "../columns/describe.ts";
import { understood } from "../columns/shape.ts";
import { wideBatches } from "../columns/wide-batches.ts";
import { Workspace } from "../files/workspace.ts";
import { type Database, memoryError, openDatabase } from "../native/database.ts";
import type { Address } from "../terms/address.ts";
import { findColumn } from "../terms/find.ts";
import { openOptions } from "../terms/open-options.ts";
import type { Source } from "../terms/source.ts";
import {
  type Batch,
  type BatchRequest,
  batchRowsOf,
  type OpenOptions,
  type Table,
} from "../terms/table.ts";
import { filesOf, ofSource, openSource, refuseUnused, shownName } from "./sources.ts";

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
