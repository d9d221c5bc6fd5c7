"""The name that was meant, as the Node side finds it (src/nearest.ts)."""

import unicodedata
from collections.abc import Iterable


def nearest(name: str, candidates: Iterable[str]) -> str | None:
    """The candidate that differs least from a name; case and accents count half."""
    best, least = None, float("inf")
    for candidate in candidates:
        distance = _edits(_plain(name), _plain(candidate)) + (0 if name == candidate else 0.5)
        if distance < least:
            best, least = candidate, distance
    return best


def _plain(text: str) -> str:
    apart = unicodedata.normalize("NFD", text)
    return "".join(letter for letter in apart if not unicodedata.category(letter).startswith("M")).lower()


def _edits(a: str, b: str) -> int:
    """Levenshtein's distance, a neighbouring swap counting one."""
    before: list[int] = []
    above = list(range(len(b) + 1))
    for i in range(1, len(a) + 1):
        row = [i]
        for j in range(1, len(b) + 1):
            changed = above[j - 1] + (a[i - 1] != b[j - 1])
            row.append(min(above[j] + 1, row[j - 1] + 1, changed))
            if i > 1 and j > 1 and a[i - 1] == b[j - 2] and a[i - 2] == b[j - 1]:
                row[j] = min(row[j], before[j - 2] + 1)
        before, above = above, row
    return above[len(b)]
