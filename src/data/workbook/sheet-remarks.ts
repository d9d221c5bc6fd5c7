import type { SheetHeader } from "./sheet-header.ts";
import type { LoneRow, SheetRows } from "./sheet-lines.ts";

/** A word that begins a remark. */
const remarkWord =
  /^(\*|†|\(?[\da-z]\)|\[\d|fuentes?\b|sources?\b|quelle|notas?\b|notes?\b|data from|last updated|elaboraci[oó]n|copyright|©)/i;
const longText = 60;

/**
 * The rows below the table of a sheet that are none of it: each has one text, and stands apart from the table, under
 * numbers, or reads like a remark. `from` is the first of them.
 */
export function remarksBelow(rows: SheetRows, header: SheetHeader): { readonly from: number } {
  const { lone, filled, columns } = rows;
  const none = { from: filled.length };
  if (header.width < 2) return none;
  const last = lastOf(lone, filled);
  const isRemark = ({ row, column, held, text }: LoneRow): boolean => {
    if (held !== "text" || row <= header.bottom) return false;
    const numbers = columns[column]!.numbers > columns[column]!.otherCount;
    const apart = row > last + 1 && filled.slice(last + 1, row).includes(0);
    return apart || numbers || text.length > longText || remarkWord.test(text);
  };
  const first = lone.find(isRemark);
  return first === undefined ? none : { from: first.row };
}

/** The last row before those with one cell. */
function lastOf(lone: readonly LoneRow[], filled: readonly number[]): number {
  let row = (lone[0]?.row ?? filled.length) - 1;
  while (row > 0 && filled[row] === 0) row--;
  return row;
}
