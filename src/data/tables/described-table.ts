import { mistake } from "../../errors.ts";
import { streamBatches } from "../columns/batches.ts";
import { type Asked, columnRuns, streamsAtOnce, widthOf } from "../columns/column-runs.ts";
import type { DescribedTable } from "../columns/describe.ts";
import { wideBatches } from "../columns/wide-batches.ts";
import type { Workspace } from "../files/workspace.ts";
import { type Database, memoryError } from "../native/database.ts";
import { findColumn } from "../terms/find.ts";
import type { Source } from "../terms/source.ts";
import {
  type Batch,
  type BatchRequest,
  batchRowsOf,
  type OpenOptions,
  type Table,
} from "../terms/table.ts";

/** Where the rows of a table come from, and who lets them go. */
interface Origin {
  readonly source: Source;
  readonly database: Database;
  readonly workspace: Workspace;
  readonly options: Pick<OpenOptions, "memoryLimit">;
  readonly dispose: () => Promise<void>;
}

/** A source whose columns are described, as a table. */
export function tableOf(
  described: DescribedTable,
  { source, database, workspace, options, dispose }: Origin,
): Table {
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
