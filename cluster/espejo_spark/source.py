"""From what a person names to a DataFrame: files, a table, a query, or the frame of a notebook."""

from .failures import Failure

_BY_END = {
    "parquet": (".parquet", ".pq"),
    "orc": (".orc",),
    "json": (".json", ".jsonl", ".ndjson"),
    "csv": (".csv", ".tsv", ".txt", ".dat"),
}
_PACKED = (".gz", ".bz2", ".zst", ".lz4", ".snappy")


def format_of(path: str) -> str | None:
    """What a path says that its files are; None where it says nothing."""
    name = path.rstrip("/").lower()
    for end in _PACKED:
        name = name.removesuffix(end)
    for format, ends in _BY_END.items():
        if name.endswith(ends):
            return format
    return None


def frame_of(spark, data: dict):
    """
    `data` is {"path", "format"?, "csv"?: {delimiter, encoding, quote, header, names}}, {"table"} or {"sql"}.
    Throws `cluster_format` for files that Spark does not read here.
    """
    if "table" in data:
        return spark.read.table(data["table"])
    if "sql" in data:
        return spark.sql(data["sql"])
    path = data["path"]
    format = data.get("format") or format_of(path) or "parquet"
    if format == "csv":
        return _csv(spark, path, data["csv"])
    if format not in _BY_END:
        raise Failure("cluster_format", path=path)
    return spark.read.format(format).load(path)


def _csv(spark, path: str, csv: dict):
    """All cells as text, under the names that Node gave them."""
    reader = (
        spark.read.option("sep", csv["delimiter"])
        .option("encoding", csv["encoding"])
        .option("quote", csv["quote"])
        .option("escape", csv["quote"])
        .option("header", csv["header"])
        # a line with more or fewer cells is said, not filled up
        .option("mode", "FAILFAST")
        .option("enforceSchema", "true")
        .option("ignoreLeadingWhiteSpace", "false")
        .option("ignoreTrailingWhiteSpace", "false")
        .option("emptyValue", "")
        .option("nullValue", "")
    )
    from pyspark.sql.types import StringType, StructField, StructType

    names = csv["names"]
    return reader.schema(
        StructType([StructField(name, StringType()) for name in names])
    ).csv(path)


def head_of(spark, path: str, lines: int) -> list[str]:
    """The first lines of text files, each byte as the character of its number, so that none is lost."""
    reader = (
        spark.read.option("encoding", "ISO-8859-1")
        .option("sep", "\u0001")
        .option("quote", "")
        .option("header", "false")
        .schema("line string")
    )
    return [row.line or "" for row in reader.csv(path).limit(lines).collect()]
