"""Cells as text: what is written, and typed values as DuckDB writes them on the Node side."""

from datetime import date

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.types as of

from .rules import RULES


def plain_array(column: pa.Array) -> pa.Array:
    """A column without the ways to store it: no dictionary, texts as `string`, none that begins within another."""
    if of.is_dictionary(column.type):
        column = column.dictionary_decode()
    if of.is_large_string(column.type) or of.is_string_view(column.type):
        column = column.cast(pa.string())
    # `if_else` of Arrow 18 gives wrong letters of a part of a column
    return pa.concat_arrays([column]) if column.offset else column


def is_nested(kind: pa.DataType) -> bool:
    """Whether cells of a type are no single number, date or text."""
    return of.is_nested(kind) or of.is_duration(kind) or of.is_interval(kind) or _is_bytes(kind)


def _is_bytes(kind: pa.DataType) -> bool:
    return (
        of.is_binary(kind)
        or of.is_large_binary(kind)
        or of.is_fixed_size_binary(kind)
        or of.is_binary_view(kind)
    )


def is_number(kind: pa.DataType) -> bool:
    """Whether a type is one of numbers."""
    return of.is_integer(kind) or of.is_floating(kind) or of.is_decimal(kind)


def is_date(kind: pa.DataType) -> bool:
    """Whether a type is one of days or moments."""
    return of.is_date(kind) or of.is_timestamp(kind)


def distinct(column: pa.Array) -> tuple[pa.Array, np.ndarray]:
    """The different values of a column, and for each cell its place among them, -1 where there is none."""
    if of.is_null(column.type):
        return pa.array([], pa.string()), np.full(len(column), -1, np.int32)
    encoded = column.dictionary_encode()
    indices = encoded.indices
    if indices.null_count:
        indices = indices.fill_null(-1)
    return encoded.dictionary, indices.to_numpy(zero_copy_only=False)


def trimmed(texts: pa.Array) -> pa.Array:
    """Texts without the blanks around them."""
    return pc.utf8_trim(texts, characters=RULES["blanksAround"])


def truth(texts: pa.Array) -> pa.Array:
    """True and false in small letters, all else as it is."""
    low = pc.utf8_lower(pc.utf8_trim(texts, characters=" "))
    return pc.if_else(pc.is_in(low, value_set=pa.array(["true", "false"])), low, texts)


def written(values: pa.Array) -> pa.Array:
    """Values of any type but nested ones as a person writes them: whole floating-point numbers without ".0"."""
    kind = values.type
    if of.is_string(kind):
        return values
    if of.is_null(kind):
        return values.cast(pa.string())
    if of.is_float16(kind):
        values = values.cast(pa.float32())
    if of.is_floating(kind):
        return pa.array([_float_text(value) for value in values.to_numpy(False)], pa.string(), mask=_nulls(values))
    if of.is_decimal(kind):
        return pa.array([_decimal_text(value, kind) for value in values.to_pylist()], pa.string())
    if of.is_date(kind):
        return pa.array([_day_text(day) for day in _days(values)], pa.string(), mask=_nulls(values))
    if of.is_timestamp(kind):
        return _moment_texts(values)
    if of.is_time(kind):
        return _short_seconds(values.cast(pa.string()))
    return values.cast(pa.string())


def _nulls(values: pa.Array) -> np.ndarray:
    return values.is_null().to_numpy(zero_copy_only=False)


def _float_text(value: np.floating) -> str:
    size = abs(float(value))
    if size < 1e15 and value == np.trunc(value):
        return str(int(value))
    short = _shortest(value)
    if value.dtype == np.float32:
        # of two texts that are as near DuckDB takes none, and writes all digits
        full = _shortest(np.float64(value))
        between = full.partition("e")[0].endswith("5") and len(full) == len(short) + 1
        return full if between else short
    return short


def _shortest(value: np.floating) -> str:
    """A number with as many digits as tell it from its neighbours."""
    text = np.format_float_scientific(value, unique=True, trim="-", exp_digits=2)
    _, _, exponent = text.partition("e")
    if exponent and -4 <= int(exponent) < 16:
        return np.format_float_positional(value, unique=True, trim="0")
    return text


def _decimal_text(value, kind: pa.DataType) -> str | None:
    if value is None:
        return None
    text = f"{value:f}"
    return text.replace("0.", ".", 1) if kind.precision == kind.scale else text


def _days(values: pa.Array) -> np.ndarray:
    numbers = values.cast(pa.date32()).cast(pa.int32())
    return numbers.fill_null(0).to_numpy(zero_copy_only=False)


_FIRST = date(1970, 1, 1).toordinal()
_ERA_DAYS, _ERA_YEARS = 146_097, 400


def _day_text(day: int) -> str:
    """A day since 1970-01-01 as its date, in years that Python's calendar does not have too."""
    era, ordinal = divmod(int(day) + _FIRST - 1, _ERA_DAYS)
    found = date.fromordinal(ordinal + 1)
    year = found.year + era * _ERA_YEARS
    shown = f"{year if year > 0 else 1 - year:04d}-{found.month:02d}-{found.day:02d}"
    return shown if year > 0 else f"{shown} (BC)"


def _moment_texts(values: pa.Array) -> pa.Array:
    unit = values.type.unit
    per_day = 86_400 * {"s": 1, "ms": 10**3, "us": 10**6, "ns": 10**9}[unit]
    counts = values.cast(pa.int64()).fill_null(0).to_numpy(zero_copy_only=False)
    days, rest = np.divmod(counts, per_day)
    clocks = _short_seconds(pa.array(rest, pa.int64()).cast(pa.timestamp(unit)).cast(pa.string()))
    # a moment is told in UTC
    ending = "" if values.type.tz is None else "+00"
    dates = {day: _day_text(day) for day in np.unique(days)}
    texts = []
    for day, clock in zip(days, clocks.to_pylist()):
        calendar, before, era = dates[day].partition(" (BC)")
        texts.append(f"{calendar}{clock[10:]}{before}{era}{ending}")
    return pa.array(texts, pa.string(), mask=_nulls(values))


def _short_seconds(texts: pa.Array) -> pa.Array:
    """Times without the zeros that end parts of a second."""
    shortened = pc.replace_substring_regex(texts, r"(\.\d*?)0*$", r"\1")
    return pc.replace_substring_regex(shortened, r"\.$", "")
