"""Rows as a network takes them, kept where they are, and what PCA needs of them."""

import base64

import numpy as np
import pyarrow as pa

from .arrays import array_text, matrix_column, matrix_of
from .failures import Failure
from .rows import cells_of, is_part
from .runtime import session_of


def prepare_request(session, message: dict, tell) -> dict:
    """
    Runs the preparation over the rows that train or judge, and keeps what comes out. Gives their numbers in each
    partition, and mean and covariance of the first `outputs` columns of those that train.
    """
    dealt, shape = session.kept["rows"], session.kept["shape"]
    p, q = shape["p"], shape["q"]
    deal, front = message["deal"], base64.b64decode(message["front"])
    runtime, masked, weighted = message["runtime"], message["masked"], message["weight"]
    path, outputs = message["path"], message["outputs"]

    def prepare(batches):
        for batch in batches:
            part = is_part(batch, deal)
            learns = part < 2
            if not learns.any():
                continue
            own = batch.filter(pa.array(learns))
            numeric, categories = cells_of(own, p, q)
            x, mask = session_of(front, runtime).run(["prepared", "mask"], table_feeds(numeric, categories))
            rows = own.num_rows
            weight = _weights(own, path, weighted) if weighted else np.ones(rows, np.float32)
            yield pa.RecordBatch.from_arrays(
                [
                    pa.array(part[learns]),
                    matrix_column(x),
                    matrix_column(mask.astype(np.uint8) if masked else np.empty((rows, 0), np.uint8)),
                    pa.array(weight),
                ],
                names=["part", "x", "mask", "weight"],
            )

    prepared = dealt.mapInArrow(prepare, "part byte, x binary, mask binary, weight float")
    prepared = session.keep("prepared", prepared)
    width = message["width"]
    sums = prepared.mapInArrow(_moments(width, outputs), _MOMENTS).toArrow().sort_by("partition").to_pylist()
    return {
        "train": [one["train"] for one in sums],
        "validate": [one["validate"] for one in sums],
        "covariance": _covariance(sums, outputs) if outputs else None,
    }


def table_feeds(numeric: np.ndarray, categories: np.ndarray) -> dict:
    """Raw rows as the graph of a table takes them: an input without columns is absent."""
    return {
        **({"numeric": numeric} if numeric.shape[1] else {}),
        **({"categories": categories} if categories.shape[1] else {}),
    }


def _weights(batch: pa.RecordBatch, path: str, column: str) -> np.ndarray:
    values = np.empty(batch.num_rows, np.float32)
    for i, text in enumerate(batch.column("weight").to_pylist()):
        try:
            values[i] = float(text or "nan")
        except ValueError:
            values[i] = np.nan
        if not 0 <= values[i] < np.inf:
            raise Failure("cluster_weight", path=path, column=column, value=text or "")
    return values


_MOMENTS = "partition int, train long, validate long, mean binary, products binary"


def _moments(width: int, outputs: int):
    def count(batches):
        from pyspark import TaskContext

        train, validate = 0, 0
        mean, products = np.zeros(outputs), np.zeros((outputs, outputs))
        for batch in batches:
            part = batch.column("part").to_numpy(zero_copy_only=False)
            validate += int((part == 1).sum())
            x = matrix_of(batch.column("x"), width, np.float32)[part == 0][:, :outputs].astype(np.float64)
            if len(x) == 0:
                continue
            if outputs:
                mean, products = _joined(train, mean, products, len(x), *_centred(x))
            train += len(x)
        yield pa.RecordBatch.from_pylist(
            [
                {
                    "partition": TaskContext.get().partitionId(),
                    "train": train,
                    "validate": validate,
                    "mean": mean.tobytes(),
                    "products": products.tobytes(),
                }
            ],
            schema=pa.schema(
                [
                    ("partition", pa.int32()),
                    ("train", pa.int64()),
                    ("validate", pa.int64()),
                    ("mean", pa.binary()),
                    ("products", pa.binary()),
                ]
            ),
        )

    return count


def _centred(x: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    mean = x.mean(axis=0)
    centred = x - mean
    return mean, centred.T @ centred


def _joined(n, mean, products, m, other, more) -> tuple[np.ndarray, np.ndarray]:
    """Two sums of products around their means as one (Chan, Golub and LeVeque 1983)."""
    delta = other - mean
    share = m / (n + m)
    return mean + delta * share, products + more + np.outer(delta, delta) * n * share


def _covariance(sums: list[dict], p: int) -> dict:
    n, mean, products = 0, np.zeros(p), np.zeros((p, p))
    for one in sums:
        if one["train"] == 0:
            continue
        mean, products = _joined(
            n, mean, products, one["train"],
            np.frombuffer(one["mean"]), np.frombuffer(one["products"]).reshape(p, p),
        )
        n += one["train"]
    matrix = products / max(1, n - 1)
    return {"weight": n, "mean": array_text(mean), "matrix": array_text((matrix + matrix.T) / 2)}


REQUESTS = {"prepare": prepare_request}
