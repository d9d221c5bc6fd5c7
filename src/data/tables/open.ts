import { checkOptions } from "../../options.ts";
import { describeColumns } from "../columns/describe.ts";
import { suspected, understood } from "../columns/shape.ts";
import { Workspace } from "../files/workspace.ts";
import { type Database, memoryError, openDatabase } from "../native/database.ts";
import type { Address } from "../terms/address.ts";
import { openOptions } from "../terms/open-options.ts";
import type { OpenOptions, Table } from "../terms/table.ts";
import { tableOf } from "./described-table.ts";
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
    const table = await ofSource(source, options, async (each) => {
      const described = await describeColumns(each, options, opened);
      await opened.keepOrder();
      return tableOf(described, { source: each, database: opened, workspace, options, dispose });
    });
    // what a model learnt from, and what steps are made of, is known
    if (options.expect) return table;
    return steps ? await suspected(table) : await understood(table);
  } catch (error) {
    await dispose();
    throw memoryError(error, shownName(data), options.memoryLimit) ?? error;
  }
}
