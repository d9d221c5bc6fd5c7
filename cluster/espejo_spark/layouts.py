"""Ways to write dates by the names that a model file keeps, "dd/mm/yyyy", "yyyy-Qq" (src/data/cells/layouts.ts)."""

import re
from dataclasses import dataclass

from .rules import RULES

_RULES = RULES["layouts"]
_PARTS: dict[str, dict] = _RULES["parts"]
_WORDS: dict[str, str] = _RULES["words"]
_CUT = re.compile(_RULES["cut"])
_GROUPS = re.compile(r"\\.|\[[^\]]*\]|\((?!\?)")
_FIXED = re.compile(r"(?:yyyy|yy|mm|dd|[-./_: ])+")
_LONGEST = 16


@dataclass(frozen=True)
class Layout:
    """A way to write dates: the pattern of a whole cell, a group for each of its fields."""

    name: str
    pattern: str
    fields: tuple[str, ...]
    words: bool
    """Cells are looked at in lower case and without accents."""
    clocked: bool
    """A time of the day may follow; with its offset from UTC if `zoned`."""
    zoned: bool

    @property
    def named_pattern(self) -> str:
        """The pattern with the names of its groups, as RE2 in Arrow asks for them."""
        names = iter(self.fields)
        return _GROUPS.sub(lambda m: f"(?P<{next(names)}>" if m[0] == "(" else m[0], self.pattern)

    @property
    def fixed(self) -> str | None:
        """Where the digits of each field stand in cells of full width: "dd/mm/yyyy"; None of layouts with words."""
        date = self.name.removesuffix("Z")
        return date if not self.words and _FIXED.fullmatch(date) else None


def layout_of(name: str) -> Layout | None:
    """The layout of a name; None where it names none."""
    alone = _RULES["alone"]
    if name == alone["name"]:
        return Layout(name, alone["pattern"], tuple(alone["fields"]), False, True, False)
    zoned = name.endswith("Z")
    date = name[:-1] if zoned else name
    cells = _CUT.findall(date)
    fields = [_PARTS[part]["field"] for part in cells if part in _PARTS]
    if len(date) > _LONGEST or "".join(cells) != date or len(set(fields)) < len(fields):
        return None
    period = _period_of(fields)
    moment = period == "moment" and "d" in fields
    if period is None or (zoned and not moment):
        return None
    words = any(part == "mon" or part in _WORDS for part in cells)
    ending = _RULES["compact" if date == "yyyymmdd" else "clock"]
    pattern = "".join(_part_pattern(cells, i, words) for i in range(len(cells)))
    if moment:
        offset = _RULES["offset"]
        fields += ending["fields"] + (offset["fields"] if zoned else [])
        pattern += f"(?:{ending['pattern']}{f'''(?:{offset['pattern']})?''' if zoned else ''})?"
        if words:
            pattern = _RULES["weekday"] + pattern
    edge = _RULES["edge"]
    return Layout(name, f"^{edge}{pattern}{edge}$", tuple(fields), words, moment, zoned)


def _period_of(fields: list[str]) -> str | None:
    """What a set of fields stands for; None where it is no date."""
    years = [field for field in fields if field in ("y", "yy")]
    found = _RULES["periods"].get(" ".join(sorted(set(fields) - set(years))))
    if found is None or len(years) != 1 or (found.get("whole") and years == ["yy"]):
        return None
    return found["period"]


def _part_pattern(cells: list[str], i: int, words: bool) -> str:
    part = cells[i]
    if part in _WORDS:
        return _WORDS[part]
    found = _PARTS.get(part)
    if found is None:
        return _RULES["between"] if words else _either(part.replace(".", r"\."))
    beside = cells[max(0, i - 1) : i] + cells[i + 1 : i + 2]
    tight = not words and any(other in _PARTS for other in beside)
    own = f"({found.get('tight', found['pattern']) if tight else found['pattern']})"
    return own + _RULES["ordinal"] if words and part in ("dd", "q") else own


def _either(text: str) -> str:
    """Letters in either case."""
    return re.sub("[A-Za-z]", lambda m: f"[{m[0].upper()}{m[0].lower()}]", text)
