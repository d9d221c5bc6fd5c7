"""Why rows stand out, in words: src/tasks/score/reasons.ts and reason-text.ts."""

import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np

from .js_numbers import number_text, rounded, to_precision
from .model import Model
from .rounding import rounded_text, rounding_of, texts_apart
from .written_dates import column_dates

MOST_REASONS = 3
_NEAREST = ("nearest", "nearest_categories")
# shares of the error from which on a column is a reason, and one whose values must be told apart
_WORTH, _APART = 0.02, 0.1
_CONTROLS = re.compile("[\u0000-\u001f\u007f-\u009f\u2028\u2029]+")
_HIDDEN = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069\ufffe\uffff]")
_KEPT_TEXTS = 4096


@dataclass(frozen=True)
class _Seen:
    """
    Rows as a model sees them, lists of lists, which are faster to look into than arrays: errors of all columns, what was
    there, expected, and most similar in a column.
    """

    errors: list[list[float]]
    numeric: list[list[float]]
    categories: list[list[str]]
    reconstruction: list[list[float]] | None
    reconstruction_categories: list[list[str]] | None
    nearest: list[list[float]] | None
    nearest_categories: list[list[str]] | None


class _Told(NamedTuple):
    """What is said of a column of a row, whether that was not expected, and whether it was held unlikely."""

    text: str
    says: bool
    unlikely: bool


class Reasons:
    """Tells the reasons of rows by a model in the words of a language: `words` are `reason_words()` of it."""

    def __init__(self, model: Model, words: dict[str, str]):
        self._model = model
        self._words = words
        columns = model.numeric + model.categories
        source = model.metadata["source"]
        self._names = [plain_text(column["name"]) for column in columns]
        self._never_missing = [column["name"] in model.never_missing for column in columns]
        profiles = model.metadata["profile"]["numeric"]
        self._tellers = [
            _DateTeller(source, column, profile)
            if column["type"] == "date"
            else _NumberTeller(profile)
            for column, profile in zip(model.numeric, profiles)
        ]
        self._probability = _probability_of(model.metadata)
        self._value = lru_cache(_KEPT_TEXTS)(self._value_text)

    def of(self, numeric: np.ndarray, categories: np.ndarray) -> list[list[str]]:
        """
        For each of some rows, float64 [rows, p] and strings [rows, q], the columns that contribute most to its error, the
        greatest first, three at most.
        """
        if len(numeric) == 0:
            return []
        found = self._explained(numeric, categories)
        errors = found["error"].astype(np.float64)
        gaps = np.concatenate([np.isnan(numeric), categories == ""], axis=1)
        gone = (gaps & np.array(self._never_missing)).tolist()
        # in the order of the columns, as the sums of one row after another are
        total = np.add.accumulate(np.maximum(0, errors), axis=1)[:, -1:]
        shares = np.divide(errors, total, out=np.zeros_like(errors), where=total > 0).tolist()
        order = np.argsort(-errors, axis=1, kind="stable").tolist()
        seen = _Seen(
            errors.tolist(),
            numeric.tolist(),
            categories.tolist(),
            *(
                found[name].tolist() if name in found else None
                for name in ("reconstruction", "reconstruction_categories", *_NEAREST)
            ),
        )
        return [self._row(seen, i, order[i], shares[i], gone[i]) for i in range(len(numeric))]

    def _explained(self, numeric: np.ndarray, categories: np.ndarray) -> dict[str, np.ndarray]:
        names = ["error", "reconstruction", "reconstruction_categories", *_NEAREST]
        given = [name for name in names if name in self._model.outputs]
        return self._model.run(given, numeric, categories)

    def _row(
        self, seen: _Seen, i: int, order: list[int], shares: list[float], gone: list[bool]
    ) -> list[str]:
        # what stands in for a cell that is missing as none was in training may be why the others do not fit
        last = [j for j in order if gone[j]][: MOST_REASONS - 1]
        told = [self._told(seen, i, j, shares[j]).text for j in last]
        others: list[str] = []
        for j in order:
            if len(others) == MOST_REASONS - len(told) or not shares[j] >= _WORTH:
                break
            if gone[j]:
                continue
            found = self._told(seen, i, j, shares[j])
            # what is the likeliest of many may still be unlikely
            if found.says or (found.unlikely and not others):
                others.append(found.text)
        return others + told

    def _told(self, seen: _Seen, i: int, j: int, share: float) -> _Told:
        p = len(self._tellers)
        if j >= p:
            return self._category(seen, i, j - p, seen.errors[i][j])
        near = seen.nearest and seen.nearest[i][j]
        expected, actual, similar = self._tellers[j].texts(
            seen.reconstruction[i][j], seen.numeric[i][j], near, share
        )
        return _Told(self._text(j, expected, actual, similar), expected != actual, False)

    def _category(self, seen: _Seen, i: int, k: int, error: float) -> _Told:
        actual, expected = seen.categories[i][k], seen.reconstruction_categories[i][k]
        probability = None if actual == "" else self._probability(error)
        column = len(self._tellers) + k
        says = expected != actual
        if probability is not None and not says:
            shown = {"column": self._names[column], "actual": self._value(actual)}
            percent = number_text(to_precision(100 * probability, 2))
            text = self._words["unlikely"].format(**shown, percent=percent)
        else:
            similar = seen.nearest_categories and seen.nearest_categories[i][k]
            text = self._text(column, expected, actual, similar)
        return _Told(text, says, probability is not None and probability < 0.5)

    def _text(self, column: int, expected: str, actual: str, similar: str | None) -> str:
        parts = {
            "column": self._names[column],
            "actual": self._value(actual),
            "expected": self._value(expected),
        }
        if similar is None:
            return self._words["expected"].format(**parts)
        return self._words["similar"].format(**parts, similar=self._value(similar))

    def _value_text(self, value: str) -> str:
        if value == "":
            return self._words["missing"]
        if value == self._words["otherCategory"]:
            return self._words["other"]
        return plain_text(value)


class _NumberTeller:
    """Tells numbers of a column with the digits that its spread has."""

    def __init__(self, profile: dict[str, Any]):
        rounding = rounding_of(profile)
        self._text = lru_cache(_KEPT_TEXTS)(
            lambda value, expected: rounded_text(value, rounding, expected)
        )

    def texts(
        self, expected: float, actual: float, near: float | None, share: float
    ) -> tuple[str, str, str | None]:
        there, here = self._text(expected, True), self._text(actual, False)
        # where the column counts much, the values differ by less than the column is wide
        if there == here and share >= _APART:
            there, here = texts_apart(expected, actual)
        return there, here, None if near is None else self._text(near, False)


class _DateTeller:
    """Tells dates as their column writes them, days where all were whole."""

    def __init__(self, source: dict[str, Any], column: dict[str, Any], profile: dict[str, Any]):
        write = column_dates(source, column["name"])
        whole = rounding_of(profile).whole
        self._text = lru_cache(_KEPT_TEXTS)(
            lambda days: "" if math.isnan(days) else write(rounded(days) if whole else days)
        )

    def texts(
        self, expected: float, actual: float, near: float | None, share: float
    ) -> tuple[str, str, str | None]:
        return self._text(expected), self._text(actual), None if near is None else self._text(near)


def _probability_of(metadata: dict[str, Any]) -> Callable[[float], float | None]:
    """What the error of a category tells of its probability: nothing where it was measured against others."""
    options = metadata["training"]["options"]
    score = options.get("score")
    if metadata["kind"] == "ensemble" or options.get("keep") == "pca":
        return lambda error: None
    if score == "absolute":
        return lambda error: 1 - error
    if score in ("standardised", "mahalanobis"):
        return lambda error: None
    return lambda error: math.exp(-error)


def plain_text(text: str, most: int = 60) -> str:
    """Text from data as it can be shown: one line without control characters, cut where it is long."""
    line = _HIDDEN.sub("", _CONTROLS.sub(" ", text))
    return line if len(line) <= most else f"{line[: most - 1]}…"

