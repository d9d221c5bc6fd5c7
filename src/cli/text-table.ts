/** A name or a value that spans lines, as one line of a table. */
export const oneLine = (cell: string): string => cell.replace(/[ \t]*(\r?\n)+[ \t]*/g, " ");

/** Rows of text as aligned lines, the heading first; columns named in `left` begin at the left, others end at the right. */
export function tableLines(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  left: readonly number[] = [],
): readonly string[] {
  const all = [head, ...rows].map((row) => row.map(oneLine));
  const widths = head.map((_, j) => Math.max(...all.map((row) => (row[j] ?? "").length)));
  return all.map((row) =>
    row
      .map((cell, j) => (left.includes(j) ? cell.padEnd(widths[j]!) : cell.padStart(widths[j]!)))
      .join("  ")
      .trimEnd(),
  );
}
