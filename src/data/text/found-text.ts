import type { Note } from "../terms/notes.ts";
import type { Source } from "../terms/source.ts";
import type { SkippedLine } from "../terms/table.ts";
import type { Body } from "./copy.ts";
import type { Dialect } from "./dialect.ts";
import type { TextFile } from "./encoding.ts";
import type { Layout } from "./layout.ts";

/** Columns that DuckDB reads from one file; more of them are parted. */
export const mostTogether = 512;

/** One of the files: its text, and where its rows are. */
export interface Part {
  readonly text: TextFile;
  readonly body: Body;
  /** Line ends, outside of quotes, above the first row. */
  readonly skip: number;
}

/** What all ways to read the files share. */
export interface Found {
  readonly path: string;
  readonly dialect: Dialect;
  readonly layout: Layout;
  readonly parts: readonly Part[];
  readonly skipped: readonly SkippedLine[];
  readonly notes: readonly Note[];
  readonly head: readonly (readonly string[])[];
  readonly encoding: TextFile["encoding"];
}

/** What sources have alike, whichever way their files are read. */
export const common = ({ path, layout, dialect, head, encoding, skipped }: Found) => ({
  path,
  names: layout.names,
  natives: layout.names.map(() => null),
  head,
  detected: {
    ...({ format: "csv", delimiter: dialect.delimiter, quote: dialect.quote } as const),
    ...{ encoding, header: layout.header, skipped },
  },
});

/** The places of rows whose lines are known. */
export const placesIn =
  (
    lists: ReadonlyMap<Part, readonly number[]>,
    partOf: (filename: string) => Part,
  ): Source["place"] =>
  async (filename, row) => {
    const part = partOf(filename);
    return { path: part.text.shown, line: lists.get(part)?.[row - 1] ?? part.body.after };
  };
