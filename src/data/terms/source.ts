import type { Note } from "./notes.ts";
import type { Detected } from "./table.ts";

/** Files seen as one relation, before anything is known of what the columns hold. */
export interface Source {
  readonly path: string;
  readonly names: readonly string[];
  /** DuckDB's type of each column where the format has types, else null: then all is text. */
  readonly natives: readonly (string | null)[];
  /** SQL of a relation with columns c0, c1 ..., and `filename`, in source order. */
  readonly relation: string;
  /** Cells of the file's head as written, column by column, missing ones included. */
  readonly head: readonly (readonly string[])[];
  readonly detected: Pick<
    Detected,
    "format" | "delimiter" | "quote" | "encoding" | "header" | "skipped"
  >;
  readonly notes: readonly Note[];
  /** Where a row (from 1) of a file is, for an error. */
  place(filename: string, row: number): Promise<{ path: string; line: number }>;
  /** DuckDB's error as one that a person understands. */
  explain(error: unknown): Error;
}
