"""What partitions count of the rows that train, and how that is joined: all that a preparation is made of."""

from collections import Counter

import numpy as np
import pyarrow as pa

from .rows import below, cells_of, is_part

# Different values of a category that a partition counts; beyond them the rarest are let go.
_MOST_VALUES = 100_000


def statistics_request(session, message: dict, tell) -> dict:
    """
    Counts what the rows that train are like: of each numeric column count, missing, mean, sum of squares around it (of its
    logarithms where `log` says so), ends, whether dates have times; of each category its values. Writes numbers of a sample of
    them, those whose second hash lies below `share` of all, and then those of fewer, below `few`, as float64 [rows, p] into
    `message["to"]`, and gives the texts of the fewer; missing cells of all rows; and a fingerprint of the values that does not
    hang on their order.
    """
    dealt, shape = session.kept["rows"], session.kept["shape"]
    p, q = shape["p"], shape["q"]
    deal, log, share, few = message["deal"], message["log"], message["share"], message["few"]

    def count(batches):
        from pyspark import TaskContext

        facts = Facts(p, q, log)
        for batch in batches:
            trains = is_part(batch, deal) == 0
            numeric, categories = cells_of(batch, p, q)
            facts.add_all(numeric, categories, batch.column("key").to_numpy(zero_copy_only=False).view(np.uint64))
            facts.add(numeric[trains], categories[trains])
            facts.sampled.append(numeric[trains & below(batch, share)])
            fewer = trains & below(batch, few)
            facts.few.append(numeric[fewer])
            facts.texts.append(categories[fewer])
        yield facts.batch(TaskContext.get().partitionId())

    told = dealt.mapInArrow(count, FACTS).toArrow().sort_by("partition").to_pylist()
    merged = Facts(p, q, log)
    for one in told:
        merged.merge(one)
    return merged.answer(message["to"])


FACTS = (
    "partition int, rows long, count binary, missing binary, mean binary, squares binary, minimum binary, "
    "maximum binary, times binary, gaps binary, values array<string>, sampled binary, few binary, fewer long, "
    "texts array<string>, fingerprint binary"
)
_FACTS_SCHEMA = pa.schema(
    [("partition", pa.int32()), ("rows", pa.int64())]
    + [
        (name, pa.binary())
        for name in ("count", "missing", "mean", "squares", "minimum", "maximum", "times", "gaps")
    ]
    + [
        ("values", pa.list_(pa.string())),
        ("sampled", pa.binary()),
        ("few", pa.binary()),
        ("fewer", pa.int64()),
        ("texts", pa.list_(pa.string())),
        ("fingerprint", pa.binary()),
    ]
)


class Facts:
    """What is counted of rows, batch by batch, and partition by partition (Chan, Golub and LeVeque 1983)."""

    def __init__(self, p: int, q: int, log: list[bool]):
        self.p, self.q, self.log = p, q, np.array(log, bool)
        self.rows = 0
        self.count = np.zeros(p)
        self.missing = np.zeros(p)
        self.mean = np.zeros(p)
        self.squares = np.zeros(p)
        self.minimum = np.full(p, np.inf)
        self.maximum = np.full(p, -np.inf)
        self.times = np.zeros(p)
        # missing cells of all rows, of numbers and then of categories
        self.gaps = np.zeros(p + q)
        self.values = [Counter() for _ in range(q)]
        # numbers of a sample, and of fewer rows, whose texts are told, too
        self.sampled: list[np.ndarray] = []
        self.few: list[np.ndarray] = []
        self.texts: list[np.ndarray] = []
        self.fewer = 0
        self.fingerprint = np.zeros(3, np.uint64)

    def add_all(self, numeric, categories, keys) -> None:
        """Rows of all parts."""
        self.gaps[: self.p] += np.isnan(numeric).sum(axis=0)
        self.gaps[self.p :] += (categories == "").sum(axis=0)
        self.fingerprint += np.array([len(keys), keys.sum(dtype=np.uint64), _folded(keys)], np.uint64)

    def add(self, numeric, categories) -> None:
        """Rows that train."""
        rows = len(numeric)
        self.rows += rows
        if rows == 0:
            return
        gaps = np.isnan(numeric)
        with np.errstate(all="ignore"):
            scaled = np.where(self.log, np.sign(numeric) * np.log1p(np.abs(numeric)), numeric)
        scaled = np.where(gaps, 0.0, scaled)
        count = rows - gaps.sum(axis=0).astype(np.float64)
        mean = scaled.sum(axis=0) / np.maximum(count, 1)
        squares = (np.where(gaps, 0.0, scaled - mean) ** 2).sum(axis=0)
        self._join(count, mean, squares)
        self.missing += rows - count
        self.minimum = np.minimum(self.minimum, np.where(gaps, np.inf, numeric).min(axis=0))
        self.maximum = np.maximum(self.maximum, np.where(gaps, -np.inf, numeric).max(axis=0))
        self.times = np.maximum(self.times, (~gaps & (numeric != np.floor(numeric))).any(axis=0))
        for j, values in enumerate(self.values):
            for found in pa.array(categories[:, j], pa.string()).value_counts():
                values[found["values"].as_py()] += found["counts"].as_py()
            _bounded(values)

    def _join(self, count, mean, squares) -> None:
        total = self.count + count
        delta = mean - self.mean
        share = np.divide(count, total, out=np.zeros(self.p), where=total > 0)
        self.mean = self.mean + delta * share
        self.squares = self.squares + squares + delta**2 * self.count * share
        self.count = total

    def batch(self, partition: int) -> pa.RecordBatch:
        """One row, for the driver."""
        numbers = {
            name: np.ascontiguousarray(getattr(self, name), np.float64).tobytes()
            for name in ("count", "missing", "mean", "squares", "minimum", "maximum", "times", "gaps")
        }
        values = [text for counter in self.values for pair in _listed(counter) for text in pair]
        return pa.RecordBatch.from_pylist(
            [
                {
                    "partition": partition,
                    "rows": self.rows,
                    **numbers,
                    "values": values,
                    "sampled": _bytes(self.sampled),
                    "few": _bytes(self.few),
                    "fewer": sum(map(len, self.few)),
                    "texts": [text for texts in self.texts for text in texts.ravel()],
                    "fingerprint": self.fingerprint.tobytes(),
                }
            ],
            schema=_FACTS_SCHEMA,
        )

    def merge(self, told: dict) -> None:
        """Joins what a partition told."""
        of = lambda name: np.frombuffer(told[name], np.float64)  # noqa: E731
        self.rows += told["rows"]
        self._join(of("count"), of("mean"), of("squares"))
        self.missing = self.missing + of("missing")
        self.minimum = np.minimum(self.minimum, of("minimum"))
        self.maximum = np.maximum(self.maximum, of("maximum"))
        self.times = np.maximum(self.times, of("times"))
        self.gaps = self.gaps + of("gaps")
        at = iter(told["values"])
        for counter in self.values:
            for _ in range(int(next(at))):
                value = next(at)
                counter[value] += int(next(at))
            _bounded(counter)
        self.sampled.append(of("sampled"))
        self.few.append(of("few"))
        self.fewer += told["fewer"]
        self.texts.append(np.array(told["texts"], object))
        self.fingerprint = self.fingerprint + np.frombuffer(told["fingerprint"], np.uint64)

    def answer(self, to: str) -> dict:
        """Plain data for Node; the sample goes into a file."""
        with open(to, "wb") as file:
            file.write(_bytes(self.sampled))
            file.write(_bytes(self.few))
        finite = lambda values: [float(v) if np.isfinite(v) else None for v in values]  # noqa: E731
        return {
            "rows": self.rows,
            "count": self.count.tolist(),
            "missing": self.missing.tolist(),
            "mean": self.mean.tolist(),
            "squares": self.squares.tolist(),
            "minimum": finite(self.minimum),
            "maximum": finite(self.maximum),
            "times": [bool(t) for t in self.times],
            "gaps": self.gaps.tolist(),
            "values": [sorted(counter.items()) for counter in self.values],
            "few": self.fewer,
            "texts": [text for texts in self.texts for text in texts.ravel()],
            "fingerprint": self.fingerprint.tobytes().hex(),
        }


def _bytes(arrays: list[np.ndarray]) -> bytes:
    """Rows of numbers, one after the other."""
    return b"".join(np.ascontiguousarray(array, np.float64).tobytes() for array in arrays)


def _folded(keys: np.ndarray) -> np.uint64:
    """A sum of keys that are mixed, so that two rows cannot make up for two others."""
    mixed = (keys ^ (keys >> np.uint64(33))) * np.uint64(0xFF51AFD7ED558CCD)
    return (mixed ^ (mixed >> np.uint64(33))).sum(dtype=np.uint64)


def _bounded(values: Counter) -> None:
    if len(values) <= _MOST_VALUES:
        return
    # that some cells are missing is told in any case
    order = sorted(values.items(), key=lambda item: (item[0] != "", -item[1], item[0]))
    kept = order[: _MOST_VALUES // 2]
    values.clear()
    values.update(dict(kept))


def _listed(values: Counter):
    """How many, then each value and its count."""
    yield (str(len(values)),)
    yield from ((value, str(times)) for value, times in sorted(values.items()))


REQUESTS = {"statistics": statistics_request}
