"""The clocks of a place: by how much they are before UTC, and when that changed (src/data/cells/zones.ts)."""

from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import numpy as np

from .failures import Failure

_MONTH = 30 * 86_400
_EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)
_FROM, _TO = (int((datetime(year, 1, 1, tzinfo=timezone.utc) - _EPOCH).total_seconds()) for year in (1900, 2101))


class Zone:
    """
    The clocks of a place from 1900 to 2100, `name` as IANA calls it. An hour that they show twice is the first of both,
    one that they leave out goes on from before it. Raises `cluster_zone` where this machine does not know the place.
    """

    def __init__(self, name: str):
        try:
            place = ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError, OSError) as error:
            raise Failure("cluster_zone", zone=name) from error

        def offset_at(moment: int) -> int:
            return int((_EPOCH + timedelta(seconds=moment)).astimezone(place).utcoffset().total_seconds())

        changes, offsets = [], [offset_at(_FROM)]
        for start in range(_FROM, _TO, _MONTH):
            low, high = start, min(start + _MONTH, _TO)
            after = offset_at(high)
            if after == offsets[-1]:
                continue
            while high - low > 1:
                middle = (low + high + 1) // 2
                if offset_at(middle) == after:
                    high = middle
                else:
                    low = middle
            changes.append(high)
            offsets.append(after)
        self._offsets = np.array(offsets, np.int64) * 1_000_000
        shown = np.maximum(self._offsets[:-1], self._offsets[1:])
        self._walls = np.array(changes, np.int64) * 1_000_000 + shown

    def offset_of(self, walls: np.ndarray) -> np.ndarray:
        """How far the clocks are before UTC when they show some times, all int64 [n] in microseconds."""
        return self._offsets[np.searchsorted(self._walls, walls, side="right")]
