/** Raw rows as a model takes them. */
export interface RawRows {
  readonly rows: number;
  readonly numeric: Float64Array;
  readonly categories: readonly string[];
}
