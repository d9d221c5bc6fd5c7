import { EspejoError } from "../../errors.ts";
import type { Workspace } from "../files/workspace.ts";
import { type Note, note } from "../terms/notes.ts";
import type { SkippedLine } from "../terms/table.ts";
import { textLines } from "../text/text-lines.ts";
import { headerOf, type SheetHeader } from "./sheet-header.ts";
import {
  type Area,
  bareText,
  type ColumnCells,
  cellName,
  fieldsOf,
  type SheetRows,
  textField,
  unmarked,
} from "./sheet-lines.ts";
import { remarksBelow } from "./sheet-remarks.ts";

/** The table of a sheet as a file of comma-separated text, whose lines are the rows of the sheet. */
export interface SheetTable {
  readonly path: string;
  readonly header: SheetHeader;
  /** Where its columns begin in the sheet. */
  readonly left: number;
  /** Rows above, in and below it that are none of its rows. */
  readonly skipped: readonly SkippedLine[];
  readonly notes: readonly Note[];
}

/** More padding than this is no table, and could fill a disk. */
const mostPadding = 50_000_000;

/** Lines of equal length from the header on; those above it, titles, are one field each. */
export async function sheetTable(
  path: string,
  rows: SheetRows,
  workspace: Workspace,
): Promise<SheetTable> {
  const { filled, first, end } = rows;
  const header = headerOf(rows);
  const crossed = new Set(
    rows.merged
      .filter((area) => area.top > header.bottom && filled[area.top] === 1)
      .filter((area) => area.right - area.left + 1 >= 0.5 * header.width && area.right > area.left)
      .map(({ top }) => top),
  );
  const remarks = remarksBelow(rows, header);
  const within = (i: number): boolean =>
    filled[i]! > 0 && i >= header.top && i < remarks.from && !crossed.has(i);
  const used = filled.flatMap((_, i) => (within(i) ? [i] : []));
  const left = used.reduce((least, i) => Math.min(least, first[i]!), mostPadding);
  const right = used.reduce((most, i) => Math.max(most, end[i]!), 0);
  const padding = used.reduce((sum, i) => sum + right - end[i]!, 0);
  if (padding > mostPadding) {
    const cells = filled.reduce((sum, count) => sum + count, 0);
    throw new EspejoError("sheet_sparse", { path, cells, rows: used.length, columns: right });
  }
  const plain = unmarkedIn(rows.columns);
  const fill = fillerOf(rows.merged, header.bottom);
  const skipped: SkippedLine[] = [];

  async function* equal(): AsyncGenerator<string> {
    let i = 0;
    let held = "";
    for await (const line of textLines(rows.path)) {
      if (filled[i] === 0 || (i >= header.top && i < header.bottom)) held += "\n";
      else if (i < header.top) held += `${textField(said(line))}\n`;
      else if (i === header.bottom && header.fields) {
        const fields = header.fields.slice(left, right);
        held += `${fields.join(",")}${",".repeat(right - left - fields.length)}\n`;
      } else if (!within(i)) {
        const why = note(i < remarks.from ? "line_across" : "line_footer");
        skipped.push({ line: i + 1, text: said(line), why });
        held += "\n";
      } else held += `${plain(fill(line, i)).slice(left)}${",".repeat(right - end[i]!)}\n`;
      i++;
      if (held.length > 1 << 16) {
        yield held;
        held = "";
      }
    }
    yield held;
  }
  const csv = await workspace.receive(".csv", equal());
  return { path: csv, header, left, skipped, notes: mergeNotes(rows, header, crossed) };
}

/** What the cells of a line say, one after the other. */
const said = (line: string): string =>
  fieldsOf(line)
    .filter((field) => field !== "")
    .map(bareText)
    .join(" ");

/**
 * A value that is shown for several rows holds for each of them. Cells that a line has before its filled ones are
 * filled; those behind stay as they are.
 */
function fillerOf(merged: readonly Area[], header: number): (line: string, row: number) => string {
  const down = merged
    .filter(({ top, bottom }) => top > header && bottom > top)
    .sort((a, b) => a.top - b.top);
  let next = 0;
  let open: { readonly area: Area; value: string }[] = [];
  return (line, row) => {
    open = open.filter(({ area }) => area.bottom >= row);
    while (next < down.length && down[next]!.top <= row) {
      const area = down[next++]!;
      if (area.bottom >= row) open.push({ area, value: "" });
    }
    if (open.length === 0) return line;
    const fields = fieldsOf(line);
    for (const each of open) {
      const { top, left } = each.area;
      if (row === top) each.value = fields[left] ?? "";
      else if (left < fields.length && fields[left] === "") fields[left] = each.value;
    }
    return fields.join(",");
  };
}

/** Numbers among texts that look like numbers are written so that no mark of those is one of theirs. */
function unmarkedIn(columns: readonly ColumnCells[]): (line: string) => string {
  const mixed = columns.flatMap(({ numbers, marked }, j) => (numbers > 0 && marked > 0 ? [j] : []));
  if (mixed.length === 0) return (line) => line;
  return (line) => {
    const fields = fieldsOf(line);
    for (const j of mixed) if (fields[j]) fields[j] = unmarked(fields[j]);
    return fields.join(",");
  };
}

function mergeNotes(
  { merged, filled }: SheetRows,
  header: SheetHeader,
  crossed: ReadonlySet<number>,
): Note[] {
  const body = merged.filter(
    ({ top }) => top > header.bottom && filled[top]! > 0 && !crossed.has(top),
  );
  const down = body.filter(({ top, bottom }) => bottom > top);
  const across = body.filter(({ top, bottom }) => bottom === top);
  const told = (code: "merged_down" | "merged_across", areas: readonly Area[]): Note[] => {
    const [area] = [...areas].sort((a, b) => a.top - b.top || a.left - b.left);
    if (!area) return [];
    return [note(code, { count: areas.length, cell: cellName(area.top, area.left) })];
  };
  const joined = header.bottom - header.top + 1;
  return [
    ...(joined > 1 ? [note("header_joined", { from: header.top + 1, to: header.bottom + 1 })] : []),
    ...told("merged_down", down),
    ...told("merged_across", across),
  ];
}
