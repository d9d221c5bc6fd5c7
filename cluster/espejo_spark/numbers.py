"""Numbers: typed ones, and those that are written as text in any style of a model file."""

import re

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.types as of

from .failures import Failure
from .rules import RULES
from .texts import trimmed

_DIGITS = r"\d+(?:_\d+)*"
# What DuckDB casts to DOUBLE; blanks around it are left out before.
_CAST = re.compile(
    rf"\+?(-?(?:{_DIGITS}(?:\.(?:{_DIGITS})?)?|\.{_DIGITS})(?:[eE][+-]?{_DIGITS})?|-?(?:inf|infinity|nan(?:\(\w*\))?))",
    re.ASCII | re.IGNORECASE,
)
_PLAIN = r"^-?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,2})?$"
_SIGN_LETTERS = re.compile(r"[$./\\^()\[\]{}|*+?]")
_EXACT = 2**53
_FEW = 64


def typed_numbers(column: pa.Array) -> np.ndarray:
    """A column of a type of numbers as float64 [rows], NaN where it has none; decimals as DuckDB casts them."""
    if of.is_decimal(column.type):
        return _decimals(column)
    if not of.is_float64(column.type):
        column = column.cast(pa.float64(), safe=False)
    return column.to_numpy(zero_copy_only=False)


def _decimals(column: pa.Array) -> np.ndarray:
    """Whole numbers that double precision holds are divided once, others in two parts."""
    digits, scale = column.type.precision, column.type.scale
    column = column.cast(pa.decimal128(38, scale))
    words = np.frombuffer(column.buffers()[1], np.int64).reshape(-1, 2)[column.offset :][: len(column)]
    low, high = words[:, 0], words[:, 1]
    power = float(10**scale)
    values = low.astype(np.float64) / power
    wide = (high != low >> 63) | (low > _EXACT) | (low < -_EXACT)
    if column.null_count:
        absent = column.is_null().to_numpy(zero_copy_only=False)
        values[absent] = np.nan
        wide &= ~absent
    # 64 bits hold as many digits
    cast = float if digits <= 18 else _huge
    for row in np.flatnonzero(wide):
        value = (int(high[row]) << 64) + (int(low[row]) & _LOW)
        whole, rest = divmod(abs(value), 10**scale)
        sign = -1 if value < 0 else 1
        values[row] = cast(sign * whole) + cast(sign * rest) / power
    return values


_LOW = 2**64 - 1


def _huge(value: int) -> float:
    """A number of 128 bits as DuckDB casts it: from two words, rounded each."""
    low, high = value & _LOW, value >> 64
    return -float(_LOW - low) - 1 if high == -1 else float(low) + float(high) * 2.0**64


class NumberReader:
    """
    Reads numbers of a column that are written in a style (`NumberStyle` of a model file), to the bits that DuckDB gives
    there. Raises `cluster_layout` for a style that is not known.
    """

    def __init__(self, column: str, style: dict, marks: pa.Array):
        decimal, thousands = style.get("decimal", "."), style.get("thousands", "none")
        sign = style.get("sign")
        rules = RULES["numbers"]
        pattern = rules["patterns"].get(decimal + thousands)
        unknown = set(style) - {"decimal", "thousands", "sign", "accounting", "flags"}
        if pattern is None or unknown:
            raise Failure("cluster_layout", column=column, layout=str(style))
        key = "".join(str(int(bool(style.get(each)))) for each in ("accounting", "flags"))
        escaped = _SIGN_LETTERS.sub(r"\\\g<0>", sign or "")
        self.pattern: str = pattern
        self.steps = [
            (step.replace(rules["signPlace"], escaped), to.replace("$1", r"\1"))
            for step, to in rules["steps"][f"{int(sign is not None)}{key}"]
        ]
        self.decimal: str = decimal
        self.apart: list[str] = list(re.sub(r"[\[\]\\]", "", rules["marks"][thousands]))
        # No step changes what is a number already, unless the sign may be an exponent.
        self.certain = not re.match("e", sign or "", re.IGNORECASE)
        self.plain = decimal == "." and thousands == "none" and not self.steps
        # Marks that are no numbers themselves, by which a whole column may be read at once.
        self.marks = marks.filter(pa.array(self._in_parts(marks)[1]))

    def read(self, texts: pa.Array) -> tuple[np.ndarray, np.ndarray | None]:
        """Numbers float64 [rows], NaN where there are none; and which cells are none, if there are more than marks."""
        # Most columns are numbers and nothing else; of others a few cells show it.
        if self._at_once(texts.slice(0, _FEW)) is not None:
            found = self._at_once(texts)
            if found is not None:
                return found, None
        told = pc.if_else(pc.is_in(texts, value_set=self.marks), None, texts)
        cells = pc.ascii_trim_whitespace(told) if self.plain else trimmed(told)
        found = self._at_once(cells)
        return self._in_parts(cells) if found is None else (found, None)

    def _at_once(self, texts: pa.Array) -> np.ndarray | None:
        """All cells by one cast, where each is so simple; nothing of what the cast takes may mean another number."""
        if self.steps or any(_come(texts, mark) for mark in self.apart):
            return None
        if self.decimal != ".":
            if _come(texts, "."):
                return None
            texts = pc.replace_substring(texts, self.decimal, ".")
        try:
            found = pc.cast(texts, pa.float64())
        except pa.ArrowInvalid:
            return None
        # Words for what is no finite number are numbers in plain style alone.
        if not self.plain and pc.all(pc.is_finite(found)).as_py() is False:
            return None
        return found.to_numpy(zero_copy_only=False)

    def _in_parts(self, texts: pa.Array) -> tuple[np.ndarray, np.ndarray]:
        """As `read`, of cells without blanks around them."""
        if self.plain:
            cells, odd = texts, pc.invert(pc.match_substring_regex(texts, _PLAIN))
        else:
            cells, odd = self._styled_cells(texts)
        values = pc.cast(pc.if_else(odd, None, cells), pa.float64()).to_numpy(zero_copy_only=False).copy()
        bad = odd.fill_null(False).to_numpy(zero_copy_only=False).copy()
        rest = np.flatnonzero(bad)
        if not self.plain or len(rest) == 0:
            return values, bad
        encoded = cells.take(pa.array(rest)).dictionary_encode()
        numbers = [_cast(cell) for cell in encoded.dictionary.to_pylist()]
        places = encoded.indices.to_numpy()
        values[rest] = np.array([np.nan if number is None else number for number in numbers])[places]
        bad[rest] = np.array([number is None for number in numbers])[places]
        return values, bad

    def _styled_cells(self, cells: pa.Array) -> tuple[pa.Array, pa.Array]:
        """Cells as they are cast, and which of them are no numbers."""
        odd = pc.invert(pc.match_substring_regex(cells, self.pattern))
        if self.steps:
            changed = odd.fill_null(False) if self.certain else cells.is_valid()
            some = cells.filter(changed)
            for step, to in self.steps:
                some = pc.replace_substring_regex(some, step, to)
            cells = pc.replace_with_mask(cells, changed, some)
            odd = pc.replace_with_mask(odd, changed, pc.invert(pc.match_substring_regex(some, self.pattern)))
        for mark in self.apart:
            cells = pc.replace_substring(cells, mark, "")
        if self.decimal != ".":
            cells = pc.replace_substring(cells, self.decimal, ".")
        return pc.replace_substring_regex(cells, r"^\+", "") if _come(cells, "+") else cells, odd


def _come(texts: pa.Array, mark: str) -> bool:
    """Whether a mark comes in any of some texts."""
    return pc.any(pc.match_substring(texts, mark)).as_py() is True


def _cast(cell: str) -> float | None:
    """A cell without blanks around it as DuckDB casts it to DOUBLE; None where it does not."""
    found = _CAST.fullmatch(cell)
    return found and float(found[1].replace("_", "").partition("(")[0])
