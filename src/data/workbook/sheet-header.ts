import { type Area, bareText, type SheetRow, type SheetRows, textField } from "./sheet-lines.ts";

/** The rows of a sheet that name its columns, as far as the sheet itself tells. */
export interface SheetHeader {
  readonly top: number;
  readonly bottom: number;
  /** Columns that a usual row spans. */
  readonly width: number;
  /** The names as fields, from the first column of the sheet; absent where the row stands as it is. */
  readonly fields?: readonly string[];
  /** Names that can be no cells of the columns below them. */
  readonly certain: boolean;
}

const mostLines = 5;
const mostMerged = 2000;
/** Of the rows of a sheet, those that a table of several columns has at least. */
const fewestShare = 0.2;

/** Where the table of a sheet begins, and what merged cells and dates in its first row make of that row. */
export function headerOf(rows: SheetRows): SheetHeader {
  const { filled, first, end, merged } = rows;
  const used = filled.flatMap((count, i) => (count > 0 ? [i] : []));
  // Remarks below a short table may be more than its rows.
  const early = used.slice(0, 5000);
  const several = early.filter((i) => filled[i]! > 1);
  const usual = several.length >= fewestShare * early.length ? several : early;
  const width = commonest(usual.map((i) => end[i]! - first[i]!));
  const far = commonest(usual.map((i) => end[i]!));
  const wide = new Set(merged.filter(({ left, right }) => right > left).map(({ top }) => top));
  const groups = (i: number): boolean => filled[i]! > 1 && wide.has(i);
  // A title has few cells, or stands alone and does not reach as far as the table.
  const isTitle = (i: number): boolean =>
    !groups(i) && (filled[i]! * 2 <= width || (end[i]! < far && (filled[i + 1] ?? 0) === 0));
  const top = used.find((i) => !isTitle(i)) ?? used[0]!;
  const about = merged.filter((area) => area.top < top + mostLines && area.bottom >= top);
  // More than any header has, and too many to be looked through for each name.
  const near = about.length > mostMerged ? [] : about;
  let bottom = top;
  for (let i = top; i <= bottom && i < top + mostLines; i++) {
    for (const area of near) {
      if (area.top !== i) continue;
      if (area.bottom > area.top && area.bottom < top + mostLines)
        bottom = Math.max(bottom, area.bottom);
      if (area.right > area.left && namesBelow(rows, near, area))
        bottom = Math.max(bottom, area.bottom + 1);
    }
  }
  const lines = rows.top.slice(top, bottom + 1);
  if (lines.length !== bottom - top + 1) return { top, bottom: top, width, certain: false };
  const dates = dateNames(rows, bottom);
  if (bottom === top && dates.size === 0) return { top, bottom, width, certain: false };
  const names = Array.from(
    { length: Math.max(...lines.map(({ fields }) => fields.length)) },
    (_, j) => {
      const parts = lines.map((_, k) => nameIn(rows.top, near, top + k, j, dates));
      return textField(parts.filter((part, k) => part !== "" && part !== parts[k - 1]).join(" "));
    },
  );
  return { top, bottom, width, fields: names, certain: true };
}

/**
 * Whether a row has names under a wide cell: texts, or years. Beside them the row has nothing, else it may be a row of
 * the table, unless only it has texts there.
 */
function namesBelow({ top, columns }: SheetRows, merged: readonly Area[], area: Area): boolean {
  const { fields, held } = top[area.bottom + 1] ?? { fields: [], held: [] };
  const filled = [...fields.keys()].filter((j) => fields[j]);
  const under = filled.filter((j) => j >= area.left && j <= area.right);
  const wide = merged.filter((each) => each.top === area.top && each.right > each.left);
  const beside = filled.filter((j) => !wide.some(({ left, right }) => j >= left && j <= right));
  if (under.length === 0) return false;
  const texts = under.every((j) => held[j] === "text");
  if (beside.length > 0)
    return texts && under.every((j) => columns[j]!.numbers > columns[j]!.otherCount);
  const isYear = (year: number): boolean => Number.isInteger(year) && year > 1500 && year < 2200;
  return texts || under.every((j) => isYear(Number(fields[j])));
}

/** What a merged or plain cell of a header says. */
function nameIn(
  lines: readonly SheetRow[],
  merged: readonly Area[],
  row: number,
  column: number,
  dates: ReadonlyMap<number, string>,
): string {
  const area = merged.find(
    ({ top, left, bottom, right }) =>
      row >= top && row <= bottom && column >= left && column <= right,
  );
  const line = lines[area?.top ?? row]!;
  const at = area?.left ?? column;
  const date = line.held[at] === "date" ? (line.shown?.get(at) ?? dates.get(at)) : undefined;
  return date ?? bareText(line.fields[at] ?? "");
}

/** Dates of a row over columns that hold none: names, as a person sees them. */
function dateNames({ top, columns }: SheetRows, row: number): Map<number, string> {
  const line = top[row]!;
  const dates = new Map<number, string>();
  line.held.forEach((kind, j) => {
    if (kind !== "date" || columns[j]!.dates > 1 || columns[j]!.numbers < 2) return;
    dates.set(j, line.shown?.get(j) ?? line.fields[j]!);
  });
  return dates;
}

function commonest(values: readonly number[]): number {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1] || b[0] - a[0])[0]![0];
}
