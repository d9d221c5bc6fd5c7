"""Where rows go: a folder of files that Spark writes, or a table of its catalogue."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from .failures import Failure

if TYPE_CHECKING:
    from pyspark.sql import Column, DataFrame, SparkSession

# what a finished job of Spark leaves in a folder
_FINISHED = "_SUCCESS"
_OPTIONS: dict[str, dict[str, Any]] = {
    "csv": {"header": True, "escape": '"', "nullValue": "", "emptyValue": ""},
    "json": {"ignoreNullFields": False},
    "parquet": {},
}


def write_counted(
    spark: "SparkSession",
    frame: "DataFrame",
    output: dict[str, Any],
    counts: Sequence["Column"],
    without: str | None = None,
) -> dict[str, Any]:
    """
    Writes a DataFrame to {"path", "format", "overwrite"} or {"table", "overwrite"}, and gives aggregates of its rows by their
    names, from the same pass; a column `without` is counted and not written. What exists is replaced with "overwrite" alone, a folder only where Spark wrote it. Throws
    `cluster_exists` and `cluster_foreign`.
    """
    from pyspark.sql import Observation

    counted = Observation()
    observed = frame.observe(counted, *counts)
    _write(spark, observed if without is None else observed.drop(without), output)
    return counted.get


def _write(spark: "SparkSession", frame: "DataFrame", output: dict[str, Any]) -> None:
    place = output.get("table") or output["path"]
    mode = "overwrite" if output["overwrite"] else "error"
    try:
        if "table" in output:
            frame.write.mode(mode).saveAsTable(output["table"])
            return
        if output["overwrite"]:
            _check_ours(spark, output["path"])
        format = output["format"]
        frame.write.mode(mode).options(**_OPTIONS[format]).format(format).save(output["path"])
    except Exception as error:  # classic Spark and Spark Connect have classes of their own
        if _condition(error) in ("PATH_ALREADY_EXISTS", "TABLE_OR_VIEW_ALREADY_EXISTS"):
            raise Failure("cluster_exists", path=place) from error
        raise


def _check_ours(spark: "SparkSession", path: str) -> None:
    """Throws `cluster_foreign` for a folder, or a file, that no job of Spark has finished."""
    if not _is_there(spark, f"{path.rstrip('/')}/{_FINISHED}") and _is_there(spark, path):
        raise Failure("cluster_foreign", path=path)


def _is_there(spark: "SparkSession", path: str) -> bool:
    try:
        # the schema of such files is known, so that only their place is looked at
        _ = spark.read.format("binaryFile").load(path).schema
        return True
    except Exception as error:
        if _condition(error) == "PATH_NOT_FOUND":
            return False
        raise


def _condition(error: Exception) -> str:
    return getattr(error, "getCondition", lambda: None)() or ""
