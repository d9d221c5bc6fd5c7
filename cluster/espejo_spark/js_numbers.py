"""Numbers as text and rounded the way JavaScript does it, which wrote the texts of a model so far."""

import math
from decimal import ROUND_HALF_UP, Context, Decimal

_exact = Context(prec=400, rounding=ROUND_HALF_UP)


def number_text(value: float) -> str:
    """`String(value)`: the shortest digits that are this number again."""
    if not math.isfinite(value):
        return "NaN" if math.isnan(value) else ("Infinity" if value > 0 else "-Infinity")
    if value == 0:
        return "0"
    sign, digits, exponent = Decimal(repr(value)).normalize().as_tuple()
    shown = "".join(map(str, digits))
    point = len(shown) + int(exponent)
    return ("-" if sign else "") + _placed(shown, point)


def _placed(digits: str, point: int) -> str:
    """Digits of 0.ddd x 10^point, by ECMAScript's Number::toString."""
    count = len(digits)
    if count <= point <= 21:
        return digits + "0" * (point - count)
    if 0 < point <= 21:
        return f"{digits[:point]}.{digits[point:]}"
    if -6 < point <= 0:
        return f"0.{'0' * -point}{digits}"
    power = point - 1
    mantissa = digits if count == 1 else f"{digits[0]}.{digits[1:]}"
    return f"{mantissa}e{'+' if power > 0 else '-'}{abs(power)}"


def to_fixed(value: float, decimals: int) -> float:
    """`Number(value.toFixed(decimals))`, for sizes below 1e21."""
    return float(Decimal(value).quantize(Decimal(1).scaleb(-decimals), context=_exact))


def to_precision(value: float, digits: int) -> float:
    """`Number(value.toPrecision(digits))`."""
    if value == 0 or not math.isfinite(value):
        return value
    return float(Context(prec=digits, rounding=ROUND_HALF_UP).create_decimal(Decimal(value)))


def rounded(value: float) -> float:
    """`Math.round(value)`: halves go up."""
    if not math.isfinite(value):
        return value
    whole = math.floor(value)
    return float(whole + 1 if value - whole >= 0.5 else whole)
