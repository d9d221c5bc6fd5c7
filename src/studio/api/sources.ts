import type { Decimal, Encoding, Format, Thousands } from "../../data/terms/table.ts";
import { z } from "../../schema.ts";

export type { ColumnShares } from "../../data/preview/shares.ts";

/** What a project reads from: a file where it lies, one that was dropped into the project, a sample, a query. */
export interface Source {
  readonly id: string;
  /** As a person calls it: the name of its file. */
  readonly name: string;
  /** Where it lies: a path, a pattern, an address without its password. */
  readonly path: string;
  readonly kind: "file" | "dropped" | "sample" | "query";
  /** When it came, as in 2026-01-31T12:00:00Z. */
  readonly added: string;
  /** How it is read, and what its columns are for, by the names of `openTable`. */
  readonly options: ReadingOptions;
}

/** Options of `openTable` as plain data. */
export type ReadingOptions = Readonly<Record<string, unknown>>;

/** One more source: a path or pattern of this computer, a sample by its name, or a query of a database. */
export const newSource = z.union([
  z.object({ path: z.string().check(z.minLength(1), z.maxLength(4096)) }),
  z.object({ sample: z.string() }),
  z.object({ address: z.string(), query: z.string().check(z.minLength(1)) }),
]);
export type NewSource = z.output<typeof newSource>;

/** Other options for a source. */
export const sourceOptions = z.object({ options: z.record(z.string(), z.any()) });

/** What is seen of a table: its first rows, how it is read, and what is doubted. Sentences are in the language asked for. */
export interface Look {
  readonly source: Source;
  /** The first rows of a great file alone: the rest is being read, and the event `look` tells when it was. */
  readonly partial: boolean;
  readonly rows: number;
  /** How it was read; each with the values that it may have instead, where these are few. */
  readonly chips: readonly Chip[];
  readonly columns: readonly LookColumn[];
  /** The first rows, as written. */
  readonly head: readonly LookRow[];
  /** Cells among them that could not be taken, with the reason. */
  readonly unread: readonly {
    readonly row: number;
    readonly column: string;
    readonly why: string;
  }[];
  /** Lines that are no rows, and what became of them. */
  readonly left: readonly { readonly line: number; readonly text: string; readonly why: string }[];
  readonly doubts: readonly LookDoubt[];
  /** What the table is: rows, a series in time, or several by key. */
  readonly shape: "rows" | "series" | "panel";
  /** Columns that may say which rows are anomalies, likeliest first. */
  readonly labels: readonly {
    readonly column: string;
    readonly share: number;
    readonly normal: readonly string[];
  }[];
  /** The command line that finds the anomalies of it, read like that. */
  readonly command: string;
}

/** One thing that was concluded about a file, and what it may be instead. */
export interface Chip {
  readonly option:
    | "format"
    | "delimiter"
    | "decimal"
    | "thousands"
    | "encoding"
    | "header"
    | "dates"
    | "sheet";
  /** As the option takes it; null where nothing of the kind was found. */
  readonly value: Format | Decimal | Thousands | Encoding | string | boolean | null;
  /** Whether a person stated it. */
  readonly stated: boolean;
  /** Values to choose from; empty where it cannot be stated. */
  readonly choices: readonly (string | boolean)[];
}

/** A column as the first look shows it. */
export interface LookColumn {
  readonly name: string;
  readonly type: "number" | "category" | "boolean" | "date" | "text";
  readonly role: string;
  /** Why it has this type and role. */
  readonly why: string;
  readonly missing: number;
  readonly distinct: number;
  /** Cells that the type cannot hold, and that are missing therefore. */
  readonly unread: number;
  readonly minimum: number | null;
  readonly maximum: number | null;
  readonly mean: number | null;
  readonly examples: readonly string[];
  /** What may be wrong with it: constant, like an identifier, a copy of the label. */
  readonly warnings: readonly string[];
}

export interface LookRow {
  readonly row: number;
  readonly line: number;
  readonly cells: readonly string[];
}

/** Something that was guessed, left out or doubted, and what settles it. */
export interface LookDoubt {
  readonly code: string;
  readonly column: string | null;
  readonly text: string;
  readonly settled: boolean;
  readonly choices: readonly {
    /** As on the command line: `--dates dmy`. */
    readonly option: string;
    readonly now: boolean;
    /** What the cell that is shown then is. */
    readonly reads: string | null;
    /** All options of the source with this one laid over them. */
    readonly options: ReadingOptions;
  }[];
}
