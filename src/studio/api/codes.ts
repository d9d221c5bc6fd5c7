import { z } from "../../schema.ts";
import type { LatentVariable } from "../../tasks/codes/kept-codes.ts";
import type { Mark } from "./runs.ts";

/** The codes of all rows of a run, as far as they are said in words; numbers of all rows come packed, by their names. */
export interface Codes {
  readonly rows: number;
  readonly latentDim: number;
  readonly variables: readonly LatentVariable[];
  /** Of the first two components of the codes, the share of their variance; null for codes of one or two numbers. */
  readonly shares: readonly [number, number] | null;
  /** Whether the principal components of the prepared columns are there: not of tables that are too wide. */
  readonly pca: boolean;
  /** Names of what points are drawn by and coloured by. */
  readonly colors: readonly CodeColor[];
  /** The column with the time of the rows; null where none has it. */
  readonly time: string | null;
  /** Columns that name rows. */
  readonly ids: readonly string[];
  /** What the decoder gives, in the order of its numbers and then of its categories. */
  readonly cells: readonly DecodedColumn[];
  /** The same codes, and rows from codes, by the command line and in a program. */
  readonly elsewhere: {
    readonly encode: { readonly command: string; readonly program: string };
    readonly decode: { readonly command: string; readonly program: string };
  };
}

/** What points may be coloured by. */
export interface CodeColor {
  /** As `valuesQuery` asks for it. */
  readonly of: string;
  /** Of a column its name; null of what pages have words for. */
  readonly column: string | null;
}

/** A column as a decoder gives it. */
export interface DecodedColumn {
  readonly name: string;
  readonly kind: "number" | "date" | "category";
  readonly unit: string | null;
  /** How far most of its values in training lie apart: what a change is measured by; 0 where they do not, and of categories. */
  readonly spread: number;
  /** Of a category its values in the order of the logits. */
  readonly values: readonly string[];
}

/** Which numbers of all rows: `latent_1`, `component_1`, `pca_1`, `score`, `anomaly`, `mark`, or `column:` and its name. */
export const valuesQuery = z.object({ of: z.string() });

/** What stands before packed numbers. */
export interface ValuesHead {
  /** Of groups a number is a place among `groups`; of dates days since 1970-01-01. NaN is missing. */
  readonly kind: "number" | "date" | "groups";
  readonly groups: readonly { readonly name: string; readonly rows: number }[];
  readonly missing: number;
}

/** Rows whose codes are near. */
export const neighboursQuery = z.object({ k: z.exactOptional(z.coerce.number()) });
export interface CodeNeighbours {
  readonly code: readonly number[];
  readonly near: readonly { readonly row: number; readonly distance: number }[];
}

const rowNumbers = z.array(z.int().check(z.minimum(0)));
/** Rows that were chosen on a map, by their numbers from 0. */
export const chosenRows = z.object({ rows: rowNumbers });
/** The same with what a person says of them. */
export const markedRows = z.object({
  rows: rowNumbers,
  mark: z.nullable(z.enum(["confirmed", "false_alarm"])),
});

/** A row of a selection. */
export interface ChosenRow {
  readonly row: number;
  readonly names: readonly string[];
  /** null where the run ranked no rows. */
  readonly rank: number | null;
  readonly score: number | null;
  readonly reasons: readonly string[];
  readonly mark: Mark | null;
}

/** What a latent variable moves, the most moved first. */
export interface VariableInfluence {
  /** Its share of all that the variables move together. */
  readonly share: number;
  readonly columns: readonly {
    readonly column: string;
    readonly value: string | null;
    readonly mean: number;
    readonly strength: number;
  }[];
}
