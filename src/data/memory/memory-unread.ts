import { EspejoError } from "../../errors.ts";
import { fewUnread } from "../columns/typed.ts";
import { type Note, note } from "../terms/notes.ts";
import type { MemoryColumn } from "./memory-column.ts";

/**
 * What becomes of a column in memory with cells that it cannot hold, as of one of a file: few are missing, which the note
 * says; with many it is text. Throws `cell_unreadable` where that is strict, or where a stated type reads none.
 */
export function settleUnread(
  path: string,
  column: string,
  { candidate, numbers, unread }: MemoryColumn,
  {
    typed,
    used,
    strict = false,
  }: { readonly typed: boolean; readonly used: boolean; readonly strict?: boolean | undefined },
): Note | "text" | null {
  const bad = unread.length;
  const cells = bad + numbers!.reduce((sum, value) => sum + (Number.isNaN(value) ? 0 : 1), 0);
  const { row, value } = unread[0]!;
  const said = { column, line: row + 1, value, type: candidate.kind, bad, cells };
  const few = bad <= fewUnread * cells;
  if (used && (strict ? typed || few : typed && bad === cells))
    throw new EspejoError("cell_unreadable", { path, row: row + 1, ...said });
  if (!few && !typed) return "text";
  const values = new Set(unread.map((cell) => cell.value)).size;
  return used ? note("cells_unread", { ...said, values }) : null;
}
