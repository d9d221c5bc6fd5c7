"""What Node asks of a model file and data: scores, codes, an evaluation."""

import base64
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa

from .cells import Cells
from .drift import merged
from .evaluation import evaluate
from .frame_rows import TALLY, folded, row_source
from .model import Model, model_of
from .output import write_counted
from .runtime import runtime_version
from .scoring import Look, Watch, encode, watched_score
from .session import Session

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

Tell = Callable[[dict], None]


def score_request(session: Session, message: dict, tell: Tell) -> dict:
    """
    Scores data and writes the rows, as `write_counted` takes `output`. Gives how many there are, how many anomalies, how many
    whose verdict is open since a cell could not be read, what was `seen` of their values, watched as `watch` says, and, where
    `days` names a column of dates, the first and the last.
    """
    from pyspark.sql import functions as F

    frame, model, look = _given(session, message)
    watch = Watch(message["watch"]["share"], message["watch"]["twins"])
    reasons, language = message["reasons"], message["language"]
    scored = watched_score(frame, model, reasons, language, look, watch)
    flagged = F.col("is_anomaly")
    counts = [
        F.count(F.lit(1)).alias("rows"),
        F.count_if(flagged).alias("anomalies"),
        F.count_if(flagged.isNull()).alias("open"),
        F.collect_list(TALLY).alias("tallies"),
    ]
    told = write_counted(session.spark, scored, message["output"], counts, without=TALLY)
    seen = merged(model, told.pop("tallies"))
    days = message.get("days")
    span = {} if days is None else {"days": _span(frame, model, days, look)}
    return {**told, **span, "seen": seen}


def encode_request(session: Session, message: dict, tell: Tell) -> dict:
    """Encodes data and writes the codes, as `score_request` does. Gives how many rows there are."""
    from pyspark.sql import functions as F

    frame, model, look = _given(session, message)
    counts = [F.count(F.lit(1)).alias("rows")]
    return write_counted(session.spark, encode(frame, model, None, look), message["output"], counts)


def evaluate_request(session: Session, message: dict, tell: Tell) -> dict:
    """The figures of `evaluate`."""
    frame, model, look = _given(session, message)
    return evaluate(frame, model, message["label"], message.get("normal"), look)


def _given(session: Session, message: dict) -> tuple["DataFrame", Model, Look]:
    content = base64.b64decode(message["model"])
    model = model_of(content, runtime_version(), message["modelPath"])
    look = Look(message["path"], message["source"], message["naming"])
    return session.frame(message["data"]), model, look


def _span(frame: "DataFrame", model: Model, column: str, look: Look) -> list[float] | None:
    """The first and the last day of a column of dates, since 1970; None where it has none."""
    from pyspark.sql import functions as F

    known = next(each for each in model.columns if each["name"] == column)
    plan = [{**known, "role": "feature", "input": "numeric"}]
    source = row_source(frame, plan, look.source or model.metadata["source"], (), look.path)
    schema = pa.schema([("first", pa.float64()), ("last", pa.float64())])

    def fold(parts: Iterator[Cells]) -> pa.RecordBatch:
        first, last = np.inf, -np.inf
        for cells in parts:
            days = cells.numeric[~np.isnan(cells.numeric)]
            if len(days) > 0:
                first, last = min(first, days.min()), max(last, days.max())
        return pa.RecordBatch.from_arrays([pa.array([first]), pa.array([last])], schema=schema)

    spans = folded(frame, source, schema, fold).agg(F.min("first"), F.max("last")).toArrow()
    first, last = (column[0].as_py() for column in spans.columns)
    return [first, last] if first is not None and first <= last else None


REQUESTS = {"score": score_request, "encode": encode_request, "evaluate": evaluate_request}
