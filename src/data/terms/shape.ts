/** A column that may tell which rows are normal. */
export interface LikelyLabel {
  readonly column: string;
  /** Its values with their counts, the commonest first; rows without a value are not among them. */
  readonly values: readonly (readonly [value: string, count: number])[];
  /** Share of the rarer rows, those that are not of a normal value. */
  readonly share: number;
  /** What counts as normal: the commonest value, and others whose words say so. */
  readonly normal: readonly string[];
  /** How it was told: by its name, as the last column, or as the one with the rarest value. */
  readonly by: "name" | "last" | "rarest";
}

/** What a table is: rows of keys and times (a panel), rows in time (a series), or rows. */
export interface TableShape {
  readonly kind: "panel" | "series" | "rows";
  /** Columns that name what a row is of, beside its time; of a single series none. */
  readonly key: readonly string[];
  /** Columns that are one to one with the key, such as a code beside a name. */
  readonly alias: readonly string[];
  readonly time: string | null;
  /** The column with the times of the day to the days of `time`. */
  readonly clock: string | null;
  /** How many different keys and times there are. */
  readonly keys: number;
  readonly times: number;
  /** The commonest difference of consecutive times: in days of dates, else in the unit of the column. */
  readonly step: number | null;
  /** Whether nearly all differences are that one. */
  readonly even: boolean;
  /** Columns that may be the label, the likeliest first. */
  readonly labels: readonly LikelyLabel[];
  /** Features with a heavy upper tail. */
  readonly tails: readonly string[];
  /** Features most of whose numbers are 0, with the share of these. */
  readonly zeros: readonly (readonly [column: string, share: number])[];
  /** Category features with very many values, and how many. */
  readonly categories: readonly (readonly [column: string, distinct: number])[];
}
