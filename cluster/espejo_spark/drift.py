"""What is seen of rows that are scored: all that src/tasks/score/drift-notes.ts needs to tell how they differ from those
that trained, counted in each partition and merged."""

import pickle
from collections.abc import Iterable
from typing import Any

import numpy as np

from .cells import Cells
from .model import Model

_SEED = 42


class Tally:
    """Counts the rows of a partition; `share` of them are kept to see how columns are distributed, drawn by its number."""

    def __init__(self, model: Model, share: float, twins: bool, partition: int):
        profile = model.metadata["profile"]
        p, q = len(model.numeric), len(model.categories)
        self._low = np.array([known["minimum"] for known in profile["numeric"]])
        self._high = np.array([known["maximum"] for known in profile["numeric"]])
        self._known = [frozenset(known["values"]) for known in profile["categories"]]
        self._share = share
        self._random = np.random.default_rng([_SEED, partition])
        self.seen: dict[str, Any] = {
            "rows": 0,
            "missing": np.zeros(p + q, np.int64),
            # outside of the range of training, or not among its values
            "strange": np.zeros(p + q, np.int64),
            "minimum": np.full(p, np.inf),
            "maximum": np.full(p, -np.inf),
            # two different values of a category at most: more are not told apart
            "values": [[] for _ in range(q)],
            "twins": _pairs(p, q) if twins else [],
            "numeric": [],
            "categories": [],
        }

    def add(self, cells: Cells) -> None:
        """Takes rows."""
        seen, numeric, categories = self.seen, cells.numeric, cells.categories
        p = numeric.shape[1]
        seen["rows"] += len(numeric)
        gaps = np.concatenate([np.isnan(numeric), categories == ""], axis=1)
        seen["missing"] += gaps.sum(axis=0)
        # what is compared with no number is false
        seen["strange"][:p] += ((numeric < self._low) | (numeric > self._high)).sum(axis=0)
        np.fmin(seen["minimum"], np.fmin.reduce(numeric, axis=0, initial=np.inf), out=seen["minimum"])
        np.fmax(seen["maximum"], np.fmax.reduce(numeric, axis=0, initial=-np.inf), out=seen["maximum"])
        for j, known in enumerate(self._known):
            values, counts = np.unique(categories[:, j].astype(str), return_counts=True)
            there = [(str(value), count) for value, count in zip(values, counts) if value != ""]
            seen["strange"][p + j] += sum(count for value, count in there if value not in known)
            seen["values"][j] = _first_two(seen["values"][j], [value for value, _ in there])
        seen["twins"] = [pair for pair in seen["twins"] if _alike(numeric, categories, *pair)]
        kept = self._random.random(len(numeric)) < self._share
        seen["numeric"].append(numeric[kept])
        seen["categories"].append(categories[kept])

    def summary(self) -> bytes:
        """What was seen, for `merged`."""
        joined = {name: np.concatenate(self.seen[name]) for name in ("numeric", "categories")}
        return pickle.dumps({**self.seen, **joined})


def merged(model: Model, summaries: Iterable[bytes]) -> dict[str, Any]:
    """What was seen in all partitions, as `RowsSeen` of drift-notes.ts is in JSON; samples by column."""
    parts = [pickle.loads(bytes(each)) for each in summaries]
    p, q = len(model.numeric), len(model.categories)
    if not parts:
        return {"rows": 0, "numbers": [], "texts": [], "twins": [[], []]}
    missing, strange = (sum(part[name] for part in parts) for name in ("missing", "strange"))
    low = np.min([part["minimum"] for part in parts], axis=0)
    high = np.max([part["maximum"] for part in parts], axis=0)
    numeric, categories = (
        np.concatenate([part[name] for part in parts]) for name in ("numeric", "categories")
    )
    numbers = [
        {
            "missing": int(missing[j]),
            "outside": int(strange[j]),
            # none of a column without a value
            "minimum": _finite(low[j]),
            "maximum": _finite(high[j]),
            "sample": [_finite(value) for value in numeric[:, j].tolist()],
        }
        for j in range(p)
    ]
    texts = []
    for j in range(q):
        values: list[str] = []
        for part in parts:
            values = _first_two(values, part["values"][j])
        only = {"only": values[0]} if len(values) == 1 else {}
        counts = {"missing": int(missing[p + j]), "unseen": int(strange[p + j])}
        texts.append({**counts, **only, "sample": categories[:, j].tolist()})
    pairs = set.intersection(*({*part["twins"]} for part in parts))
    return {
        "rows": sum(part["rows"] for part in parts),
        "numbers": numbers,
        "texts": texts,
        "twins": [
            _firsts(sorted((i, j) for kind, i, j in pairs if kind == which)) for which in (0, 1)
        ],
    }


def _finite(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None


def _first_two(known: list[str], more: list[str]) -> list[str]:
    return sorted({*known, *more})[:2]


def _pairs(p: int, q: int) -> list[tuple[int, int, int]]:
    """All pairs of columns of numbers (0) and of categories (1)."""
    return [
        (kind, i, j) for kind, count in ((0, p), (1, q)) for i in range(count) for j in range(i + 1, count)
    ]


def _alike(numeric: np.ndarray, categories: np.ndarray, kind: int, i: int, j: int) -> bool:
    if kind == 1:
        return bool((categories[:, i] == categories[:, j]).all())
    return np.array_equal(numeric[:, i], numeric[:, j], equal_nan=True)


def _firsts(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Of pairs among columns that are all equal, each column with the first of them."""
    followers = {j for _, j in pairs}
    return [(i, j) for i, j in pairs if i not in followers]
