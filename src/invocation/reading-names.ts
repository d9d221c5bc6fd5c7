/** Options that say what columns are for, by their names on the command line. */
export const roleNames: readonly string[] = [
  ...["label", "features", "ignore", "id", "weight", "time", "group"],
];

/** Options that say how data are read. */
export const readingNames: readonly string[] = [
  ...["delimiter", "decimal", "thousands", "encoding", "dates", "number", "zone", "missing"],
  ...["notMissing", "types", "header", "footer", "strict", "sheet", "query", "array"],
  ...["labelArray", "labels", "content", "size", "fit", "channels", "range", "pages"],
  ...["skipBroken", "window", "stride", "memoryLimit", "tempDirectory"],
];
