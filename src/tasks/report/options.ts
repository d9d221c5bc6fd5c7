import type { Note } from "../../data/terms/notes.ts";
import type { Invocation } from "../../invocation/invocation.ts";
import type { Language } from "../../language.ts";
import type { Normal } from "../rows/labels.ts";
import type { Split } from "../rows/split.ts";
import type { Verdict } from "../verdicts/verdict.ts";

/** Options of a report. */
export interface ReportOptions {
  readonly language?: Language;
  /** The column with the class; by default that of the training, where the data have it. */
  readonly label?: string;
  /** The value of the label that is normal, or several; by default that of the training. */
  readonly normal?: Normal;
  /** The column that colours the map, or "score"; by default the label, else the score. */
  readonly color?: string;
  /** Of the rows that are drawn for the map; by default that of the training. */
  readonly seed?: number;
  /** How the training split these very rows, where the caller knows; otherwise it is found out. */
  readonly split?: Split;
  /** What the model is called; by default its file. */
  readonly modelName?: string;
  /** The call that makes this report, for who wants to repeat it: how it reads the data, the training read them. */
  readonly call?: Invocation;
  /** What the job came to that made the model, beyond what its scores tell. */
  readonly verdicts?: readonly Verdict[];
  /** What the report is about: what stands out, as is usual, or the codes, as after a reduction. */
  readonly about?: "scores" | "codes";
  /** Whether there is a file of the model by its name; true by default. */
  readonly saved?: boolean;
  /** Notes in words; by default those of the language. */
  readonly noteWords?: (note: Note) => string;
}

/** Rows of the map that are drawn at random. */
export const mostDrawn = 1900;
/** Highest scores that are on the map in any case. */
export const topShown = 100;
/** Rows of the table of the oddest. */
export const mostWorst = 20;
/** Pictures of the oddest images or sequences, and of middling ones. */
export const mostPictures = { worst: 8, typical: 4 };
