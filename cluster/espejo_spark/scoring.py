"""Rows of a DataFrame with their scores and reasons, and their codes."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa

from .cells import Cells
from .drift import Tally
from .failures import Failure
from .frame_rows import RowSource, Work, mapped, naming_columns, row_source, tallied
from .js_numbers import number_text
from .model import Model, ModelAddress, model_of
from .reasons import MOST_REASONS, Reasons
from .row_names import row_name
from .runtime import runtime_version
from .words import reason_words

if TYPE_CHECKING:
    from pyspark.sql import DataFrame


@dataclass(frozen=True)
class Look:
    """What is known of data beyond what a model says, where someone has looked at them; `path` is for messages."""

    path: str = "DATA"
    source: dict[str, Any] | None = None
    """How they are written, as `espejo.source` says it of those of the training."""
    naming: Sequence[str] | None = None
    """Columns that name rows."""

    def names(self, frame: "DataFrame", model: Model) -> list[str]:
        """The columns that name the rows."""
        return (
            naming_columns(model.columns, frame.columns)
            if self.naming is None
            else list(self.naming)
        )

    def rows(self, frame: "DataFrame", model: Model, text: Sequence[str]) -> RowSource:
        """How the rows are read for a model, with columns as they are written."""
        source = self.source or model.metadata["source"]
        return row_source(frame, model.columns, source, text, self.path)


@dataclass(frozen=True)
class Watch:
    """How rows are watched: which share of them is kept, and whether columns are looked for that are equal."""

    share: float
    twins: bool


def score(
    frame: "DataFrame",
    model: ModelAddress,
    ids: Sequence[str] | None = None,
    reasons: str = "anomalies",
    language: str = "en",
    look: Look = Look(),
) -> "DataFrame":
    """
    The rows of a DataFrame with their scores, as `espejo score` gives them: what names a row, `score`, `is_anomaly`,
    `reason_1` to `reason_3` for "anomalies", "all" or "none" of the rows, and `unread`, the columns whose cell could not be
    read; where training had no missing cell in one of them, `is_anomaly` is null. `ids` are columns that are handed on as
    they are; without them those that name rows in the model come as text. Throws what `model_of` and `Reading` do; the work
    itself `score_not_finite`, and what `session_of` does.
    """
    found, naming, fields, make = _scores(frame, model, reasons, language, look, ids is None)
    return mapped(frame, look.rows(frame, found, naming), ids or [], fields, make)


def watched_score(
    frame: "DataFrame", model: Model, reasons: str, language: str, look: Look, watch: Watch
) -> "DataFrame":
    """As `score`, with what `merged` of drift.py makes of the rows' values in a column behind (`tallied`)."""
    found, naming, fields, make = _scores(frame, model, reasons, language, look, True)

    def tally_of(partition: int) -> Tally:
        return Tally(found, watch.share, watch.twins, partition)

    return tallied(frame, look.rows(frame, found, naming), fields, make, tally_of)


def _scores(
    frame: "DataFrame",
    model: ModelAddress,
    reasons: str,
    language: str,
    look: Look,
    named: bool,
) -> tuple[Model, list[str], list[pa.Field], Callable[[], Work]]:
    """The model, what names rows (told with `named`), and columns with the work that makes them."""
    if reasons not in ("anomalies", "all", "none"):
        raise ValueError(f'reasons are "anomalies", "all" or "none", got "{reasons}"')
    found = model_of(model, runtime_version())
    naming = look.names(frame, found)
    words = None if reasons == "none" else reason_words()[language]
    fields = [pa.field(name, pa.string()) for name in naming] if named else []
    fields += [pa.field("score", pa.float32()), pa.field("is_anomaly", pa.bool_())]
    if words:
        fields += [pa.field(f"reason_{k + 1}", pa.string()) for k in range(MOST_REASONS)]
    fields.append(pa.field("unread", pa.string()))
    every = reasons == "all"

    def make() -> Work:
        scorer = _Scorer(found, naming, Reasons(found, words) if words else None, every)
        return lambda cells, _: [*(_texts(cells, naming) if named else []), *scorer.columns(cells)]

    return found, naming, fields, make


def encode(
    frame: "DataFrame",
    model: ModelAddress,
    ids: Sequence[str] | None = None,
    look: Look = Look(),
) -> "DataFrame":
    """The codes of the rows, `latent_1` to `latent_n`, beside what names them, as `espejo encode` gives them."""
    found = model_of(model, runtime_version())
    naming = look.names(frame, found) if ids is None else []
    fields = [pa.field(name, pa.string()) for name in naming]
    fields += [pa.field(f"latent_{k + 1}", pa.float32()) for k in range(found.latent_size)]

    def make() -> Work:
        def codes(cells: Cells, _: pa.RecordBatch) -> list[pa.Array]:
            latent = found.run(["latent"], cells.numeric, cells.categories)["latent"]
            return [*_texts(cells, naming), *(pa.array(column) for column in latent.T.copy())]

        return codes

    return mapped(frame, look.rows(frame, found, naming), ids or [], fields, make)


class _Scorer:
    """The columns that a model adds to rows."""

    def __init__(self, model: Model, naming: list[str], teller: Reasons | None, every: bool):
        self._model, self._naming = model, naming
        self._teller, self._every = teller, every
        self._names = [column["name"] for column in model.numeric]
        self._never_missing = np.array([name in model.never_missing for name in self._names], bool)

    def columns(self, cells: Cells) -> list[pa.Array]:
        """Scores, flags, reasons and names of unread cells. Throws `score_not_finite`."""
        numeric, categories = cells.numeric, cells.categories
        found = self._model.run(["score", "is_anomaly"], numeric, categories)
        scores, flags = found["score"], found["is_anomaly"]
        check_finite(scores, self._model, cells, self._naming)
        unread = cells.unread_rows
        open_rows = (unread & self._never_missing).any(axis=1)
        columns = [pa.array(scores), pa.array(flags, mask=open_rows)]
        if self._teller:
            wanted = np.arange(len(scores)) if self._every else np.flatnonzero(flags)
            columns += self._reasons(cells, wanted)
        return [*columns, self._unread(unread)]

    def _reasons(self, cells: Cells, wanted: np.ndarray) -> list[pa.Array]:
        told: list[list[str | None]] = [[None] * len(cells.numeric) for _ in range(MOST_REASONS)]
        for row, texts in zip(
            wanted, self._teller.of(cells.numeric[wanted], cells.categories[wanted])
        ):
            for k, text in enumerate(texts):
                told[k][row] = text
        return [pa.array(column, pa.string()) for column in told]

    def _unread(self, unread: np.ndarray) -> pa.Array:
        named: list[str | None] = [None] * len(unread)
        for row in np.flatnonzero(unread.any(axis=1)):
            named[row] = ", ".join(np.compress(unread[row], self._names))
        return pa.array(named, pa.string())


def check_finite(scores: np.ndarray, model: Model, cells: Cells, naming: list[str]) -> None:
    """Throws `score_not_finite`: such a score says nothing, and would pass for normal."""
    bad = np.flatnonzero(~np.isfinite(scores))
    if len(bad) > 0:
        at = bad[0]
        named = row_name(naming, [cells.text[name][at] for name in naming])
        value = number_text(float(scores[at]))
        row = named or _greatest_cell(model, cells.numeric[at])
        raise Failure("score_not_finite", path=model.path, row=row, value=value)


def _greatest_cell(model: Model, cells: np.ndarray) -> str:
    """What a row is called that nothing names, and that has no number where its data are in parts: "Amount = 1e+300"."""
    if len(cells) == 0 or np.isnan(cells).all():
        return ""
    j = int(np.nanargmax(np.abs(cells)))
    return f"{model.numeric[j]['name']} = {number_text(float(cells[j]))}"


def _texts(cells: Cells, names: list[str]) -> list[pa.Array]:
    return [pa.array(cells.text[name], pa.string()) for name in names]
