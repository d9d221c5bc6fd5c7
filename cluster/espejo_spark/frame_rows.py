"""Rows of a DataFrame as a model takes them, wherever Spark has them."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

import pyarrow as pa

from .cells import Cells, Reading

if TYPE_CHECKING:
    from pyspark.sql import DataFrame
    from pyspark.sql.types import StructType

_MOST_ROWS = 8192
_MOST_CELLS = 2**21

Batches = Iterator[pa.RecordBatch]
Work = Callable[[Cells, pa.RecordBatch], list[pa.Array]]

TALLY = "__espejo_tally"


class Tally(Protocol):
    """Counts the rows of a partition."""

    def add(self, cells: Cells) -> None:
        """Takes rows."""

    def summary(self) -> bytes:
        """What was seen of them."""


@dataclass(frozen=True)
class RowSource:
    """How the rows of a DataFrame are read, in batches of so many at most."""

    reading: Reading
    text: tuple[str, ...]
    """Columns that are read as written, too."""
    rows: int

    def cells(self, batches: Iterable[pa.RecordBatch]) -> Iterator[tuple[Cells, pa.RecordBatch]]:
        """The cells of consecutive rows, beside these rows as they came."""
        for batch in batches:
            # parts of nearly one size
            parts = -(-batch.num_rows // self.rows)
            for part in range(parts):
                start, end = (batch.num_rows * (part + k) // parts for k in (0, 1))
                rows = batch.slice(start, end - start)
                yield self.reading.cells(rows, text=self.text), rows


def row_source(
    frame: "DataFrame",
    columns: Sequence[dict[str, Any]],
    source: dict[str, Any],
    text: Sequence[str] = (),
    path: str = "DATA",
) -> RowSource:
    """How rows are read as columns of a source, those of a model, say. Throws what `Reading` does; `path` is for messages."""
    width = sum(column["input"] is not None for column in columns)
    rows = min(_MOST_ROWS, max(64, _MOST_CELLS // max(1, width)))
    reading = Reading(list(columns), source, arrow_schema(frame), path)
    return RowSource(reading, tuple(text), rows)


def naming_columns(columns: Iterable[dict[str, Any]], names: Sequence[str]) -> list[str]:
    """Columns that name rows, of those that are there: ids, then the time."""
    known = [column for column in columns if column["name"] in names]
    return [column["name"] for role in ("id", "time") for column in known if column["role"] == role]


def mapped(
    frame: "DataFrame",
    source: RowSource,
    kept: Sequence[str],
    fields: Sequence[pa.Field],
    make: Callable[[], Work],
) -> "DataFrame":
    """
    A DataFrame of what some work, made anew for each task, gives for rows: columns that are handed on as they are, `kept`,
    then those of `fields`.
    """
    schema = pa.schema(fields)

    def run(batches: Batches) -> Batches:
        work = make()
        for cells, rows in source.cells(batches):
            yield _beside(rows, kept, pa.RecordBatch.from_arrays(work(cells, rows), schema=schema))

    return chosen(frame, source, kept).mapInArrow(run, _result_schema(frame, kept, schema))


def tallied(
    frame: "DataFrame",
    source: RowSource,
    fields: Sequence[pa.Field],
    make: Callable[[], Work],
    tally_of: Callable[[int], Tally],
) -> "DataFrame":
    """
    As `mapped`, with a column `TALLY` behind: null but for the last row of each partition, where it says what was seen of its
    rows by a tally, made for the number of the partition.
    """
    schema = pa.schema([*fields, pa.field(TALLY, pa.binary())])

    def run(batches: Batches) -> Batches:
        from pyspark import TaskContext

        work, tally = make(), tally_of(TaskContext.get().partitionId())
        last: list[pa.Array] | None = None
        for cells, rows in source.cells(batches):
            if last is not None:
                nothing = pa.nulls(len(last[0]), pa.binary())
                yield pa.RecordBatch.from_arrays([*last, nothing], schema=schema)
            tally.add(cells)
            last = work(cells, rows)
        if last is not None:
            told = pa.array([*[None] * (len(last[0]) - 1), tally.summary()], pa.binary())
            yield pa.RecordBatch.from_arrays([*last, told], schema=schema)

    return chosen(frame, source).mapInArrow(run, _result_schema(frame, (), schema))


def _beside(rows: pa.RecordBatch, kept: Sequence[str], own: pa.RecordBatch) -> pa.RecordBatch:
    handed = [rows.column(name) for name in kept]
    return pa.RecordBatch.from_arrays([*handed, *own.columns], names=[*kept, *own.schema.names])


def folded(
    frame: "DataFrame",
    source: RowSource,
    schema: pa.Schema,
    fold: Callable[[Iterator[Cells]], pa.RecordBatch],
) -> "DataFrame":
    """A DataFrame of what the rows of each partition come to."""

    def run(batches: Batches) -> Batches:
        yield fold(cells for cells, _ in source.cells(batches))

    return chosen(frame, source).mapInArrow(run, _result_schema(frame, (), schema))


def chosen(frame: "DataFrame", source: RowSource, kept: Sequence[str] = ()) -> "DataFrame":
    """Only the columns that are read: formats by columns leave out the others."""
    names = dict.fromkeys([*source.reading.needs, *source.text, *kept])
    return frame.select(*(frame[f"`{name.replace('`', '``')}`"] for name in names))


def arrow_schema(frame: "DataFrame") -> pa.Schema:
    """The columns of a DataFrame as workers are handed them."""
    from pyspark.sql.pandas.types import to_arrow_schema

    zone = frame.sparkSession.conf.get("spark.sql.session.timeZone")
    try:
        return to_arrow_schema(frame.schema, timezone=zone)
    except TypeError:  # Spark 4.0 asks for no zone
        return to_arrow_schema(frame.schema)


def _result_schema(frame: "DataFrame", kept: Sequence[str], schema: pa.Schema) -> "StructType":
    from pyspark.sql.pandas.types import from_arrow_schema
    from pyspark.sql.types import StructType

    handed = [frame.schema[name] for name in kept]
    return StructType([*handed, *from_arrow_schema(schema).fields])
