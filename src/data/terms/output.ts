/** A column of rows that are written. */
export interface OutputColumn {
  readonly name: string;
  /** "float" is single precision: written with the digits that tell it apart, no more. */
  readonly type: "double" | "float" | "integer" | "text" | "boolean";
}

/** Rows column by column. NaN, null and undefined are written as missing. */
export interface OutputBatch {
  readonly rows: number;
  /** One for each output column, at least `rows` long; booleans may be 0 and 1. */
  readonly columns: readonly ArrayLike<string | number | boolean | null | undefined>[];
}

/** Batches of rows, one after the other. */
export type OutputBatches = AsyncIterable<OutputBatch> | Iterable<OutputBatch>;
