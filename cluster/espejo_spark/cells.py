"""Cells of Arrow record batches as numbers and categories, exactly as Espejo's Node side reads the same data."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.types as of

from .dates import DateReader, typed_days
from .failures import Failure
from .find import find_column, missing_column
from .marks import Marks, marks_of
from .numbers import NumberReader, typed_numbers
from .rules import RULES
from .texts import distinct, is_date, is_nested, is_number, plain_array, trimmed, truth, written
from .zones import Zone

_GREATEST = RULES["numbers"]["greatest"]


@dataclass
class Cells:
    """What a batch of rows holds; the arrays are the receiver's own."""

    numeric: np.ndarray
    """float64 [rows, p]; NaN = missing, dates in days since 1970-01-01."""
    categories: np.ndarray
    """Texts, object [rows, q]; "" = missing."""
    text: dict[str, list[str]]
    """The columns that were asked for, as written and trimmed; "" = missing."""
    unread: np.ndarray
    """Cells of each numeric column that hold what it cannot, and are missing in `numeric`: int64 [p]."""
    unread_example: list[str | None]
    """The first of these cells in each numeric column, as written."""
    unread_rows: np.ndarray
    """Where these cells are: bool [rows, p]."""

    @property
    def rows(self) -> int:
        """How many rows there are."""
        return len(self.numeric)


class Reading:
    """
    Reads the features of a model. `columns` are its `espejo.columns`, `source` its `espejo.source`, `schema` that of
    the data. Holds plain values and may travel to workers. Infinite numbers, and those that are too great to compute
    with, are cells that cannot be read unless a mark says that they are missing. Raises `column_absent` or
    `column_missing` for a feature that the data lack, `cluster_nested` for one whose cells hold several values,
    `cluster_layout` for a way to write numbers or dates that is not known, `cluster_zone` for a place without clocks.
    """

    def __init__(self, columns: list[dict], source: dict, schema: pa.Schema, path: str = "DATA"):
        self._plans = {column["name"]: column for column in columns}
        features = [column for column in columns if column["role"] == "feature"]
        self.numeric: list[str] = [each["name"] for each in features if each["input"] == "numeric"]
        self.categories: list[str] = [each["name"] for each in features if each["input"] == "categories"]
        self._marks: Marks = marks_of(source)
        self._truths = "numbers" in source
        zone = Zone(source["zone"]) if source.get("zone") else None
        self._zone = zone
        self._path = path
        self._check(schema, [each["name"] for each in features])
        self._numbers: dict[str, NumberReader] = {}
        self._dates: dict[str, DateReader] = {}
        usual = {"decimal": source.get("decimal", "."), "thousands": source.get("thousands", "none")}
        for name in self.numeric:
            if self._plans[name]["type"] == "date":
                ways = source.get("layouts", {}).get(name, ["yyyy-mm-dd"])
                self._dates[name] = DateReader(name, ways, zone if _is_timed(name, ways, source) else None)
            else:
                style = source.get("numbers", {}).get(name, usual)
                self._numbers[name] = NumberReader(name, style, self._marks.texts)

    @property
    def needs(self) -> list[str]:
        """The columns of the data that are read, those that become numbers first."""
        return [*self.numeric, *self.categories]

    def cells(self, batch: pa.RecordBatch, text: Iterable[str] = ()) -> Cells:
        """The cells of a batch: its features, and the columns `text` as they are written."""
        rows, p = batch.num_rows, len(self.numeric)
        cells = Cells(
            numeric=np.empty((rows, p)),
            categories=np.empty((rows, len(self.categories)), object),
            text={name: self._written(batch, name) for name in text},
            unread=np.zeros(p, np.int64),
            unread_example=[None] * p,
            unread_rows=np.zeros((rows, p), bool),
        )
        for j, name in enumerate(self.numeric):
            self._read_numeric(self._column(batch, name), name, j, cells)
        for j, name in enumerate(self.categories):
            cells.categories[:, j] = self._categories(self._column(batch, name), name)
        return cells

    def _check(self, schema: pa.Schema, features: list[str]) -> None:
        names = schema.names
        for name in features:
            if name not in names:
                raise missing_column(self._path, name, names, list(self._plans))
            refuse_nested(name, schema.field(names.index(name)).type, self._path)

    def _read_numeric(self, column: pa.Array, name: str, j: int, cells: Cells) -> None:
        values, bad = self._days(column, name) if name in self._dates else self._values(column, name)
        if bad is not None and bad.any():
            rows = np.flatnonzero(bad)
            told = trimmed(written(column.take(pa.array(rows))))
            rows = rows[~self._marks.among(told).to_numpy(zero_copy_only=False)]
            self._leave_out(cells, j, column, rows)
        to = cells.numeric[:, j]
        to[:] = values
        # one comparison of all cells is far cheaper than to look for what hardly ever comes
        if not of.is_integer(column.type) and np.fmax.reduce(np.abs(values), initial=0.0) >= _GREATEST:
            great = np.abs(values) >= _GREATEST
            stated = np.isin(values, self._marks.numbers)
            stated |= np.isinf(values) & self._marks.infinite
            self._leave_out(cells, j, column, np.flatnonzero(great & ~stated))
            to[great] = np.nan
        for number in self._marks.numbers:
            to[values == number] = np.nan

    def _leave_out(self, cells: Cells, j: int, column: pa.Array, rows: np.ndarray) -> None:
        """Counts cells that could not be read, and keeps the first."""
        if len(rows) == 0:
            return
        cells.unread[j] += len(rows)
        cells.unread_rows[rows, j] = True
        first = trimmed(written(column.slice(int(rows[0]), 1)))[0].as_py()
        cells.unread_example[j] = cells.unread_example[j] or first

    def _values(self, column: pa.Array, name: str) -> tuple[np.ndarray, np.ndarray | None]:
        """A column of numbers, NaN where there is none, and which cells are no number."""
        if is_number(column.type):
            return typed_numbers(column), None
        return self._numbers[name].read(written(column))

    def _days(self, column: pa.Array, name: str) -> tuple[np.ndarray, np.ndarray | None]:
        """A column of dates as days, NaN where there is none, and which cells are no date."""
        if is_date(column.type):
            return typed_days(column, self._zone), None
        reader = self._dates[name]
        counted = reader.counts(column) if is_number(column.type) else None
        if counted is not None:
            absent = column.is_null().to_numpy(zero_copy_only=False)
            return counted, np.isnan(counted) & ~absent
        if of.is_string(column.type):
            days = reader.read(column)
        else:
            values, places = distinct(column)
            days = np.append(reader.read(written(values)), np.nan)[places]
        return days, np.isnan(days) & column.is_valid().to_numpy(zero_copy_only=False)

    def _texts(self, column: pa.Array, name: str) -> tuple[pa.Array, np.ndarray]:
        """
        The different texts of a column, trimmed, and for each cell the place of its own, -1 where there is none.
        Whether a column is one of trues and falses, which a file shows at its head, is told by its type here.
        """
        values, places = distinct(column)
        texts = written(values)
        if self._truths and self._plans.get(name, {}).get("type") == "boolean":
            texts = truth(texts)
        return trimmed(texts), places

    def _categories(self, column: pa.Array, name: str) -> np.ndarray:
        texts, places = self._texts(column, name)
        known = texts.to_numpy(zero_copy_only=False)
        known[self._marks.among(texts).to_numpy(zero_copy_only=False)] = ""
        return np.append(known, "")[places]

    def _written(self, batch: pa.RecordBatch, name: str) -> list[str]:
        texts, places = self._texts(self._column(batch, name), name)
        return np.append(texts.to_numpy(zero_copy_only=False), "")[places].tolist()

    def _column(self, batch: pa.RecordBatch, name: str) -> pa.Array:
        names = batch.schema.names
        place = names.index(name) if name in names else find_column(names, name, self._path)
        column = plain_array(batch.column(place))
        refuse_nested(name, column.type, self._path)
        return column


def refuse_nested(name: str, kind: pa.DataType, path: str) -> None:
    """Raises `cluster_nested` for a column whose cells are no single value."""
    if is_nested(kind):
        raise Failure("cluster_nested", path=path, column=name, type=str(kind))


def _is_timed(name: str, ways: list[str], source: dict) -> bool:
    """Whether the times of a column are of the clocks of the stated zone where they say nothing else."""
    own = [way for way in ways if way in RULES["counts"]["units"] or way.endswith("Z")]
    if own or name in source.get("clocks", {}):
        return True
    # models from before clocks were kept do not tell; of later ones none has such a column
    zoned = any(way.endswith("Z") for each in source.get("layouts", {}).values() for way in each)
    return "clocks" not in source and not zoned
