import type { Snippets } from "../../invocation/snippets.ts";
import { z } from "../../schema.ts";
import type { RunResult } from "./runs.ts";

export type { Snippets } from "../../invocation/snippets.ts";

/** Whose model is used: that of a run, or a file among the models of the project. */
export type ModelPlace = "runs" | "models";

/** A model file that was put into the project. */
export interface ModelAdded {
  /** The name of its file without its ending. */
  readonly id: string;
  readonly name: string;
  /** When it came, as in 2026-01-31T12:00:00Z. */
  readonly added: string;
}

/** One more model: a file of this computer. */
export const newModel = z.object({ path: z.string().check(z.minLength(1), z.maxLength(4096)) });

/** A model as a person uses it: what it is, what it takes, and programs that use it. */
export interface ModelUse {
  /** The name under which it is saved. */
  readonly file: string;
  /** Where it lies in the project. */
  readonly path: string;
  readonly kind: string;
  readonly content: "rows" | "images" | "sequences";
  readonly columns: readonly {
    readonly name: string;
    readonly type: string;
    readonly role: string;
    readonly input: boolean;
  }[];
  /** Rows that trained; 0 for a network that came without data. */
  readonly rows: number;
  readonly epochs: number;
  readonly seed: number;
  readonly label: { readonly column: string; readonly normal: readonly string[] } | null;
  readonly threshold: number;
  readonly rule: string;
  /** Numbers of its code. */
  readonly codes: number;
  /** Rows of the data that the file holds. */
  readonly rowsHeld: number;
  /** The version of Espejo that made it. */
  readonly version: string | null;
  /** Why it cannot be written as a Keras file; null where it can. */
  readonly kerasRefusal: string | null;
  /** Null for models of images and sequences. */
  readonly snippets: Snippets | null;
}

/** A file that was scored by a model. */
export interface Scoring {
  readonly id: string;
  /** What was scored, as a person calls it. */
  readonly data: string;
  /** The source of the project that this is; null where it is none. */
  readonly source: string | null;
  readonly began: string;
  /** "broken": its process ended before it was done; "failed": it said why. */
  readonly state: "running" | "done" | "broken" | "failed";
  readonly error: string | null;
  /** What has changed since training, in words. */
  readonly drift: readonly DriftTold[];
  /** What was guessed or left out when the file was read, in words. */
  readonly notes: readonly string[];
  readonly result: RunResult | null;
  /** The same as a line for a shell and as a program. */
  readonly commandLine: string;
  readonly program: string;
}

export interface DriftTold {
  readonly code: string;
  /** The columns that it is of; empty where it is of the rows. */
  readonly columns: readonly string[];
  readonly text: string;
}

/** What is to be scored: a source of the project. */
export const newScoring = z.object({ source: z.string() });

export const halfQuery = z.object({ part: z.enum(["encoder", "decoder"]) });

/** Codes of the rows of a source. */
export const codesQuery = z.object({
  source: z.string(),
  format: z.enum(["csv", "csv-es", "parquet", "json", "xlsx"]),
});

/** A report on the rows of a source. */
export const reportQuery = z.object({ source: z.string() });
