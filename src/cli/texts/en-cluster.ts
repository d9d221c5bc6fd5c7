/** What commands on a cluster say, in English. */
export const enCluster = {
  "help.cluster": "Cluster:",
  "clusterTrain.about": "train a model on Apache Spark, on data that one machine does not hold",
  "argument.clusterData":
    "files that the workers can read: a path, a pattern in quotes, s3a://, hdfs://, ...",
  "option.master":
    "as spark-submit takes it: local[*] (by default), spark://host:7077, yarn, k8s://...",
  "option.connect": "Spark Connect: sc://host:15002",
  "option.conf": "a setting of Spark, key=value; may be repeated",
  "option.python": "the Python that has pyspark (ESPEJO_PYTHON, else python3)",
  "option.table": "a table or view of Spark's catalogue instead of DATA",
  "option.sql": "a query of Spark SQL instead of DATA",
  "option.partitions":
    "parts that the rows are dealt to, each trained by a task; another number is another training (1 up to 20,000 rows, else one for 250,000, at least 4)",
  "option.localSteps":
    "steps of each partition between two averages (by default one pass over its rows)",
  "option.sparkLog": "a file for all that Spark says",
  "option.frame": "the streams of a program that holds the data",
  "cluster.at": "Spark {spark} at {place}",
  "cluster.table":
    "{path}: {rows} rows, {features} features ({numeric} numeric, {categories} categories)",
  "cluster.waiting":
    "for {seconds} s no worker has taken a task: is the address right, and are there workers with free cores and memory?",
  "cluster.sample": "types and roles are those of a sample of {rows} rows",
  "cluster.phase.sample": "{rows} rows counted, some of them looked at: {seconds} s",
  "cluster.phase.read": "{rows} rows read and dealt: {seconds} s, {speed} rows a second",
  "cluster.phase.count": "{rows} rows counted: {seconds} s, {speed} rows a second",
  "cluster.phase.prepare": "{rows} rows prepared: {seconds} s, {speed} rows a second",
  "cluster.phase.rounds": "trained {seconds} s, {speed} rows a second",
  "cluster.phase.scores": "rows that did not train scored: {seconds} s",
} as const;
