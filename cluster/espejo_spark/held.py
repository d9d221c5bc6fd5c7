"""Scores of rows that did not train, by a model and by PCA beside it: what a threshold and figures are chosen from."""

import base64

import numpy as np
import pyarrow as pa

from .arrays import matrix_column
from .model import Pca
from .prepared import table_feeds
from .rows import below, cells_of, classes_of, is_part
from .runtime import session_of


def held_request(session, message: dict, tell) -> dict:
    """
    Scores the rows of `parts` whose second hash lies below `share` of all. Writes side by side, for n rows: float32 scores,
    float32 scores of PCA where there is one, uint8 parts, uint8 classes, into `message["to"]`; gives n, in the order of
    partitions.
    """
    dealt, shape = session.kept["rows"], session.kept["shape"]
    p, q = shape["p"], shape["q"]
    deal, parts, runtime = message["deal"], message["parts"], message["runtime"]
    model = base64.b64decode(message["model"])
    share = message["share"]
    pca = message.get("pca")
    plane = None
    if pca is not None:
        mean = np.frombuffer(base64.b64decode(pca["mean"]), np.float64)
        axes = np.frombuffer(base64.b64decode(pca["axes"]), np.float64)
        plane = Pca(mean, axes.reshape(-1, len(mean)))

    def score(batches):
        from pyspark import TaskContext

        partition = TaskContext.get().partitionId()
        for batch in batches:
            part = is_part(batch, deal)
            held = np.isin(part, parts) & below(batch, share)
            if not held.any():
                continue
            own = batch.filter(pa.array(held))
            outputs = ["score", "prepared"] if plane else ["score"]
            results = session_of(model, runtime).run(outputs, table_feeds(*cells_of(own, p, q)))
            beside = plane.errors(results[1]) if plane else np.zeros(own.num_rows, np.float32)
            classes = (
                classes_of(own, deal["normal"]) if deal["normal"] is not None else np.zeros(own.num_rows, np.int8)
            )
            yield pa.RecordBatch.from_arrays(
                [
                    pa.array(np.full(own.num_rows, partition, np.int32)),
                    pa.array(results[0].astype(np.float32)),
                    pa.array(beside),
                    pa.array(part[held]),
                    pa.array(classes),
                ],
                names=["partition", "score", "pca", "part", "kind"],
            )

    found = dealt.mapInArrow(score, "partition int, score float, pca float, part byte, kind byte").toArrow()
    column = lambda name, dtype: found.column(name).to_numpy().astype(dtype).tobytes()  # noqa: E731
    with open(message["to"], "wb") as file:
        file.write(column("score", np.float32))
        if plane:
            file.write(column("pca", np.float32))
        file.write(column("part", np.uint8))
        file.write(column("kind", np.uint8))
    return {"rows": found.num_rows}


def residuals_request(session, message: dict, tell) -> dict:
    """
    Residuals of rows of one part, of those whose second hash lies below `share` of all: float32 [rows, columns] and then their
    mask, likewise, into the file `message["to"]`.
    """
    dealt, shape = session.kept["rows"], session.kept["shape"]
    p, q = shape["p"], shape["q"]
    deal, part, runtime = message["deal"], message["part"], message["runtime"]
    program = base64.b64decode(message["program"])
    share = message["share"]

    def compute(batches):
        for batch in batches:
            chosen = (is_part(batch, deal) == part) & below(batch, share)
            if not chosen.any():
                continue
            own = batch.filter(pa.array(chosen))
            residual, mask = session_of(program, runtime).run(["residual", "mask"], table_feeds(*cells_of(own, p, q)))
            yield pa.RecordBatch.from_arrays(
                [matrix_column(residual), matrix_column(mask.astype(np.float32))], names=["residual", "mask"]
            )

    found = dealt.mapInArrow(compute, "residual binary, mask binary").toArrow()
    with open(message["to"], "wb") as file:
        for name in ("residual", "mask"):
            for cell in found.column(name):
                file.write(cell.as_py())
    return {"rows": found.num_rows, "columns": p + q}


REQUESTS = {"held": held_request, "residuals": residuals_request}
