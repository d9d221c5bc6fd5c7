/** What commands that use a model on a cluster say, in English. */
export const enClusterScores = {
  "clusterScore.about": "score rows where Apache Spark has them; Spark writes the rows",
  "clusterEncode.about": "encode rows where Apache Spark has them; Spark writes the codes",
  "clusterEvaluate.about": "judge a model on labelled rows where Apache Spark has them",
  "option.clusterOutput":
    "folder that Spark writes files into; its ending chooses the format: .parquet, .csv, .json or .ndjson",
  "option.outputTable": "a table of Spark's catalogue that is written instead",
  "option.overwrite": "replaces the table, or the folder where Spark wrote it",
  "cluster.open":
    "{rows} {rows:row has|rows have} no verdict: a cell could not be read (column unread)",
  "cluster.counted":
    "of so many rows those are counted together whose scores are nearly equal: the figures hold to four decimals",
} as const satisfies Record<string, string>;
