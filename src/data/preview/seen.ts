import type { Language } from "../../language.ts";
import { doubtsOf } from "../columns/doubts.ts";
import type { Doubt } from "../terms/doubts.ts";
import { noteIn } from "../terms/note-language.ts";
import { type Note, type NoteCode, note } from "../terms/notes.ts";
import type { TableShape } from "../terms/shape.ts";
import type { Column, Detected, OpenOptions } from "../terms/table.ts";

/** A row as it stands in its source. */
export interface PreviewRow {
  /** Among all rows, from 1. */
  readonly row: number;
  /** The file that it is in. */
  readonly path: string;
  /** The line that it begins on, from 1; of sources without lines the number of the row in its file. */
  readonly line: number;
  /** Text, column by column, as written; "" where there is nothing. */
  readonly cells: readonly string[];
}

/** A cell that its column cannot hold, and that is missing therefore. */
export interface PreviewCell {
  /** Of the row, from 1. */
  readonly row: number;
  readonly column: string;
  readonly text: string;
  /** In words: "<=5" is no number. */
  readonly why: string;
}

/** A line above or below the rows that is none of them. */
export interface PreviewLine {
  readonly line: number;
  readonly text: string;
  readonly why: string;
}

/** Lines among the rows that are not taken as they stand: of other lengths, empty, comments, the header once more. */
export interface LeftLines {
  readonly code: (typeof leftCodes)[number];
  readonly count: number;
  /** The first of them. */
  readonly line: number;
  readonly text: string;
  /** In words, how many there are and what becomes of them. */
  readonly why: string;
}

/** What a look at a table shows: plain data. */
export interface TableSeen {
  readonly path: string;
  /** How many rows the whole table has. */
  readonly rows: number;
  readonly columns: readonly Column[];
  readonly detected: Detected;
  /** What the table is; absent where a model says what its columns are. */
  readonly shape?: TableShape;
  /** The first rows. */
  readonly head: readonly PreviewRow[];
  /** The cells among them that could not be taken. */
  readonly unread: readonly PreviewCell[];
  /** How many cells of the whole table could not be taken, by column; those without any are absent. */
  readonly unreadCounts: Readonly<Record<string, number>>;
  readonly skipped: readonly PreviewLine[];
  readonly left: readonly LeftLines[];
  readonly doubts: readonly Doubt[];
}

const leftCodes = [
  ...(["lines_blank", "lines_comment", "lines_header", "lines_title"] as const),
  ...(["rows_odd", "rows_short", "rows_long"] as const),
] as const;

/** A cell that could not be taken. */
export const previewCell = (
  row: number,
  { name, type }: Column,
  text: string,
  language: Language,
): PreviewCell => ({
  ...{ row, column: name, text },
  why: noteIn(note("cell_unread", { value: text, type }), language),
});

/** What a look shows, from what is known of a table and of its first rows. */
export function seenOf(
  table: {
    readonly path: string;
    readonly rows: number;
    readonly columns: readonly Column[];
    readonly detected: Detected;
    readonly notes: readonly Note[];
    readonly shape?: TableShape;
  },
  head: readonly PreviewRow[],
  unread: readonly PreviewCell[],
  options: OpenOptions,
  language: Language,
): TableSeen {
  const { path, rows, columns, detected, notes, shape } = table;
  const names = columns.map(({ name }) => name);
  return {
    ...{ path, rows, columns, detected, ...(shape && { shape }), head, unread },
    unreadCounts: Object.fromEntries(
      columns.flatMap(({ name, profile }) => (profile.unread ? [[name, profile.unread]] : [])),
    ),
    skipped: detected.skipped.map((each) => ({ ...each, why: noteIn(each.why, language) })),
    left: notes.flatMap((said) => leftLines(said, language)),
    doubts: doubtsOf(notes, names, options, language),
  };
}

const isLeft = (code: NoteCode): code is LeftLines["code"] =>
  (leftCodes as readonly NoteCode[]).includes(code);

function leftLines(said: Note, language: Language): readonly LeftLines[] {
  const { code, parameters } = said;
  if (!isLeft(code)) return [];
  const { count, line, text = "" } = parameters;
  const first = { count: Number(count), line: Number(line), text: String(text) };
  return [{ code, ...first, why: noteIn(said, language) }];
}
