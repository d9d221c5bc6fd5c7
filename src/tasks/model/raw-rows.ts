/** Raw rows as a model takes them. */
export interface RawRows {
  readonly rows: number;
  /** Rows of the source before these, for messages. */
  readonly start?: number;
  readonly numeric: Float64Array;
  readonly categories: readonly string[];
  /** Other columns as they are written, one array each. */
  readonly text?: readonly (readonly string[])[];
}
