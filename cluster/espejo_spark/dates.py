"""Dates: typed ones, and those that are written as text or numbers, as days since 1970-01-01 with fractions."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.types as of

from .failures import Failure
from .layouts import Layout, layout_of
from .rules import RULES
from .zones import Zone

_DAY = 86_400_000_000
_COUNTS = RULES["counts"]
_ZONES: dict[str, int] = RULES["zones"]
_ROMAN = ["I", "II", "III", "IV"]
_PER_SECOND = {"s": 1, "ms": 10**3, "us": 10**6, "ns": 10**9}


def typed_days(column: pa.Array, zone: Zone | None) -> np.ndarray:
    """Days or moments as days float64 [rows], NaN where there are none; `zone` is that of times without an offset."""
    kind = column.type
    valid = column.is_valid().to_numpy(zero_copy_only=False)
    if of.is_date(kind):
        days = column.cast(pa.date32()).cast(pa.int32()).fill_null(0).to_numpy(zero_copy_only=False)
        micros = days.astype(np.int64) * _DAY
    else:
        per_second = _PER_SECOND[kind.unit]
        counts = column.cast(pa.int64()).fill_null(0).to_numpy(zero_copy_only=False)
        micros = counts * (10**6 // per_second) if per_second <= 10**6 else counts // 1000
        if zone is not None and kind.tz is None:
            micros = micros - zone.offset_of(micros)
    return np.where(valid, micros / _DAY, np.nan)


class DateReader:
    """
    Reads dates of a column in some ways to write them, the first that fits: names of layouts, and of counts such as
    "seconds". `zone` is that of times without an offset. Raises `cluster_layout` for a way that is not known.
    """

    def __init__(self, column: str, ways: list[str], zone: Zone | None):
        self._zone = zone
        self._ways: list[str | Layout] = []
        for name in ways:
            way = name if name in _COUNTS["units"] else layout_of(name)
            if way is None:
                raise Failure("cluster_layout", column=column, layout=name)
            self._ways.append(way)

    def read(self, texts: pa.Array) -> np.ndarray:
        """Days float64 [rows] of texts, NaN where one is no date."""
        days = np.full(len(texts), np.nan)
        left = np.flatnonzero(texts.is_valid().to_numpy(zero_copy_only=False))
        for way in self._ways:
            cells = texts if len(left) == len(texts) else texts.take(pa.array(left))
            days[left] = counted_days(cells, way) if isinstance(way, str) else self._layout_days(cells, way)
            left = left[np.isnan(days[left])]
            if len(left) == 0:
                break
        return days

    def counts(self, column: pa.Array) -> np.ndarray | None:
        """Days float64 [rows] of typed numbers that are counts; None where only their texts tell."""
        exact = of.is_integer(column.type) or of.is_float64(column.type)
        if not exact or len(self._ways) != 1 or not isinstance(self._ways[0], str):
            return None
        values = column.cast(pa.float64(), safe=False).to_numpy(zero_copy_only=False)
        return _days_of_counts(np.where(np.isinf(values), np.nan, values), self._ways[0])

    def _layout_days(self, texts: pa.Array, layout: Layout) -> np.ndarray:
        days = _fixed_days(texts, layout, self._zone)
        left = np.flatnonzero(np.isnan(days))
        if len(left):
            # patterns take their time: each different cell is looked at once
            encoded = texts.take(pa.array(left)).dictionary_encode()
            days[left] = _pattern_days(encoded.dictionary, layout, self._zone)[encoded.indices.to_numpy()]
        return days


def counted_days(texts: pa.Array, unit: str) -> np.ndarray:
    """Days float64 [n] of texts that count from a first day on, NaN where one does not."""
    fits = pc.match_substring_regex(texts, _COUNTS["pattern"])
    numbers = pc.replace_substring(pc.utf8_trim(texts, characters=" \t"), ",", ".")
    numbers = pc.replace_substring_regex(pc.if_else(fits, numbers, None), r"^\+", "")
    return _days_of_counts(numbers.cast(pa.float64()).to_numpy(zero_copy_only=False), unit)


def _days_of_counts(values: np.ndarray, unit: str) -> np.ndarray:
    per_day, zero = (_COUNTS["units"][unit][key] for key in ("perDay", "zero"))
    days = values / float(per_day) - zero
    if zero > 0:
        # Excel knows a 29 February 1900
        days = days + (values < 60)
    return np.where((days > _COUNTS["least"]) & (days < _COUNTS["most"]), days, np.nan)


def day_numbers(year: np.ndarray, month: np.ndarray, day: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Days since 1970-01-01 int64 [n] of dates of the Gregorian calendar, and which of them it has."""
    fits = (month >= 1) & (month <= 12)
    months = (year - 1970) * 12 + np.where(fits, month, 1) - 1
    first = months.astype("datetime64[M]").astype("datetime64[D]").astype(np.int64)
    after = (months + 1).astype("datetime64[M]").astype("datetime64[D]").astype(np.int64)
    return first + day - 1, fits & (day >= 1) & (day <= after - first)


def _micros_to_days(
    days: np.ndarray, clock: np.ndarray, offset: np.ndarray | None, zone: Zone | None, said: np.ndarray | None
) -> np.ndarray:
    """Days as float64 of a day and microseconds on a clock; where `said`, the clock is `offset` before UTC."""
    walls = days * _DAY + clock
    before = zone.offset_of(walls) if zone else np.zeros_like(walls)
    if offset is not None:
        before = np.where(said, offset, before)
    return (walls - before) / _DAY


# What may follow a date of full width, by what it adds to that: each length is of one shape.
_CLOCKS = [" hh:ii", " hh:ii:ss", " hh:ii:ss.fff", " hh:ii:ss.ffffff"]
_OFFSETS = ["Z", "+aa:bb"]


def _fixed_days(texts: pa.Array, layout: Layout, zone: Zone | None) -> np.ndarray:
    """Cells of full width, in which each digit has its place; NaN for all others, which may be dates too."""
    days = np.full(len(texts), np.nan)
    date = layout.fixed
    if date is None or len(texts) == 0:
        return days
    # a compact date is followed by a compact clock
    clocks = _CLOCKS if layout.clocked and date != "yyyymmdd" else []
    offsets = _OFFSETS if layout.zoned else []
    shapes = [date, *(date + clock + offset for clock in clocks for offset in ["", *offsets])]
    starts = np.frombuffer(texts.buffers()[1], np.int32)[texts.offset :][: len(texts) + 1]
    lengths = np.diff(starts)
    letters = np.frombuffer(texts.buffers()[2] or b"", np.uint8)
    for shape in shapes:
        rows = np.flatnonzero(lengths == len(shape))
        if len(rows) == len(texts):
            cells = letters[starts[0] : starts[-1]].reshape(-1, len(shape))
        elif len(rows):
            cells = letters[starts[rows][:, None] + np.arange(len(shape))]
        else:
            continue
        days[rows] = _digits_days(np.ascontiguousarray(cells.T), layout, shape, zone)
    return days


def _digits_days(letters: np.ndarray, layout: Layout, shape: str, zone: Zone | None) -> np.ndarray:
    """Days of cells, the letters [width, n] of which are digits of fields where `shape` has those of the fields."""
    size = letters.shape[1]
    x: dict[str, np.ndarray] = {}
    fits = np.ones(size, bool)
    for column, part, place in zip(letters, shape, range(len(shape))):
        if part.islower():
            digit = column - np.uint8(ord("0"))
            fits &= digit < 10
            x[part] = x[part] * 10 + digit if part in x else digit.astype(np.int64)
        else:
            among = {" ": " T", "+": "+-"}.get(part, part) if place >= len(layout.fixed) else part
            fits &= np.isin(column, [ord(each) for each in among]) if len(among) > 1 else column == ord(part)
    year = x["y"] if "yyyy" in shape else x["y"] + np.where(x["y"] < 69, 2000, 1900)
    one, zero = np.ones(size, np.int64), np.zeros(size, np.int64)
    days, real = day_numbers(year, x.get("m", one), x.get("d", one))
    fits &= real
    if not layout.clocked:
        return np.where(fits, days.astype(np.float64), np.nan)
    hour, minute, second = (x.get(part, zero) for part in "his")
    fits &= (hour < 24) & (minute < 60) & (second < 60)
    clock = ((hour * 60 + minute) * 60 + second) * 10**6
    clock += x.get("f", zero) * 10 ** (6 - shape.count("f"))
    before = None
    if shape.endswith("Z"):
        before = np.zeros(size, np.int64)
    elif "a" in x:
        fits &= (x["a"] < 24) & (x["b"] < 60)
        sign = np.where(letters[-6] == ord("+"), 1, -1)
        before = sign * (x["a"] * 60 + x["b"]) * 60_000_000
    said = None if before is None else np.ones(size, bool)
    return np.where(fits, _micros_to_days(days, clock, before, zone, said), np.nan)


def _pattern_days(texts: pa.Array, layout: Layout, zone: Zone | None) -> np.ndarray:
    """Cells by the pattern of their layout; NaN where one is no date."""
    cells = _plain_words(texts) if layout.words else texts
    found = pc.extract_regex(cells, layout.named_pattern)
    days = np.full(len(texts), np.nan)
    rows = np.flatnonzero(found.is_valid().to_numpy(zero_copy_only=False))
    if len(rows) == 0:
        return days
    found = found.take(pa.array(rows))
    x = Fields({name: found.field(i) for i, name in enumerate(layout.fields)}, len(rows))
    day, fits = _day_of(x)
    if not layout.clocked:
        days[rows] = np.where(fits, day.astype(np.float64), np.nan)
        return days
    clock, shown = _clock_of(x)
    offset, said, known = _offset_of(x)
    read = _micros_to_days(day, clock, offset, zone, said)
    days[rows] = np.where(fits & shown & known, read, np.nan)
    return days


class Fields:
    """What the groups of a pattern found in n cells; fields that a layout lacks are empty in all of them."""

    def __init__(self, found: dict[str, pa.Array], size: int):
        self._found, self.size = found, size

    def texts(self, name: str) -> pa.Array:
        """The texts of a field, "" where a cell has none."""
        return self._found[name] if name in self._found else pa.array([""] * self.size)

    def has(self, name: str) -> np.ndarray:
        """Whether cells have a field, bool [n]."""
        if name not in self._found:
            return np.zeros(self.size, bool)
        return pc.not_equal(self._found[name], "").to_numpy(zero_copy_only=False)

    def numbers(self, name: str) -> np.ndarray:
        """The digits of a field as int64 [n], 0 where a cell has none."""
        if name not in self._found:
            return np.zeros(self.size, np.int64)
        texts = self._found[name]
        return pc.if_else(pc.equal(texts, ""), "0", texts).cast(pa.int64()).to_numpy(zero_copy_only=False)

    def mapped(self, name: str, meaning) -> np.ndarray:
        """What `meaning` makes of the texts of a field, int64 [n]."""
        encoded = self.texts(name).dictionary_encode()
        values = np.array([meaning(text) for text in encoded.dictionary.to_pylist()], np.int64)
        return values[encoded.indices.to_numpy()]


def _day_of(x: Fields) -> tuple[np.ndarray, np.ndarray]:
    """The first day of what fields name, int64 [n], and which of them a calendar has."""
    all_of = np.ones(x.size, bool)
    if not (x.has("y") | x.has("yy")).any():
        return np.zeros(x.size, np.int64), all_of
    short = x.numbers("yy")
    year = np.where(x.has("y"), x.numbers("y"), short + np.where(short < 69, 2000, 1900))
    if x.has("w").any():
        return _day_of_week(year, x.numbers("w"), np.where(x.has("u"), x.numbers("u"), 1))
    fits = all_of
    if x.has("n").any():
        digits = pc.utf8_length(x.texts("n")).to_numpy(zero_copy_only=False)
        fits = x.numbers("n") == (year + 1) % 10 ** digits.astype(np.int64)
    month = np.ones(x.size, np.int64)
    for name, size in (("q", 3), ("s", 6)):
        numbers = x.numbers(name) + x.mapped(f"r{name}", _roman)
        month = np.where(numbers > 0, (numbers - 1) * size + 1, month)
    month = np.where(x.has("mon"), x.mapped("mon", _month_of_word), month)
    month = np.where(x.has("m"), x.numbers("m"), month)
    days, real = day_numbers(year, month, np.where(x.has("d"), x.numbers("d"), 1))
    return days, real & fits


def _roman(text: str) -> int:
    return _ROMAN.index(text.upper()) + 1 if text else 0


def _month_of_word(word: str) -> int:
    """1 to 12; 0 where a word begins no month's name, or that of two."""
    rules = RULES["months"]
    return max(0, rules["blocks"].find(f" {word}")) // rules["width"]


def _day_of_week(year: np.ndarray, week: np.ndarray, weekday: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The day of a week of ISO 8601: week 1 has the 4th of January."""
    monday = _monday_of(year) + 7 * (week - 1)
    return monday + weekday - 1, (week >= 1) & (week <= 53) & (monday < _monday_of(year + 1))


def _monday_of(year: np.ndarray) -> np.ndarray:
    fourth, _ = day_numbers(year, np.ones_like(year), np.full_like(year, 4))
    return fourth - (fourth + 3) % 7


def _clock_of(x: Fields) -> tuple[np.ndarray, np.ndarray]:
    """Microseconds since midnight int64 [n], and which of them a clock shows; 24:00 is the end of the day."""
    hour, minute, second = (x.numbers(name) for name in "his")
    halves = x.has("p")
    afternoon = pc.equal(pc.utf8_lower(x.texts("p")), "p").to_numpy(zero_copy_only=False)
    of_twelve = halves & (hour > 12)
    hour = np.where(halves, hour % 12 + 12 * afternoon, hour)
    part = np.zeros(x.size, np.int64)
    if x.has("f").any():
        digits = pc.utf8_slice_codeunits(pc.utf8_rpad(x.texts("f"), 6, "0"), 0, 6)
        part = digits.cast(pa.int64()).to_numpy(zero_copy_only=False)
    within = (hour < 24) | ((hour == 24) & (minute + second + part == 0))
    shown = within & (minute < 60) & (second < 60) & ~of_twelve
    return ((hour * 60 + minute) * 60 + second) * 10**6 + part, shown | ~x.has("h")


def _offset_of(x: Fields) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Microseconds before UTC int64 [n], which cells say them, and which of them can be."""
    named, counted = x.has("zn"), x.has("zh")
    hours, minutes = x.numbers("zh"), x.numbers("zm")
    sign = np.where(pc.equal(x.texts("zs"), "+").to_numpy(zero_copy_only=False), 1, -1)
    places = x.mapped("zn", lambda text: _ZONES[text.upper()] if text else 0)
    offset = np.where(named, places, sign * (hours * 60 + minutes)) * 60_000_000
    return offset, named | counted, named | (hours < 24) & (minutes < 60)


def _plain_words(texts: pa.Array) -> pa.Array:
    """Cells in lower case and without accents."""
    low = pc.utf8_lower(texts)
    if pc.all(pc.string_is_ascii(low)).as_py():
        return low
    return pc.replace_substring_regex(pc.utf8_normalize(low, form="NFD"), r"\p{Mn}", "")
