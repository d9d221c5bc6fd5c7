"""Days since 1970-01-01 as their column writes them: src/data/cells/written-dates.ts."""

import math
import re
from collections.abc import Callable
from datetime import date, datetime, timedelta, timezone
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from .js_numbers import number_text, rounded

_DAY = 86_400
_EPOCH = date(1970, 1, 1).toordinal()
_PARTS = re.compile("trim|week|mon|yyyy|yy|nnnn|nn|mm|dd|ww|rq|rs|q|s|d|[A-Z ./:_'-]")
_WORDS = {"mon", "trim", "week"}
_PLAIN_SHAPES = {"week": "yyyy-Www", "month": "yyyy-mm", "quarter": "yyyyQq"}
_MONTHS = {"month": 1, "quarter": 3, "half": 6, "year": 12}
_ROMAN = ["", "I", "II", "III", "IV"]

Writer = Callable[[float], str]


def column_dates(source: dict[str, Any], column: str) -> Writer:
    """Writes the dates of a column of a source; times that have an offset from UTC are told with theirs."""
    layouts = source.get("layouts", {}).get(column, [])
    clock = source.get("clocks", {}).get(column)
    zoned = any(name.endswith("Z") for name in layouts)
    others = _local_writer(clock, zoned) if zoned or clock is not None else iso_date
    periods = [_period_of(name) for name in layouts]
    if not periods or periods[0] is None or any(each != periods[0] for each in periods):
        return others
    if periods[0] == "clock":
        return _clock_text
    if periods[0] == "week":
        return lambda days: _within_calendar(days, lambda year: _week_text(days, layouts[0]))
    months = _MONTHS.get(periods[0])
    if months is None:
        return others
    return lambda days: _within_calendar(days, lambda year: _months_text(days, months, layouts[0]))


def iso_date(days: float) -> str:
    """An ISO date, with the time to the second where there is one; "" for NaN, the number of the day beyond calendars."""
    if not math.isfinite(days):
        return ""
    seconds = int(rounded(days * _DAY))
    day, time = divmod(seconds, _DAY)
    # beyond what JavaScript's dates reach, and those of Python
    if abs(seconds) > 8_640_000_000_000:
        return f"day {number_text(days)}"
    text = _day_text(day)
    if time == 0:
        return text
    return f"{text} {time // 3600:02}:{time // 60 % 60:02}:{time % 60:02}"


def _day_text(day: int) -> str:
    year, month, of_month = _civil(day)
    shown = f"{year:04}" if 0 <= year <= 9999 else f"{'-' if year < 0 else '+'}{abs(year):06}"
    return f"{shown}-{month:02}-{of_month:02}"


def _civil(day: int) -> tuple[int, int, int]:
    """Year, month and day of a number of days since 1970 in the calendar that goes on for ever."""
    # 400 years have 146,097 days
    cycles, within = divmod(day + _EPOCH - 1, 146_097)
    found = date.fromordinal(within + 1)
    return found.year + 400 * cycles, found.month, found.day


def _first_day(year: int, month: int) -> int:
    """Days since 1970 of the first of a month."""
    cycles, within = divmod(year - 1, 400)
    return date(within + 1, month, 1).toordinal() - _EPOCH + 146_097 * cycles


def _local_writer(clock: str | None, said: bool) -> Writer:
    """Times as their clock showed them, with the offset where cells say theirs; those of no one clock as UTC has them."""
    offset_at = _offsets_of(clock)

    def write(days: float) -> str:
        if not math.isfinite(days):
            return iso_date(days)
        seconds = offset_at(days)
        text = iso_date(days + seconds / _DAY)
        if not said or not re.match(r"\d{4}-", text):
            return text
        if clock is None:
            return f"{text}Z" if " " in text else text
        timed = text if " " in text else f"{text} 00:00:00"
        return timed + _offset_text(seconds)

    return write


def _offsets_of(clock: str | None) -> Callable[[float], float]:
    """Seconds that a clock, "+02:00" or "Europe/Madrid", is before UTC on a day; 0 for a place that this host does not know."""
    if clock is None:
        return lambda days: 0
    fixed = re.fullmatch(r"([+-])(\d\d):(\d\d)", clock)
    if fixed:
        sign = -1 if fixed[1] == "-" else 1
        seconds = sign * (3600 * int(fixed[2]) + 60 * int(fixed[3]))
        return lambda days: seconds
    try:
        place = ZoneInfo(clock)
    except (ZoneInfoNotFoundError, ValueError):
        return lambda days: 0

    def offset_at(days: float) -> float:
        # as far as calendars of clocks reach
        moment = min(max(rounded(days * _DAY), -2_208_988_800), 4_133_980_799)
        since = datetime(1970, 1, 1, tzinfo=timezone.utc) + timedelta(seconds=moment)
        return since.astimezone(place).utcoffset().total_seconds()

    return offset_at


def _offset_text(seconds: float) -> str:
    minutes = int(rounded(abs(seconds) / 60))
    return f"{'-' if seconds < 0 else '+'}{minutes // 60:02}:{minutes % 60:02}"


def _period_of(name: str) -> str | None:
    """What a layout stands for; None where it is a moment, or no layout at all."""
    if name == "hh:mm":
        return "clock"
    bare = name.removesuffix("Z")
    cells = _PARTS.findall(bare)
    if "".join(cells) != bare or not {"yyyy", "yy"} & set(cells):
        return None
    fields = {cell for cell in cells if len(cell) > 1 or cell in ("q", "s", "d")} - {"trim", "week"}
    rest = fields - {"yyyy", "yy"}
    if len(rest) == 0 or rest in ({"nnnn"}, {"nn"}):
        return "year"
    if len(rest) > 1:
        return None
    of = {"mm": "month", "mon": "month", "ww": "week", "q": "quarter", "rq": "quarter"}
    return {**of, "s": "half", "rs": "half"}.get(rest.pop())


def _within_calendar(days: float, write: Callable[[int], str]) -> str:
    if not math.isfinite(days):
        return iso_date(days)
    year = _civil(math.floor(days))[0] if abs(days) <= 100_000_000 else 0
    return write(year) if 1 <= year < 9999 else iso_date(days)


def _clock_text(days: float) -> str:
    """A time of the day, to the second where it has some; beyond a day as it is."""
    if not 0 <= days < 1:
        return iso_date(days)
    return re.sub(":00$", "", iso_date(days)[11:] or "00:00:00")


def _week_text(days: float, layout: str) -> str:
    """The nearest Monday, as the week that begins with it."""
    monday = int(rounded((days + 3) / 7)) * 7 - 3
    year, week, _ = date.fromordinal(monday + _EPOCH).isocalendar()
    return _filled(layout, year, {"ww": week})


def _months_text(days: float, months: int, layout: str) -> str:
    """The nearest first day of a month, a quarter ..., as that."""
    year, month, _ = _civil(math.floor(days))
    start = (month - 1) // months * months

    def first(of: int) -> int:
        return _first_day(year + of // 12, of % 12 + 1)

    if days - first(start) > first(start + months) - days:
        start += months
    number = start % 12 // months + 1
    return _filled(
        layout, year + start // 12, {"mm": number, "q": number, "s": number, "rq": number, "rs": number}
    )


def _filled(layout: str, year: int, numbers: dict[str, int]) -> str:
    """A layout with its numbers; names of months become numbers, words of weeks a W, those of quarters a Q."""
    words = bool(_WORDS & set(_PARTS.findall(layout)))
    shape = _PLAIN_SHAPES.get(_period_of(layout) or "", layout) if words else layout

    def number(found: re.Match[str]) -> str:
        part = found[0]
        if part in ("yyyy", "nnnn"):
            return f"{year + (part == 'nnnn'):04}"
        if part in ("yy", "nn"):
            return f"{(year + (part == 'nn')) % 100:02}"
        value = numbers[part]
        if part.startswith("r"):
            return _ROMAN[value]
        return f"{value:02}" if len(part) == 2 else str(value)

    return re.sub("yyyy|yy|nnnn|nn|mm|ww|rq|rs|q|s", number, shape)
