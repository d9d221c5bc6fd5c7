import { checkOptions } from "../../options.ts";
import { type DescribedTable, describeColumns } from "../columns/describe.ts";
import { understood } from "../columns/shape.ts";
import type { SourceFile } from "../files/files.ts";
import { Workspace } from "../files/workspace.ts";
import { type Database, memoryError, openDatabase } from "../native/database.ts";
import { tableOf } from "../tables/described-table.ts";
import {
  filesOf,
  ofSource,
  openSource,
  refuseUnused,
  shownName,
  sourceOptions,
} from "../tables/sources.ts";
import { type Address, bytesOf } from "../terms/address.ts";
import { type Held, holdSource } from "./held.ts";
import { firstRows, unreadCells } from "./held-rows.ts";
import { heldShares } from "./held-shares.ts";
import { memoryPreview } from "./memory-preview.ts";
import { seenOf, type TableSeen } from "./seen.ts";
import type { ColumnShares } from "./shares.ts";
import {
  inTurn,
  type PreviewData,
  type PreviewOptions,
  previewOptions,
  type TablePreview,
} from "./table-preview.ts";

/**
 * Opens a table by any door to show its first rows as they stand, the cells that could not be taken, and every doubt with the
 * options that settle it; `reread` shows the same with other options. Takes and throws what `openTable` does, and for rows
 * in memory what `tableFromRows` and `tableFromColumns` do. Up to 512 columns are held beside the file, which may change
 * or go from then on; of wider tables the file is read again. Whoever opens it disposes of it.
 */
export async function openPreview(
  data: PreviewData,
  options: PreviewOptions = {},
): Promise<TablePreview> {
  checkOptions("openPreview", previewOptions, options);
  if (!isAddress(data)) return memoryPreview(data, options);
  const workspace = new Workspace(options.tempDirectory);
  let database: Database | undefined;
  const dispose = async (): Promise<void> => {
    database?.dispose();
    database = undefined;
    await workspace.dispose();
  };
  try {
    database = await openDatabase(options);
    const files = await filesOf(data, database, workspace);
    const { look, shares } = lookAt(data, files, database, workspace);
    return await inTurn(options, look, shares, dispose);
  } catch (error) {
    await dispose();
    throw memoryError(error, shownName(data), options.memoryLimit) ?? error;
  }
}

/** Whether data are an address, not rows in memory. */
const isAddress = (data: PreviewData): data is Address =>
  typeof data !== "object" ||
  data === null ||
  bytesOf(data) !== null ||
  Object.prototype.toString.call(data) === "[object URL]";

/** Looks at data with one set of options after the other; what they read alike is held. */
function lookAt(
  data: Address,
  files: readonly SourceFile[],
  database: Database,
  workspace: Workspace,
): {
  look(options: PreviewOptions): Promise<TableSeen>;
  shares(): Promise<readonly ColumnShares[]>;
} {
  let held: { readonly key: string; readonly value: Held } | undefined;
  let last: { readonly now: Held; readonly described: DescribedTable } | undefined;
  const look = async ({ rowsShown = 100, language = "en", ...options }: PreviewOptions) => {
    const see = async (now: Held): Promise<TableSeen> => {
      refuseUnused(now.source, options);
      const described = await describeColumns(now.source, options, now.database);
      last = { now, described };
      const dispose = async (): Promise<void> => {};
      const plain = tableOf(described, { ...now, workspace, options, dispose });
      const table = options.expect
        ? plain
        : await now.database.inOrder(() => understood(plain, now.source.recall));
      const head = await firstRows(now, described.readings, rowsShown);
      const unread = await unreadCells(now, described, rowsShown, language);
      return seenOf(table, head, unread, options, language);
    };
    const asked = sourceOptions.map((name) => options[name]);
    const key = JSON.stringify(asked);
    if (held?.key === key) {
      const { value } = held;
      const { lenient: _, ...again } = value.source;
      return ofSource(again, options, () => see(value));
    }
    const stated = Object.fromEntries(
      sourceOptions.flatMap((name) => (options[name] === undefined ? [] : [[name, options[name]]])),
    );
    const source = await openSource(data, files, stated, database, workspace);
    held = undefined;
    return ofSource(source, options, async (each) => {
      const value = await holdSource(each, database);
      const seen = await see(value);
      held = { key, value };
      return seen;
    });
  };
  return { look, shares: () => heldShares(last!.now, last!.described) };
}
