import type { Table } from "../../data/terms/table.ts";
import type { TrainOptions } from "./train-options.ts";

/** Options of training on a table. */
export interface TrainTableOptions extends TrainOptions {
  /** What the rows should become: a table of clean rows beside noisy ones, in the same order. */
  readonly clean?: Table;
  /** The rows that train are all normal, as they are where a label is named: the ensemble then trusts them. */
  readonly normalOnly?: boolean;
  /** The ensemble keeps no rows of the data in its file, and scores without likeness to known rows. */
  readonly private?: boolean;
  /** PCA in the place of a training: its weights in a linear network. */
  readonly pca?: boolean;
}
