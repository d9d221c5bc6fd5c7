"""How well scores tell anomalies from normal rows, from counts that Spark merges."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa

from .cells import Cells
from .failures import Failure
from .find import find_column
from .frame_rows import folded, row_source
from .model import Model, ModelAddress, model_of
from .runtime import runtime_version
from .scoring import Look, check_finite

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

MOST_LEVELS = 2**19
"""
Different scores that are told apart. Where rows have more, the last bits of these are left out until they have not: those of
one level then differ by less than 1 in 10,000, unless scores are spread over more than 2^50; of 3 million made ones of several
shapes ROC AUC changed by 2e-8 at most, average precision by 1.1e-5.
"""

_MANTISSA_BITS = 23
_MOST_LABELS = 100_000
# kinds of counts
_SCORES, _PCA, _ALARMS = 0, 1, 2


@dataclass(frozen=True)
class Levels:
    """Distinct scores, the highest first, and the anomalies and other rows that have each."""

    levels: np.ndarray
    anomalies: np.ndarray
    normals: np.ndarray


@dataclass(frozen=True)
class Judged:
    """Labelled rows in counts: by the score of the model, by PCA where the file holds one, and what was flagged."""

    model: Levels
    pca: Levels | None
    true_positives: int
    false_positives: int
    exact: bool


def evaluate(
    frame: "DataFrame",
    model: ModelAddress,
    label: str | None = None,
    normal: str | Sequence[str] | None = None,
    look: Look = Look(),
) -> dict[str, Any]:
    """
    How well a model tells anomalies from normal rows, beside the PCA that was fitted with it: what `espejo evaluate --json`
    gives, None for figures that need rows of both classes; `exact` is false where more than 524,288 different scores were told
    apart less finely. What is normal is the value of the label that was so in training, unless stated. Throws
    `label_unnamed`, `label_missing`, `label_empty`, `label_value`, and what `score` does.
    """
    found = model_of(model, runtime_version())
    known = found.metadata["training"]["label"] or {}
    named = label or known.get("column")
    if named is None:
        raise Failure("label_unnamed")
    column = frame.columns[find_column(frame.columns, named, look.path, "label_missing")]
    stated = known.get("normal") if normal is None else normal
    counts = label_counts(frame, found, column, look)
    values = normal_values(counts, column, stated, normal is None, look.path)
    rows = sum(count for value, count in counts if value != "" or "" in values)
    judged = judge(frame, found, column, values, rows, look)
    return {**figures(judged, found.threshold), "exact": judged.exact}


def normal_values(
    counts: Sequence[tuple[str, int]],
    column: str,
    stated: str | Sequence[str] | None,
    maybe_absent: bool = False,
    path: str = "DATA",
) -> list[str]:
    """
    The values of a label that are normal, by how often each occurs, the commonest first: those that are stated, as they are
    written, or else the commonest. "" states that empty cells are normal. Throws `label_empty` where no row has a value,
    `label_value` where none has a stated one, unless it may be absent.
    """
    wanted = [] if stated is None else [stated] if isinstance(stated, str) else list(stated)
    known = [value for value, _ in counts if value != "" or "" in wanted]
    if not known:
        raise Failure("label_empty", path=path, column=column)

    def matching(value: str) -> str:
        found = next((each for each in known if each == value.strip()), None)
        number = _number(value)
        if found is None and number is not None:
            found = next((each for each in known if _number(each) == number), None)
        if found is None and not maybe_absent:
            shown = ", ".join(f'"{each}"' for each in known[:8])
            raise Failure("label_value", path=path, column=column, value=value, values=shown)
        return value if found is None else found

    return [matching(value) for value in wanted] or known[:1]


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


def figures(judged: Judged, threshold: float) -> dict[str, Any]:
    """The figures of `espejo evaluate --json` (src/tasks/evaluate/evaluation.ts), None where they are not known."""
    model = judged.model
    anomalies, normals = int(model.anomalies.sum()), int(model.normals.sum())
    rows = anomalies + normals
    hits, alarms = judged.true_positives, judged.true_positives + judged.false_positives
    area, low, high = _roc_auc_interval(model)
    told = {
        "rows": rows,
        "anomalies": anomalies,
        "baseRate": _share(anomalies, rows),
        "rocAuc": area,
        "rocAucInterval": [_known(low), _known(high)],
        "averagePrecision": _average_precision(model),
        "threshold": threshold,
        "precision": hits / alarms if alarms else 0.0,
        "recall": _share(hits, anomalies),
        "f1": 2 * hits / (anomalies + alarms) if anomalies else math.nan,
        "precisionAtN": _precision_at(model, anomalies),
        "confusion": {
            "truePositives": hits,
            "falsePositives": judged.false_positives,
            "trueNegatives": normals - judged.false_positives,
            "falseNegatives": anomalies - hits,
        },
        "pca": judged.pca
        and {
            "rocAuc": _known(_roc_auc_interval(judged.pca)[0]),
            "averagePrecision": _known(_average_precision(judged.pca)),
        },
    }
    return {name: _known(value) for name, value in told.items()}


def _known(value: Any) -> Any:
    return None if isinstance(value, float) and math.isnan(value) else value


def _share(part: float, whole: float) -> float:
    return part / whole if whole else math.nan


def _roc_auc_interval(levels: Levels) -> tuple[float, float, float]:
    """
    Area under the ROC curve, ties half, and its 95 % interval by DeLong, DeLong and Clarke-Pearson (1988), as
    src/metrics/auc-interval.ts has it; NaN without rows of both classes.
    """
    anomalies, normals = levels.anomalies, levels.normals
    m, n = anomalies.sum(), normals.sum()
    if m == 0 or n == 0:
        return math.nan, math.nan, math.nan
    # shares of normal rows below the anomalies of a level, and of anomalies above its normal rows
    below = (n - np.cumsum(normals) + normals / 2) / n
    above = (np.cumsum(anomalies) - anomalies / 2) / m
    area = float((normals * above).sum() / n)
    if m < 2 or n < 2:
        return area, 0.0, 1.0
    variance = (
        max(0.0, float((anomalies * below**2).sum() - m * area**2)) / (m - 1) / m
        + max(0.0, float((normals * above**2).sum() - n * area**2)) / (n - 1) / n
    )
    reach = 1.959964 * math.sqrt(variance)
    return area, max(0.0, area - reach), min(1.0, area + reach)


def _average_precision(levels: Levels) -> float:
    """Sum over levels of gain in recall times precision; NaN without rows of both classes."""
    hits = np.cumsum(levels.anomalies)
    if not levels.anomalies.sum() or not levels.normals.sum():
        return math.nan
    rows = hits + np.cumsum(levels.normals)
    return float((levels.anomalies * hits / rows).sum() / hits[-1])


def _precision_at(levels: Levels, n: int) -> float:
    """Share of anomalies among the n highest scores, rows tied at the cut in proportion."""
    if n < 1:
        return math.nan
    hits = np.cumsum(levels.anomalies)
    rows = hits + np.cumsum(levels.normals)
    at = int(np.searchsorted(rows, n))
    last_hits, last_rows = (hits[at - 1], rows[at - 1]) if at > 0 else (0.0, 0.0)
    share = (n - last_rows) / (rows[at] - last_rows)
    return float((last_hits + share * (hits[at] - last_hits)) / n)


def label_counts(
    frame: "DataFrame", model: Model, label: str, look: Look = Look()
) -> list[tuple[str, int]]:
    """How often the label has each value, as written and trimmed, the commonest first; "" where it has none."""
    from pyspark.sql import functions as F

    written = look.source or model.metadata["source"]
    source = row_source(frame, _label_plan(label), written, [label])
    schema = pa.schema([("value", pa.string()), ("rows", pa.int64())])

    def fold(parts: Iterator[Cells]) -> pa.RecordBatch:
        counts: dict[str, int] = {}
        for cells in parts:
            for value in cells.text[label]:
                counts[value] = counts.get(value, 0) + 1
        return pa.RecordBatch.from_arrays(
            [pa.array(list(counts), pa.string()), pa.array(list(counts.values()), pa.int64())],
            schema=schema,
        )

    counted = folded(frame, source, schema, fold).groupBy("value").agg(F.sum("rows").alias("rows"))
    found = counted.orderBy(F.desc("rows"), "value").limit(_MOST_LABELS).toArrow()
    return list(zip(found["value"].to_pylist(), found["rows"].to_pylist()))


def _label_plan(label: str) -> list[dict[str, Any]]:
    return [{"name": label, "type": "text", "role": "label", "unit": None, "input": None}]


def judge(
    frame: "DataFrame",
    model: Model,
    label: str,
    normal: Sequence[str],
    rows: int,
    look: Look = Look(),
) -> Judged:
    """
    Counts rows by their scores, those without a label left out. `normal` are the values of the label that are normal, as
    they are written, `rows` how many have one. Throws `score_not_finite`.
    """
    from pyspark.sql import functions as F

    naming = look.names(frame, model)
    source = look.rows(frame, model, list(dict.fromkeys([*naming, label])))
    normal_values = frozenset(normal)
    schema = pa.schema(
        [("kind", pa.int8()), ("anomaly", pa.bool_()), ("level", pa.int32()), ("rows", pa.int64())]
    )

    def fold(parts: Iterator[Cells]) -> pa.RecordBatch:
        counter = _Counter()
        for cells in parts:
            values = cells.text[label]
            known = [i for i, value in enumerate(values) if value != "" or "" in normal_values]
            if not known:
                continue
            anomaly = np.array([values[i] not in normal_values for i in known])
            given = ["score", "prepared"] if model.pca else ["score"]
            found = model.run(given, cells.numeric, cells.categories)
            check_finite(found["score"], model, cells, naming)
            scores = found["score"][known]
            counter.add(_SCORES, _bits_of(scores), anomaly)
            counter.add(_ALARMS, scores > np.float32(model.threshold), anomaly)
            if model.pca:
                counter.add(_PCA, _bits_of(model.pca.errors(found["prepared"][known])), anomaly)
        return pa.RecordBatch.from_arrays(counter.columns(), schema=schema)

    counted = _summed(folded(frame, source, schema, fold))
    drop = 0
    if rows > MOST_LEVELS:
        counted = counted.persist()
        drop = _bits_to_drop(counted)
    ranked = F.col("kind") != _ALARMS
    level = F.when(ranked, F.shiftright("level", drop)).otherwise(F.col("level"))
    found = _summed(counted.withColumn("level", level)).toArrow()
    if rows > MOST_LEVELS:
        counted.unpersist()
    kind, anomaly, level, count = (found[name].to_numpy() for name in schema.names)

    def levels(of: int) -> Levels:
        own = kind == of
        return _by_level(anomaly[own], _scores_of(level[own], drop), count[own])

    flagged = (kind == _ALARMS) & (level == 1)
    true_positives, false_positives = (
        int(count[flagged & (anomaly == which)].sum()) for which in (True, False)
    )
    pca = levels(_PCA) if model.pca else None
    return Judged(levels(_SCORES), pca, true_positives, false_positives, drop == 0)


def _summed(counted: "DataFrame") -> "DataFrame":
    from pyspark.sql import functions as F

    return counted.groupBy("kind", "anomaly", "level").agg(F.sum("rows").alias("rows"))


def _bits_to_drop(counted: "DataFrame") -> int:
    """How many of the last bits of scores make too many levels of them."""
    from pyspark.sql import functions as F

    drops = range(_MANTISSA_BITS)
    different = [F.approx_count_distinct(F.shiftright("level", drop)) for drop in drops]
    most = counted.groupBy("kind").agg(*different).drop("kind").toArrow()
    return next(
        (drop for drop in drops if max(most.column(drop).to_pylist()) <= MOST_LEVELS),
        _MANTISSA_BITS,
    )


class _Counter:
    """Counts of scores by kind, label and level, as sparse as these are."""

    def __init__(self) -> None:
        self._found: dict[tuple[int, bool], tuple[np.ndarray, np.ndarray]] = {}

    def add(self, kind: int, levels: np.ndarray, anomaly: np.ndarray) -> None:
        """Takes the levels of rows, and whether each is an anomaly."""
        for which in (False, True):
            new = np.unique(levels[anomaly == which], return_counts=True)
            old = self._found.get((kind, which))
            self._found[kind, which] = new if old is None else _merged(old, new)

    def columns(self) -> list[np.ndarray]:
        """Kinds, labels, levels and counts."""
        parts = [
            (np.full(len(levels), kind, np.int8), np.full(len(levels), which), levels, counts)
            for (kind, which), (levels, counts) in self._found.items()
        ]
        types = (np.int8, bool, np.int32, np.int64)
        return [
            pa.array(np.concatenate([part[k] for part in parts] or [np.empty(0)]).astype(dtype))
            for k, dtype in enumerate(types)
        ]


def _merged(
    one: tuple[np.ndarray, np.ndarray], other: tuple[np.ndarray, np.ndarray]
) -> tuple[np.ndarray, np.ndarray]:
    levels, places = np.unique(np.concatenate([one[0], other[0]]), return_inverse=True)
    counts = np.zeros(len(levels), np.int64)
    np.add.at(counts, places, np.concatenate([one[1], other[1]]))
    return levels, counts


def _bits_of(scores: np.ndarray) -> np.ndarray:
    """int32 bits of float32 scores, as levels."""
    # adding 0 makes one zero of -0 and 0
    return (scores + np.float32(0)).view(np.int32)


def _scores_of(levels: np.ndarray, drop: int) -> np.ndarray:
    """float64 scores of levels: themselves, or the middle of those that share one."""
    bits = levels.astype(np.int32)
    if drop > 0:
        bits = (bits << drop) | (1 << (drop - 1))
    return bits.view(np.float32).astype(np.float64)


def _by_level(anomaly: np.ndarray, scores: np.ndarray, count: np.ndarray) -> Levels:
    anomaly = anomaly.astype(bool)
    distinct, places = np.unique(-scores, return_inverse=True)
    counts = [
        np.bincount(places[anomaly == which], count[anomaly == which], len(distinct))
        for which in (True, False)
    ]
    return Levels(-distinct, *counts)
