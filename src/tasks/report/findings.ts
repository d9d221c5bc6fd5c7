import type { Figure } from "../../charts/figure.ts";
import type { Cell } from "../../charts/page.ts";
import type { Note } from "../../data/terms/notes.ts";
import type { Evaluation } from "../evaluate/evaluation.ts";
import type { Verdict } from "../verdicts/verdict.ts";

/** Labels of the rows, as far as they are known. */
export interface KnownLabels {
  readonly column: string;
  /** The values that are normal, as they are told. */
  readonly normal: string;
  readonly normalValues: readonly string[];
  /** 0 normal, 1 anomaly, 2 without label. */
  readonly classes: Uint8Array;
  /** Rows of each value, commonest first. */
  readonly values: readonly (readonly [string, number])[];
}

/** How much of the variation of the values comes back, as a share of 1. */
export interface Rebuilt {
  readonly model: number;
  /** Of a PCA of the same size; null where there is none to compare with. */
  readonly pca: number | null;
  /** Rows that it was measured on. */
  readonly rows: number;
}

/** What is known of the data beside those that trained. */
export type Acquaintance =
  /** The training data, with rows that were kept apart for testing, or at least did not train. */
  | "test"
  | "held"
  /** The training data, every row of which trained. */
  | "trained"
  /** Other data, or it cannot be told. */
  | "other";

/** A row that is shown by itself or on the map. */
export interface SeenRow {
  readonly row: number;
  readonly score: number;
  readonly flagged: boolean;
  /** Its name, or "". */
  readonly name: string;
  readonly code: Float32Array;
  /** The value of the column that colours the map: a number, or text. */
  readonly tint: number | string;
}

/** What colours the map. */
export interface Tint {
  readonly by: "label" | "score" | "column";
  readonly column: string;
}

/** What passes over the data have found, whatever the rows are. */
export interface Findings {
  readonly rows: number;
  readonly scores: Float32Array;
  /** Rows above the threshold. */
  readonly flagged: number;
  readonly labels: KnownLabels | null;
  readonly acquaintance: Acquaintance;
  readonly evaluation: Evaluation | null;
  /** Scores, PCA's, and labels of the rows that were judged, where there are labels. */
  readonly judged: {
    readonly scores: Float32Array;
    readonly pca: Float32Array | null;
    readonly classes: Uint8Array;
  } | null;
  readonly rebuilt: Rebuilt | null;
  readonly tint: Tint;
  /** Rows drawn at random, then the highest scores. */
  readonly seen: readonly SeenRow[];
  readonly drawn: number;
  /** What a budget of alerts comes to, and what most flagged rows are. */
  readonly alarms: readonly Verdict[];
  /** Columns that most often are the first reason of flagged rows, with their shares. */
  readonly reasons: readonly (readonly [column: string, share: number])[];
  readonly profile: Profile;
  /** The rows that are looked at closely. */
  readonly worst: Closeup;
}

/** The data as the report shows them. */
export interface Profile {
  readonly lines: readonly string[];
  readonly caption: string;
  readonly head: readonly string[];
  readonly numbers: readonly number[];
  readonly rows: readonly (readonly Cell[])[];
  readonly remark: string;
  /** Rows of each class, where data come with classes. */
  readonly classes: readonly (readonly [string, number])[];
  readonly drift: readonly Note[];
}

/** The oddest rows, as a table with reasons or as pictures. */
export type Closeup =
  | {
      readonly kind: "table";
      readonly head: readonly string[];
      readonly rows: readonly (readonly Cell[])[];
    }
  | {
      readonly kind: "pictures";
      readonly worst: readonly Figure[];
      readonly typical: readonly Figure[];
      readonly remark: string;
    };
