import { rowName } from "../tasks/rows/row-names.ts";
import type { Context } from "./context.ts";

/** What a row is called where it is printed: by its cells in `names`, else by its number. */
export const shownRow = (
  { row, ids }: { readonly row: number; readonly ids: readonly string[] },
  names: readonly string[],
  { text, count }: Context,
): string => rowName(names, ids) ?? text("row.numbered", { row: count(row + 1) });
