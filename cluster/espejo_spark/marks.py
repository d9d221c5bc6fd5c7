"""Cells that stand for a missing value."""

import re
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from .rules import RULES

_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?", re.ASCII)
_INFINITE = re.compile(r"[+-]?inf(inity)?", re.IGNORECASE | re.ASCII)


@dataclass(frozen=True)
class Marks:
    """Texts, and numbers that are compared by value; where `infinite`, infinite values are missing ones."""

    texts: pa.Array
    numbers: tuple[float, ...]
    infinite: bool

    def among(self, texts: pa.Array) -> pa.Array:
        """Whether each of some trimmed texts is a mark."""
        return pc.is_in(texts, value_set=self.texts)


def marks_of(source: dict) -> Marks:
    """The marks in force for data that are read as `espejo.source` says: the usual ones, and those that it names."""
    stated = [mark.strip() for mark in source.get("missing", ())]
    kept = set(source.get("notMissing", ()))
    texts = [mark for mark in dict.fromkeys([*RULES["marks"], *stated]) if mark not in kept]
    return Marks(
        pa.array(texts, pa.string()),
        tuple(float(mark) for mark in stated if _NUMBER.fullmatch(mark)),
        any(_INFINITE.fullmatch(mark) for mark in stated),
    )
