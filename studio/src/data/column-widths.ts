import type { LookColumn, LookRow } from "../../../src/studio/api/sources.ts";

const character = 7.6;
const [least, most] = [124, 260];

/** How wide columns are, in pixels: as their name and first cells need, within bounds. */
export function columnWidths(
  columns: readonly LookColumn[],
  head: readonly LookRow[],
): readonly number[] {
  return columns.map(({ name }, i) => {
    const cells = head.slice(0, 50).map(({ cells }) => (cells[i] ?? "").length);
    // beside a name there are its signs
    const longest = Math.max(name.length + 5, ...cells);
    return Math.round(Math.min(most, Math.max(least, longest * character + 20)));
  });
}
