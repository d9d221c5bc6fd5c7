"""A first look at data: how they are read, how many rows they have, and some of these for Node to detect types from."""

from .failures import Failure
from .source import format_of, head_of

# Rows that types and roles are detected from: all up to so many, of more about as many, drawn by a hash of their values.
_SAMPLED = 50_000


def head_request(session, message: dict, tell) -> dict:
    """The first lines of text files, for Node to find delimiter, encoding and header; none where files have types."""
    data = message["data"]
    path = data.get("path")
    if path is None or (data.get("format") or format_of(path)) != "csv":
        return {"lines": None}
    return {"lines": head_of(session.spark, path, message["lines"])}


def sample_request(session, message: dict, tell) -> dict:
    """
    Writes a sample of rows, in their order, into the file `message["to"]`, as the data are: text files as text between
    their delimiters, all else as Parquet. Gives the number of all rows.
    """
    import pyarrow.csv as text
    import pyarrow.parquet as parquet
    from pyspark.sql import functions as F

    frame = session.frame(message["data"])
    if not frame.columns:
        raise Failure("no_features", path=message["path"])
    rows = frame.count()
    if rows == 0:
        raise Failure("file_empty", path=message["path"])
    sampled = frame
    if rows > _SAMPLED:
        plain = [
            F.col(_quoted(field.name))
            for field in frame.schema.fields
            if not field.dataType.simpleString().startswith(("map", "variant"))
        ]
        share = int(_SAMPLED / rows * 2**31)
        sampled = frame.where(F.xxhash64(*plain).bitwiseAND(2**31 - 1) < share)
    table = sampled.limit(2 * _SAMPLED).toArrow()
    csv = message["data"].get("csv")
    if csv is None:
        parquet.write_table(table, message["to"])
    else:
        options = text.WriteOptions(delimiter=csv["delimiter"], quoting_style="needed")
        text.write_csv(table, message["to"], options)
    return {"rows": rows, "sampled": table.num_rows, "names": frame.columns}


def _quoted(name: str) -> str:
    return "`" + name.replace("`", "``") + "`"


REQUESTS = {"head": head_request, "sample": sample_request}
