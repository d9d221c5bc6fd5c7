"""
Rounds of training: each partition goes on from the same state over rows of its own, and the states are averaged, weighted
by rows (McMahan et al. 2017, FedAvg; local SGD, Stich 2019). A round is a function of state, partition and seed alone,
so that what is computed again after a fault has the same bytes.
"""

import base64

import numpy as np
import pyarrow as pa

from .arrays import array_text, matrix_of
from .failures import Failure
from .noise import EVALUATION, ORDER, TRAINING, Noise, stream
from .runtime import session_of

# Rows of a call that judges, and cells that a call is fed at most.
_CHUNK_ROWS = 4096
_MOST_CELLS = 16_000_000
# States that the driver averages itself; more are averaged in groups first.
_GROUP = 32


def program_request(session, message: dict, tell) -> dict:
    """Keeps what all rounds of a training have in common."""
    session.kept["program"] = {
        **message,
        "training": base64.b64decode(message["training"]),
        "evaluation": base64.b64decode(message["evaluation"]),
    }
    return {}


def round_request(session, message: dict, tell) -> dict:
    """
    Judges the given state on the rows that validate, and trains it on those that train where `steps` is not 0. Gives the
    averaged state, sums of the figures over rows, and how many rows and steps there were.
    """
    program = session.kept["program"]
    state = {
        name: np.frombuffer(base64.b64decode(text), np.float32) for name, text in message["state"].items()
    }
    task = _task(program, {name: value.tobytes() for name, value in state.items()}, message)
    told = session.kept["prepared"].mapInArrow(task, _TOLD)
    if program["partitions"] > _GROUP:
        told = _in_groups(told, [value.size for value in state.values()])
    rows = told.toArrow().sort_by("partition").to_pylist()
    merged = _averaged(rows, [value.size for value in state.values()])
    parts = merged.pop("parts")
    averaged = {name: array_text(part) for name, part in zip(state, parts)} if merged["train"] else None
    return {"state": averaged, **merged}


_TOLD = (
    "partition int, train long, validate long, steps int, state binary, figures binary, judged binary, seconds double"
)
_TOLD_SCHEMA = pa.schema(
    [
        ("partition", pa.int32()),
        ("train", pa.int64()),
        ("validate", pa.int64()),
        ("steps", pa.int32()),
        ("state", pa.binary()),
        ("figures", pa.binary()),
        ("judged", pa.binary()),
        ("seconds", pa.float64()),
    ]
)


def _task(program: dict, state: dict[str, bytes], asked: dict):
    """What a partition does in a round, with all that it needs."""

    def run(batches):
        from time import perf_counter

        from pyspark import TaskContext

        began = perf_counter()
        partition = TaskContext.get().partitionId()
        train, validate = _arrays(batches, program)
        vectors = {name: np.frombuffer(value, np.float32) for name, value in state.items()}
        judged = _judge(program, vectors, validate, partition) if asked["judges"] else []
        n, steps, figures = len(train["x"]), 0, []
        if n and asked["trains"]:
            vectors, steps, figures = _train(program, vectors, train, asked, partition)
        yield pa.RecordBatch.from_pylist(
            [
                {
                    "partition": partition,
                    "train": n if asked["trains"] else 0,
                    "validate": len(validate["x"]),
                    "steps": steps,
                    "state": b"".join(np.ascontiguousarray(v, np.float32).tobytes() for v in vectors.values())
                    if steps
                    else b"",
                    "figures": np.array(figures, np.float64).tobytes(),
                    "judged": np.array(judged, np.float64).tobytes(),
                    "seconds": perf_counter() - began,
                }
            ],
            schema=_TOLD_SCHEMA,
        )

    return run


def _arrays(batches, program: dict) -> tuple[dict, dict]:
    """The rows of a partition that train, and those that validate: x and, where there are such, mask and weight."""
    width, columns = program["width"], program["columns"]
    found: tuple[list, list] = ([], [])
    for batch in batches:
        part = batch.column("part").to_numpy(zero_copy_only=False)
        x = matrix_of(batch.column("x"), width, np.float32)
        mask = matrix_of(batch.column("mask"), columns, np.uint8) if program["masked"] else None
        weight = batch.column("weight").to_numpy(zero_copy_only=False)
        for k in (0, 1):
            own = part == k
            if own.any():
                found[k].append((x[own], None if mask is None else mask[own], weight[own]))
    return tuple(_joined_rows(part, program) for part in found)  # type: ignore[return-value]


def _joined_rows(pieces: list, program: dict) -> dict:
    empty = np.empty((0, program["width"]), np.float32)
    rows = {"x": np.concatenate([piece[0] for piece in pieces]) if pieces else empty}
    if program["masked"] and pieces:
        rows["mask"] = np.concatenate([piece[1] for piece in pieces]).astype(np.float32)
    if program["weight"] and pieces:
        rows["weight"] = np.concatenate([piece[2] for piece in pieces]).reshape(-1, 1)
    return rows


def _judge(program: dict, vectors: dict, rows: dict, partition: int) -> list[float]:
    """Sums of the figures over the rows that validate; noise is the same each time."""
    names = [figure["name"] for figure in program["judging"]]
    sums = np.zeros(sum(figure["cells"] for figure in program["judging"]))
    n = len(rows["x"])
    if n == 0:
        return sums.tolist()
    runtime = session_of(program["evaluation"], program["runtime"])
    noise = Noise(program["judgingNoise"], program["seed"], EVALUATION, partition, 0)
    groups = {name: vectors[name] for name in program["groups"]}
    for chunk, at in enumerate(range(0, n, _CHUNK_ROWS)):
        size = min(_CHUNK_ROWS, n - at)
        feeds = {name: array[at : at + size] for name, array in rows.items()}
        drawn = {name: cells[0] for name, cells in noise.feeds(chunk, 1, size).items()}
        results = runtime.run(names, {**feeds, **groups, **drawn})
        sums += size * np.concatenate([np.ravel(result) for result in results]).astype(np.float64)
    return sums.tolist()


def _train(program: dict, vectors: dict, rows: dict, asked: dict, partition: int):
    """Steps of one partition from a state: the state after them, how many there were, and sums of the figures."""
    n = len(rows["x"])
    batch = min(program["batch"], n)
    per_epoch = -(-n // batch)
    first = asked["first"]
    wanted = asked["steps"] or per_epoch
    names = [figure["name"] for figure in program["figures"]]
    outputs = [*names, *(f"next.{name}" for name in vectors)]
    sums = np.zeros(sum(figure["cells"] for figure in program["figures"]))
    runtime = session_of(program["training"], program["runtime"])
    noise = Noise(program["noise"], program["seed"], TRAINING, partition, asked["round"])
    per_step = batch * (sum(a.shape[1] for a in rows.values()) + _cells(program["noise"]))
    most = max(1, _MOST_CELLS // max(1, per_step))
    all_rows = {f"all.{name}": array for name, array in rows.items()}
    done, trained = 0, 0
    # where rounds are shorter than a pass over the rows, they go on in its order
    position = first if asked["steps"] else asked["round"] * per_epoch
    while done < wanted:
        epoch, at = divmod(position + done, per_epoch)
        order = _order(n, program, asked, partition, epoch)
        left = min(wanted - done, per_epoch - at)
        full = min(left, n // batch - at)
        steps, size = (min(full, most), batch) if full > 0 else (1, n - at * batch)
        begin = at * batch
        feeds = {
            **vectors,
            **all_rows,
            "order": order[begin : begin + steps * size].reshape(steps, size),
            **{name: np.array(v[done : done + steps], np.float32) for name, v in asked["scalars"].items()},
            **noise.feeds(first + done, steps, size),
        }
        results = dict(zip(outputs, runtime.run(outputs, feeds)))
        for name in names[: program["losses"]]:
            bad = results[name][~np.isfinite(results[name])]
            if len(bad):
                raise Failure("not_finite", value=str(bad.flat[0]), epoch=asked["round"] + 1, rate=program["rate"])
        sums += size * np.concatenate(
            [results[f["name"]].reshape(steps, f["cells"]).astype(np.float64).sum(axis=0) for f in program["figures"]]
        )
        vectors = {name: results[f"next.{name}"] for name in vectors}
        done += steps
        trained += steps * size
    return vectors, done, [trained, *sums.tolist()]


def _cells(noise: list[dict]) -> int:
    return sum(int(np.prod(given["shape"])) for given in noise if given["perRow"])


def _order(n: int, program: dict, asked: dict, partition: int, epoch: int) -> np.ndarray:
    """int32 [n]: the order of a pass over the rows; as Node gave it where it did."""
    if asked.get("order") is not None:
        return np.frombuffer(base64.b64decode(asked["order"]), np.int32)
    return stream(program["seed"], ORDER, partition, epoch).permutation(n).astype(np.int32)


def _in_groups(told, sizes: list[int]):
    """States averaged in groups of partitions that follow each other, so that the driver sees few of them."""
    from pyspark.sql import functions as F

    def average(table: pa.Table) -> pa.Table:
        rows = table.sort_by("partition").to_pylist()
        merged = _averaged(rows, sizes)
        parts = merged["parts"]
        return pa.Table.from_pylist(
            [
                {
                    "partition": rows[0]["partition"],
                    "train": merged["train"],
                    "validate": merged["validate"],
                    "steps": merged["steps"],
                    "state": b"".join(part.tobytes() for part in parts) if merged["train"] else b"",
                    "figures": np.array([merged["trained"], *merged["figures"]], np.float64).tobytes()
                    if merged["train"]
                    else b"",
                    "judged": np.array(merged["judged"], np.float64).tobytes(),
                    "seconds": merged["seconds"],
                }
            ],
            schema=_TOLD_SCHEMA,
        )

    return told.groupBy(F.floor(F.col("partition") / _GROUP)).applyInArrow(average, _TOLD)


def _averaged(rows: list[dict], sizes: list[int]) -> dict:
    """The states of partitions as one, weighted by their rows, in their order, in double; and the sums of the others."""
    total = sum(row["train"] for row in rows)
    state = np.zeros(sum(sizes))
    for row in rows:
        if row["train"]:
            state += np.frombuffer(row["state"], np.float32) * (row["train"] / total)
    ends = np.cumsum(sizes)[:-1]
    return {
        "parts": np.split(state.astype(np.float32), ends),
        "train": total,
        "validate": sum(row["validate"] for row in rows),
        "steps": max((row["steps"] for row in rows), default=0),
        "trained": sum(np.frombuffer(row["figures"])[0] for row in rows if row["train"]),
        "figures": _summed(np.frombuffer(row["figures"])[1:] for row in rows if row["train"]),
        "judged": _summed(np.frombuffer(row["judged"]) for row in rows),
        "seconds": max((row["seconds"] for row in rows), default=0.0),
    }


def _summed(lists) -> list[float]:
    found: np.ndarray | None = None
    for values in lists:
        found = values.copy() if found is None else found + values
    return [] if found is None else found.tolist()


REQUESTS = {"program": program_request, "round": round_request}
