import type { Note } from "./notes.ts";
import type {
  BatchOptions,
  ColumnPlan,
  DatesRead,
  Detected,
  Format,
  OpenOptions,
} from "./table.ts";

/** How images are brought to one size: cut to fill it, shrunk to fit in it with a border, or stretched. */
export type ImageFit = "cover" | "contain" | "fill";

/** How arrays were read: `espejo.source` of a model file, and all that reading new data alike needs. */
export interface ArraysDetected {
  readonly content: "images" | "sequences";
  readonly format: Format | "folder";
  /** Sizes of one row: [height, width, channels] or [time, features]. */
  readonly shape: readonly number[];
  /** Of images that had to be brought to one size. */
  readonly fit: ImageFit | null;
  /** Of sequences from a table: what each feature is called. */
  readonly features: readonly string[] | null;
  readonly time: string | null;
  /** The column with the times of the day to the days of `time`; absent where there is none. */
  readonly clock?: string;
  readonly group: string | null;
  /** Steps from one window to the next; null where rows are whole sequences. */
  readonly stride: number | null;
  /** Of sequences from a table: how it was read. */
  readonly read?: Detected;
  /** Of steps that are rows of a table: its columns; those that are not used have the role "ignore". */
  readonly columns?: readonly ColumnPlan[];
  /** In models from before `read`: how the dates of the column that tells time were read. */
  readonly times?: DatesRead;
  /** Of images whose values are no bytes: which become 0 and 255, and whether they are whole numbers. */
  readonly range?: { readonly low: number; readonly high: number; readonly whole: boolean };
  /** The marks of a missing cell that occur or were stated; absent where there are none. */
  readonly missing?: readonly string[];
}

/** Numbers of arrays, as exactly as their models take them: images in single precision, sequences in double. */
export type Cells = Float32Array | Float64Array;

/** Consecutive rows. The array is the receiver's own. */
export interface ArrayBatch {
  /** Rows before this batch. */
  readonly start: number;
  readonly rows: number;
  /** [rows, ...shape]; images in 0..255, sequences in their own units, missing and padded cells NaN. */
  readonly x: Cells;
}

/** Rows that are arrays, not columns: images [height, width, channels], sequences [time, features]. */
export interface Arrays {
  /** As a person named it. */
  readonly path: string;
  readonly rows: number;
  readonly detected: ArraysDetected;
  readonly notes: readonly Note[];
  /** What each row is called, such as a file's name, or a series and its first time; null: its number. */
  readonly names: readonly string[] | null;
  /** The class of each row, "" where unknown; null where no row has one. */
  readonly labels: readonly string[] | null;
  /** The column that the classes of windows come from. */
  readonly labelColumn?: string;
  /** Of windows of a table: the source row, from 0, of the first step of each row. */
  readonly starts: Uint32Array | null;
  /** Of windows of several series: the series of each row. */
  readonly series: readonly string[] | null;
  /** Of rows that are cut from a table's rows: where each lies in time. */
  readonly spans?: Spans;
  /** The source rows, from 0, of the steps of a row, padding left out; absent where rows are not of a table's rows. */
  steps?(row: number): Uint32Array;
  /** The time of a source row, from 0, as written there; absent where no column tells time. */
  timeOf?(row: number): string;
  /** Of windows that were opened with `stamps`: what every row of the table is called. */
  readonly stamps?: Stamps;
  /** The rows with these numbers, in this order, as a source of its own; absent where rows lie one after the other. */
  take?(rows: readonly number[]): Arrays;
  /** Rows in source order, read anew at each call. */
  batches(options?: BatchOptions): AsyncIterable<ArrayBatch>;
  /** Images that are brought to 0..255 with the values that their files have; absent where they are not one for one. */
  ownBatches?(options?: BatchOptions): AsyncIterable<ArrayBatch>;
  /** The first row, from 0, with a number of the source that double rounds; -1 where there is none. */
  roundedRow?(): Promise<number>;
  /** What the rows that were read so far have shown. */
  remarks?(): readonly Note[];
  /** Frees what is held open and removes temporary files. */
  dispose(): Promise<void>;
}

/** The rows of a table, in source order, as steps of series. */
export interface Stamps {
  readonly rows: number;
  /** The cells of the column that tells time, as written; null without one. */
  readonly times: readonly string[] | null;
  /** The cells of the column that tells series apart. */
  readonly series: readonly string[] | null;
}

/** From when to when windows, or whole series, reach. */
export interface Spans {
  /** The column that tells time; null where the order of the rows does. */
  readonly column: string | null;
  /**
   * The time of the first and of the last step of each, in days or in the unit of the column, or the place of the step in
   * its series; Infinity where the step has no time, which comes last.
   */
  readonly first: Float64Array;
  readonly last: Float64Array;
}

/** How to read arrays; what is absent is detected and said aloud. */
export interface ArraysOptions extends OpenOptions {
  /** What data are read as: rows of a table, which `openArrays` refuses, images or sequences; by default what they are. */
  readonly content?: "rows" | "images" | "sequences";
  /** Height and width that images are brought to; by default those of the files, where they agree. */
  readonly size?: readonly [height: number, width: number];
  readonly fit?: ImageFit;
  /** 1: grey, 3: colour. */
  readonly channels?: 1 | 3;
  /** The values of images that become 0 and 255, where they are no bytes; by default found in them. */
  readonly range?: readonly [low: number, high: number];
  /** Of files of several pages or frames: all are images (the default), or the first. */
  readonly pages?: "all" | "first";
  /** Files that cannot be read as images are said aloud and left out, instead of an error. */
  readonly skipBroken?: boolean;
  /** A file of classes: IDX or .npy beside an array, a table of file names and classes beside a folder of images. */
  readonly labels?: string;
  /** The column that tells series apart. */
  readonly group?: string;
  /** Steps of a window, and from one window to the next. */
  readonly window?: number;
  readonly stride?: number;
  /** Windows cover every step, with one more at the end of a series where needed, and `stamps` names each. */
  readonly stamps?: boolean;
  /** How an earlier source was read: sizes, features and windows are taken over. */
  readonly like?: ArraysDetected;
}
