import { z } from "../../schema.ts";
import { type Mark, markNames } from "../../tasks/rows/marks.ts";
import type { RunComparison } from "../../tasks/runs/run-comparison.ts";
import type { ReadingOptions } from "./sources.ts";

/** A run of the project, whoever began it. */
export interface Run {
  readonly id: string;
  readonly command: "detect" | "train";
  /** The file that it learns from, as a person calls it. */
  readonly data: string;
  /** The source of the project that this is; null where the run was begun elsewhere. */
  readonly source: string | null;
  readonly began: string | null;
  /** A process that is none of this studio is at it: it is paused and stopped there. */
  readonly elsewhere: boolean;
  /**
   * "running": a process is at it; "stopped": a person ended it, and it has what it came to; "paused": it
   * waits to go on; "broken": its process ended before it was done, and it can go on; "failed": it cannot.
   */
  readonly state: "running" | "done" | "stopped" | "paused" | "broken" | "failed";
  /** What went wrong, in the language asked for. */
  readonly error: string | null;
  /** What it is at: reading, training, ranking; null where it does not run. */
  readonly phase: "reading" | "training" | "ranking" | null;
  /** Since when a process of this studio is at it, and the seconds that others were before; null where none is. */
  readonly work: { readonly since: string; readonly before: number } | null;
  readonly epochs: number;
  /** Epochs at most, where that is known. */
  readonly most: number | null;
  readonly kind: string | null;
  readonly options: ReadingOptions;
  /** What it came to; null before. */
  readonly result: RunResult | null;
  /** The run whose marks it was trained again from, where this studio did that and it is there. */
  readonly former: string | null;
  /** The same as a line for a shell and as a program. */
  readonly commandLine: string;
  readonly program: string;
}

export interface RunResult {
  readonly rows: number;
  readonly anomalies: number;
  readonly threshold: number;
  readonly rule: string;
  /** On rows that did not train, where a label is known. */
  readonly evaluation: {
    readonly rocAuc: number | null;
    readonly averagePrecision: number | null;
    /** That of PCA on the same rows. */
    readonly pcaRocAuc: number | null;
  } | null;
  /** What the network came to; null of a file that was scored. */
  readonly training: {
    readonly bestEpoch: number;
    readonly loss: number | null;
    readonly validationLoss: number | null;
    /** Why it ended: all epochs were done, no gain any more, a person. */
    readonly ended: "epochs" | "patience" | "asked";
    /** How many rows each part had. */
    readonly parts: Readonly<Record<string, number>>;
  } | null;
  /** Mean squared error of PCA on rows that did not train; null where it is not known. */
  readonly pcaError: number | null;
  /** What it comes to, in sentences, the most important first. */
  readonly verdicts: readonly string[];
  /** Columns that name a row, shown beside its rank. */
  readonly ids: readonly string[];
  readonly sortable: readonly string[];
  readonly labelled: boolean;
  /** Whether its rows are those of a table, whose codes can be looked at. */
  readonly codes: boolean;
}

/** Runs side by side; what differs is an option as on the command line, or "data", "command", "kind". */
export interface RunsCompared extends Omit<RunComparison, "runs"> {
  /** By their names, in the order of all values. */
  readonly runs: readonly string[];
  /** What each came to, in sentences. */
  readonly verdicts: readonly (readonly string[])[];
  /** The losses of the first training of each. */
  readonly losses: readonly (readonly Loss[])[];
  readonly commandLine: string;
}

/** Which runs are set side by side, between commas. */
export const comparedQuery = z.object({ with: z.string() });

/** An epoch of the first training. */
export interface Loss {
  readonly epoch: number;
  readonly loss: number;
  readonly validationLoss: number | null;
  readonly learningRate: number;
  /** How long it took. */
  readonly seconds: number;
}

/** Options of a detection beside those of its source: of `espejo detect`, in camel case. */
export const newDetection = z.object({ options: z.exactOptional(z.record(z.string(), z.any())) });

const number = z.coerce.number();
/** Which rows of a ranking: what an address says behind its "?". */
export const rankingQuery = z.object({
  from: z.exactOptional(number),
  rows: z.exactOptional(number),
  sort: z.exactOptional(z.string()),
  descending: z.exactOptional(z.enum(["true", "false"])),
  /** Above this score alone. */
  above: z.exactOptional(number),
  /** Rows that a person marked, or one of both marks. */
  marked: z.exactOptional(z.enum(["any", "confirmed", "false_alarm"])),
});

export interface RankedPage {
  readonly total: number;
  readonly rows: readonly RankedRow[];
}

export interface RankedRow {
  readonly rank: number;
  /** From 0, in the source: the id of the row everywhere. */
  readonly row: number;
  readonly ids: readonly string[];
  readonly score: number;
  /** Whether its label says that it is an anomaly; null where none says. */
  readonly labelled: boolean | null;
  /** Why, in words, the heaviest first; at most three. */
  readonly reasons: readonly { readonly column: string; readonly text: string }[];
  readonly mark: Mark | null;
}

export type { Mark };
export const newMark = z.object({ mark: z.nullable(z.enum(markNames)) });

/** What is asked about scores. */
export const scoresQuery = z.object({
  threshold: z.exactOptional(number),
  bins: z.exactOptional(number),
  logarithmic: z.exactOptional(z.enum(["true", "false"])),
});

/** A model file with another threshold than that of its run. */
export const modelQuery = z.object({ threshold: z.exactOptional(number) });

/** How scores are distributed, and what a threshold comes to. */
export interface Scores {
  readonly edges: readonly number[];
  readonly counts: readonly number[];
  /** Of them, rows whose label says that they are anomalies. */
  readonly anomalies: readonly number[];
  readonly threshold: number;
  /** That of the run. */
  readonly usual: number;
  readonly above: Counts;
  readonly all: Counts;
  /** Rules and what each comes to: a budget of reviews, a share of rows. */
  readonly rules: readonly {
    readonly rule: string;
    readonly threshold: number;
    readonly rows: number;
  }[];
  /** Of the rows that a person looked at: how many lie above, and how many of those are false alarms. */
  readonly reviewed: {
    readonly rows: number;
    readonly confirmed: number;
    readonly above: number;
    readonly falseAlarms: number;
  };
}

/** Which rule chooses a threshold by marks. */
export const markedQuery = z.object({ rule: z.string() });

/** The threshold that marks choose, and what it comes to. */
export interface MarkedThreshold {
  readonly rule: string;
  readonly threshold: number;
  /** Rows that are marked, and the confirmed ones among them. */
  readonly rows: number;
  readonly confirmed: number;
  /** Those of them above it. */
  readonly above: { readonly confirmed: number; readonly falseAlarms: number };
  /** The lowest score of a marked row. */
  readonly lowest: number;
  /** All rows above it, marked or not. */
  readonly flagged: number;
}

/** A threshold that a person set, as a call; with a rule that which chooses it by marks. */
export const thresholdCallQuery = z.object({
  threshold: number,
  rule: z.exactOptional(z.string()),
});
export interface ThresholdCall {
  readonly commandLine: string;
  readonly program: string;
}

/** How the marked rows moved from the run that they were marked in to the one that was trained from them. */
export interface Moves {
  /** Marked rows, the highest of the new ranking first; of many the first. */
  readonly rows: readonly {
    readonly row: number;
    readonly ids: readonly string[];
    readonly mark: Mark;
    readonly before: number;
    readonly after: number;
    readonly aboveBefore: boolean;
    readonly aboveAfter: boolean;
  }[];
  readonly all: number;
  readonly confirmed: Moved;
  readonly falseAlarms: Moved;
}

/** Rows of one mark above the threshold of each run. */
export interface Moved {
  readonly rows: number;
  readonly aboveBefore: number;
  readonly aboveAfter: number;
}

/** The data with a column that says what marks say. */
export const labelledQuery = z.object({ format: z.enum(["csv", "csv-es", "parquet"]) });

export interface Counts {
  readonly rows: number;
  readonly anomalies: number;
  readonly normals: number;
}

/** A row, opened: each column, the heaviest first. */
export interface OpenedRow {
  readonly row: number;
  readonly score: number;
  /** One sentence in words. */
  readonly sentence: string;
  readonly cells: readonly {
    readonly column: string;
    readonly actual: string;
    readonly expected: string;
    /** In the most similar row that the model knows; null where it keeps none. */
    readonly similar: string | null;
    /** Its part of the score, from 0 to 1. */
    readonly share: number;
  }[];
  readonly mark: Mark | null;
}

/** What a table of rows leaves as. */
export const exportQuery = z.object({
  format: z.enum(["csv", "csv-es", "parquet", "json", "xlsx"]),
  above: z.exactOptional(number),
  marked: z.exactOptional(z.enum(["any", "confirmed", "false_alarm"])),
});
