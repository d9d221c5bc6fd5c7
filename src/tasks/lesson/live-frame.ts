/** Rows of a table as a network in training sees them, after an epoch: `live.json` of a run. */
export interface LiveFrame {
  readonly epoch: number;
  /** Epochs that there are at most, and those without a gain after which it ends; 0: none. */
  readonly epochs: number;
  readonly patience: number;
  /** Source columns that are rebuilt. */
  readonly columns: readonly { readonly name: string; readonly type: LiveType }[];
  /** A few rows that do not train, always the same: what they hold, and what is made of them. */
  readonly rows: readonly LiveRow[];
  /** Where codes lie in the plane; null where too few rows are there. */
  readonly map: LiveMap | null;
}

/** Dates are days since 1970-01-01. */
export type LiveType = "number" | "date" | "category";

export interface LiveRow {
  /** From 0, in the source. */
  readonly row: number;
  readonly cells: readonly {
    /** null where it is missing. */
    readonly actual: number | string | null;
    readonly rebuilt: number | string | null;
  }[];
}

export interface LiveMap {
  /**
   * What the axes are: the only latent variable over the place of the row in the source, both latent variables, two
   * directions of several, or, of the ensemble, the codes of its network that has two.
   */
  readonly axes: "line" | "latent" | "components" | "member";
  readonly points: readonly (readonly [number, number])[];
  /** Rows of the points, from 0. */
  readonly rows: readonly number[];
  /** 1 for rows that a label calls anomalies, else 0; null where no label is known. */
  readonly odd: readonly number[] | null;
}
