"""How numbers of a column are rounded for a person: src/tasks/score/rounding.ts."""

import math
from dataclasses import dataclass
from typing import Any

from .js_numbers import number_text, rounded, to_fixed, to_precision

_MOST_DECIMALS = 12


@dataclass(frozen=True)
class Rounding:
    """Decimals of what was there, steps of what was expected, and whether all values were whole."""

    decimals: int
    step: float
    whole: bool


def rounding_of(profile: dict[str, Any]) -> Rounding:
    """The rounding of a column, by the values and the decimals that it had in training."""
    low, middle, high = profile["deciles"]
    minimum, maximum = profile["minimum"], profile["maximum"]
    width = (high - low) or (maximum - minimum) or abs(middle) or 1
    exponent = math.floor(math.log10(width / 1000))
    edges = profile.get("bins", {}).get("edges", [])
    decimals = min(_decimals_of(edges), max(0, -exponent))
    whole = all(float(value).is_integer() for value in [minimum, maximum, *edges])
    return Rounding(decimals, 10.0 ** max(exponent, -decimals), whole)


def _decimals_of(values: list[float]) -> int:
    """Decimals that nearly all of some values can do with."""
    if not values:
        return _MOST_DECIMALS
    counts = sorted(_own_decimals(value) for value in values)
    return counts[math.floor(0.8 * (len(counts) - 1))]


def _own_decimals(value: float) -> int:
    # toFixed leaves numbers from 1e21 on as they are
    if abs(value) >= 1e21:
        return 0
    return next(
        (some for some in range(_MOST_DECIMALS) if to_fixed(value, some) == value), _MOST_DECIMALS
    )


def rounded_text(value: float, rounding: Rounding, expected: bool = False) -> str:
    """A number as text, "" where it is missing; what was expected has three digits of its own at least."""
    if math.isnan(value):
        return ""
    if abs(value) >= 1e15:
        return number_text(to_precision(value, 4))
    own = 10.0 ** (math.floor(math.log10(max(1.0, abs(value)))) - 2)
    unit = min(rounding.step, own)
    told = rounded(value / unit) * unit if expected and unit >= 1 else value
    text = number_text(to_fixed(told, rounding.decimals))
    return text


def texts_apart(expected: float, actual: float) -> tuple[str, str]:
    """Two numbers in words, with as many digits as tell them apart, at least four."""
    for digits in range(4, 16):
        one, other = (number_text(to_precision(value, digits)) for value in (expected, actual))
        if one != other or math.isnan(actual):
            break
    return one, other
