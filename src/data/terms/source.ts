import type { Note } from "./notes.ts";
import type { Detected } from "./table.ts";

/** Files seen as one relation, before anything is known of what the columns hold. */
export interface Source {
  readonly path: string;
  readonly names: readonly string[];
  /** DuckDB's type of each column where the format has types, else null: then all is text. */
  readonly natives: readonly (string | null)[];
  /** SQL of a relation that has some of the columns c0, c1 ... by their places, and `filename`, in source order. */
  relation(places: readonly number[]): string;
  /** Neighbouring columns that one query reads at no more cost than one of them. */
  readonly together: number;
  /** Cells of the file's head as written, column by column, missing ones included. */
  readonly head: readonly (readonly string[])[];
  readonly detected: Pick<
    Detected,
    "format" | "delimiter" | "quote" | "encoding" | "header" | "skipped"
  >;
  readonly notes: readonly Note[];
  /** Where a row (from 1) of a file is, for an error. */
  place(filename: string, row: number): Promise<{ path: string; line: number }>;
  /** As `place`, found of all rows in one pass: for who asks of many, or later, when the files may be gone. */
  lines?(): Promise<Source["place"]>;
  /** What was found of its columns, by what was asked, where it may be asked again. */
  readonly recall?: Map<string, unknown>;
  /** DuckDB's error as one that a person understands. */
  explain(error: unknown): Error;
  /** The same read line by line, where lines that are no rows are left out, and what decides that it is needed. */
  readonly lenient?: {
    /** SQL of a condition that only lines fulfil which are no rows. */
    readonly odd: string;
    source(): Promise<Source>;
  };
}

/** Whether the cells of a column are text, whose numbers and dates may be written in more than one way. */
export const isWritten = ({ natives }: Source, place: number): boolean =>
  /^(VARCHAR|JSON)$/.test(natives[place] ?? "VARCHAR");

/** A source must be read line by line. */
export class OddLines extends Error {}
