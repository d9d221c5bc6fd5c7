"""Columns by the names that a person or a model calls them (src/data/terms/find.ts)."""

import re

from .failures import Failure
from .nearest import nearest

_SHOWN = 20


def find_column(names: list[str], column: str, path: str, code: str = "column_unknown") -> int:
    """
    The place of a column that a person called by name, or by number from 1 where no name is that number. Raises
    `column_unknown`, or `label_missing` where that is the `code`.
    """
    place = _place_of(names, column)
    if place is None:
        shown = ", ".join(names[:_SHOWN]) + (", ..." if len(names) > _SHOWN else "")
        raise Failure(code, path=path, column=column, nearest=nearest(column, names) or "", columns=shown)
    return place


def _place_of(names: list[str], column: str) -> int | None:
    if column in names:
        return names.index(column)
    loose = [place for place, name in enumerate(names) if name.lower() == column.lower()]
    if len(loose) == 1:
        return loose[0]
    numbered = re.fullmatch(r"[1-9]\d*", column, re.ASCII) and int(column) <= len(names)
    return int(column) - 1 if numbered else None


def missing_column(path: str, column: str, names: list[str], used: list[str]) -> Failure:
    """What to say of a column that a model needs and data lack: none that the model has a use for can be the one."""
    closest = nearest(column, [name for name in names if name not in used])
    if closest is None:
        return Failure("column_absent", path=path, column=column)
    return Failure("column_missing", path=path, column=column, nearest=closest)
