import type { Table } from "../../data/terms/table.ts";
import type { Covariance } from "../../metrics/covariance.ts";
import type { Model } from "../../nn/index.ts";
import type { Preparation } from "../../preparation/plan.ts";
import type { Fitted } from "../../training/fitted.ts";
import type { Split } from "../rows/split.ts";
import type { Scoring } from "../scoring/scoring.ts";
import type { LiveRows } from "./live-rows.ts";
import type { Features } from "./prepared.ts";

/** What is to be learnt from: the rows of a table by their parts, and how they are prepared. */
export interface Lesson {
  readonly table: Table;
  readonly features: Features;
  readonly split: Split;
  readonly preparation: Preparation;
  /** Whether the rows that train are known to be normal. */
  readonly normalOnly: boolean;
  readonly seed: number;
  /** Rows that are watched while it learns; null where none may be shown. */
  readonly live: LiveRows | null;
}

/** What came of it. */
export interface Learnt {
  readonly network: Model;
  readonly fitted: Fitted;
  readonly scoring: Scoring;
  /** Of the columns that are rebuilt, and how many components the PCA beside it has; null where PCA would cost too much, and where the model is that PCA. */
  readonly covariance: Covariance | null;
  readonly components: number;
  /** Options that were chosen, for the model file. */
  readonly chosen: Readonly<Record<string, unknown>>;
}
