"""What rows are called: src/tasks/rows/row-names.ts."""

import re
from collections.abc import Iterable, Sequence

_MOST_COLUMNS, _MOST_SIGNS = 4, 40


def row_name(names: Sequence[str], cells: Iterable[str]) -> str | None:
    """"Angola, AGO, 1975", "ID 17" where a number alone would say nothing; None where nothing names a row."""
    told = []
    for name, written in list(zip(names, cells))[:_MOST_COLUMNS]:
        cell = written.strip()
        if cell == "":
            continue
        shown = cell if len(cell) <= _MOST_SIGNS else f"{cell[: _MOST_SIGNS - 1]}…"
        alone = len(names) == 1 and re.fullmatch(r"[\d\s.,-]+", cell)
        told.append(f"{name} {shown}" if alone else shown)
    return ", ".join(told) or None
