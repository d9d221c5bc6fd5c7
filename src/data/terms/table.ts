import type { Note } from "./notes.ts";
import type { TableShape } from "./shape.ts";

/** What the cells of a column are. Numbers that code categories are numbers. */
export type ColumnType = "number" | "category" | "date" | "text" | "boolean";

/** What a column is for. Only features go into a model; a label never does. */
export type Role = "feature" | "id" | "label" | "time" | "weight" | "ignore";

/** The part of a column that a model file keeps, and all that matching new data needs. */
export interface ColumnPlan {
  readonly name: string;
  readonly type: ColumnType;
  readonly role: Role;
  /** As in "Amount (EUR)" or "CO [mg/m3]". */
  readonly unit: string | null;
  /** Which input of the model it feeds; null for all but features. */
  readonly input: "numeric" | "categories" | null;
}

/** Figures over the whole file, for a person to read; `distinct` of a large table is approximate. */
export interface Profile {
  readonly missing: number;
  /** Of them, cells that hold what a column of numbers or dates cannot; absent where there are none. */
  readonly unread?: number;
  readonly distinct: number;
  /** Of numbers, and of dates as days since 1970-01-01. */
  readonly minimum?: number;
  readonly maximum?: number;
  readonly mean?: number;
  /** With n in the denominator. */
  readonly deviation?: number;
  /** The commonest values of categories, most frequent first. */
  readonly top?: readonly (readonly [value: string, count: number])[];
  /** A few cells as written, from the top of the file. */
  readonly examples: readonly string[];
}

export interface Column extends ColumnPlan {
  /** Why it has this type and role. */
  readonly why: Note;
  readonly profile: Profile;
}

export type Decimal = "." | ",";
export type Thousands = "." | "," | " " | "'" | "none";
/** How the numbers of a column are written. */
export interface NumberStyle {
  readonly decimal: Decimal;
  readonly thousands: Thousands;
  /** A currency, a percent sign or a unit that stands before or behind the digits. */
  readonly sign?: string;
  /** Negative numbers stand in parentheses, have their minus behind, or one that is a dash. */
  readonly accounting?: boolean;
  /** One or two letters behind a blank are a remark on the number, as Eurostat's flags are. */
  readonly flags?: boolean;
}

export type Encoding = "utf-8" | "latin-1" | "utf-16";
/** The order of day, month and year where the numbers alone do not tell. */
export type DateOrder = "dmy" | "mdy" | "ymd";
const texts = ["csv", "json", "xlsx", "ods", "arff"] as const;
const stores = ["parquet", "npy", "npz", "idx", "memory", "postgres"] as const;
/** What a table may come from. */
export const formats: readonly [...typeof texts, ...typeof stores] = [...texts, ...stores];
export type Format = (typeof formats)[number];

/** A line above or below the rows that is not one of them. */
export interface SkippedLine {
  readonly line: number;
  readonly text: string;
  readonly why: Note;
}

/** How a source was read: `espejo.source` of a model file. Settings that a format does not have are at rest. */
export interface Detected {
  readonly format: Format;
  /** "whitespace" stands for any run of spaces and tabs. */
  readonly delimiter: string;
  readonly quote: string;
  readonly decimal: Decimal;
  readonly thousands: Thousands;
  readonly encoding: Encoding;
  /** null where no column holds dates that are written as text. */
  readonly dates: DateOrder | null;
  /** How the dates of columns are written that are no DATE or TIMESTAMP: "dd/mm/yyyy", "yyyyQq", "seconds". */
  readonly layouts?: Readonly<Record<string, readonly string[]>>;
  /** Whose clocks times are of that have no offset from UTC, where that was stated. */
  readonly zone?: string;
  /**
   * Of columns whose times have an offset from UTC, or are of a stated zone, whose clocks they are of: that offset,
   * "+02:00", or a place, "Europe/Madrid". Not there where they are of several places; absent in models from before it was kept.
   */
  readonly clocks?: Readonly<Record<string, string>>;
  /** The marks of a missing cell that occur or were stated. */
  readonly missing: readonly string[];
  /** Usual marks that were stated to mean something. */
  readonly notMissing?: readonly string[];
  /** Columns that write their numbers otherwise than most; absent in models from before they were kept. */
  readonly numbers?: Readonly<Record<string, NumberStyle>>;
  readonly header: boolean;
  readonly skipped: readonly SkippedLine[];
}

/** How dates were read: all that reading new ones alike needs. */
export type DatesRead = Pick<Detected, "dates" | "layouts" | "zone" | "clocks">;

/** How to read; what is absent is detected and said aloud. */
export interface ReadOptions {
  /** "," ";" tab "|" or any single character; "whitespace". */
  readonly delimiter?: string;
  readonly decimal?: Decimal;
  readonly thousands?: Thousands;
  readonly encoding?: Encoding;
  readonly dates?: DateOrder;
  /** Whose clocks times without an offset are of, as IANA calls it: "Europe/Madrid". By default those of UTC. */
  readonly zone?: string;
  /** Marks beyond the usual ones; a number, such as -200, is compared by value. */
  readonly missing?: readonly string[];
  /** Usual marks that mean something here, such as NA for Namibia. */
  readonly notMissing?: readonly string[];
  /** How columns write their numbers, each by an example: { ventas: "1.234,5" }. */
  readonly numbers?: Readonly<Record<string, string>>;
  /** Refuses what is otherwise left out or taken as missing, and said. */
  readonly strict?: boolean;
  /** false: lines below the table, such as a total, are rows. */
  readonly footer?: boolean;
  /** By name or by number from 1. */
  readonly types?: Readonly<Record<string, ColumnType>>;
  readonly header?: boolean;
  readonly format?: "csv" | "parquet" | "json";
  /** The sheet of a workbook, by name or by number from 1; by default the first with cells that is not hidden. */
  readonly sheet?: string;
  /** What to ask a database: SQL, or the name of a table. */
  readonly query?: string;
  /** Which array of an .npz file holds the rows, and which their classes; by default X and y, or the only ones. */
  readonly array?: string;
  readonly labelArray?: string;
  /** As DuckDB reads it, say "500MB". */
  readonly memoryLimit?: string;
  readonly threads?: number;
  readonly tempDirectory?: string;
  /** Counts distinct values exactly, however many rows there are. */
  readonly exact?: boolean;
}

/** Roles that a person states, each column by name or by number from 1. */
export interface RoleOptions {
  readonly label?: string;
  /** Only these are features. */
  readonly features?: readonly string[];
  readonly ignore?: readonly string[];
  readonly id?: string | readonly string[];
  readonly weight?: string;
  readonly time?: string;
}

/** New data for a model that exists. */
export interface MatchOptions {
  /** The model's columns: found by name in any order, types taken from them; the label may be absent. */
  readonly expect?: readonly ColumnPlan[];
  /** How the training file was read: decides where the new file alone is ambiguous, and adds its missing marks. */
  readonly prior?: Detected;
  /** How its dates were read, where nothing else is known of it. */
  readonly priorDates?: DatesRead;
}

/** How to read a source, what its columns are for, and the model that it must match. */
export type OpenOptions = ReadOptions & RoleOptions & MatchOptions;

/** How dates were read before, as far as that is known. */
export const datesBefore = ({ prior, priorDates }: MatchOptions): DatesRead | undefined =>
  prior ?? priorDates;

/** Marks of missing cells, and words that are none: those that are stated, and those that a model knows. */
export const marksKnown = ({
  missing = [],
  notMissing = [],
  prior,
}: OpenOptions): {
  readonly missing: readonly string[];
  readonly notMissing: readonly string[];
} => ({
  missing: [...missing, ...(prior?.missing ?? [])],
  notMissing: [
    ...notMissing,
    ...(prior?.notMissing ?? []).filter((word) => !missing.includes(word)),
  ],
});

/** Which columns leave a table, and as what. */
export interface BatchRequest {
  readonly numeric: readonly string[];
  readonly categories: readonly string[];
  /** Any columns as written and trimmed: ids, labels. */
  readonly text?: readonly string[];
}

export interface BatchOptions {
  /** Rows in a batch; the last one has what is left. */
  readonly size?: number;
}

/** Consecutive rows. The arrays are the receiver's own. */
export interface Batch {
  /** Rows before this batch. */
  readonly start: number;
  readonly rows: number;
  /** [rows, p] row by row; NaN = missing, dates in days since 1970-01-01. */
  readonly numeric: Float64Array;
  /** [rows, q] row by row; "" = missing. */
  readonly categories: string[];
  /** One array for each asked column. */
  readonly text: string[][];
  /**
   * For each row the names of numeric columns that were asked for and whose cell holds what they cannot, joined by ", ";
   * absent where no column of the table has such a cell.
   */
  readonly unread?: readonly string[];
}

const mostRows = 8192;
const mostCells = 2 ** 21;

/** Rows of a batch where that is not stated: fewer of wide tables, so that a batch does not grow with the columns. */
export const batchRowsOf = ({ numeric, categories }: BatchRequest): number =>
  Math.min(
    mostRows,
    Math.max(64, Math.floor(mostCells / Math.max(1, numeric.length + categories.length))),
  );

/** Typed columns and their rows, in source order, read anew at each call of `batches`. */
export interface Table {
  /** As a person named it. */
  readonly path: string;
  readonly columns: readonly Column[];
  readonly rows: number;
  readonly detected: Detected;
  readonly notes: readonly Note[];
  /** What the table is, and what follows from it; absent where a model says what its columns are. */
  readonly shape?: TableShape;
  /** `batchRowsOf` rows at a time by default, 8192 of up to 256 columns; throws `column_unknown` for a name that is not there. */
  batches(request: BatchRequest, options?: BatchOptions): AsyncIterable<Batch>;
  /** Frees the database and removes temporary files. */
  dispose(): Promise<void>;
}

/** Names of the features in source order, input by input: what `batches` takes and a model expects. */
export function featureNames(columns: readonly ColumnPlan[]): {
  numeric: string[];
  categories: string[];
} {
  const of = (input: string) => columns.filter((c) => c.input === input).map((c) => c.name);
  return { numeric: of("numeric"), categories: of("categories") };
}
