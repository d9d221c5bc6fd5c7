"""
Rows as a training takes them: read once, dealt to partitions by a hash of their values, and kept there in the order of
that hash. So what is counted and trained hangs on the values and on the number of partitions, not on files, the order
of rows or who works. In one partition rows keep the order of their source.
"""

from collections import Counter

import numpy as np
import pyarrow as pa

from .arrays import matrix_column, matrix_of
from .cells import Reading
from .find import missing_column
from .failures import Failure
from .hashes import row_keys

SCHEMA = (
    "key long, numeric binary, categories array<string>, label string, weight string, unread array<int>, "
    "examples array<string>"
)


def read_request(session, message: dict, tell) -> dict:
    """
    Reads the columns that a training takes, deals the rows to `partitions` and keeps them. Gives rows of each partition, how
    often each label is there, and for each numeric column cells that could not be read and one of them.
    """
    frame = session.frame(message["data"])
    columns, source = message["columns"], message["source"]
    label, weight = message.get("label"), message.get("weight")
    partitions, seed = message["partitions"], message["seed"]
    wanted = _wanted(frame, columns, [label, weight], message["path"])
    read = _reader(columns, source, label, weight, seed, message["path"])
    narrow = frame.select(*wanted)
    if partitions == 1:
        dealt = narrow.coalesce(1).mapInArrow(read, SCHEMA)
    else:
        dealt = narrow.mapInArrow(read, SCHEMA)
        dealt = dealt.repartition(partitions, "key").sortWithinPartitions("key", "numeric", "weight", "label")
    dealt = session.keep("rows", dealt)
    session.kept["shape"] = {
        "p": sum(1 for column in columns if column["input"] == "numeric"),
        "q": sum(1 for column in columns if column["input"] == "categories"),
    }
    return _survey(dealt, session.kept["shape"]["p"])


def _wanted(frame, columns, more, path) -> list[str]:
    names = [c["name"] for c in columns if c["input"] is not None] + [name for name in more if name]
    missing = next((name for name in names if name not in frame.columns), None)
    if missing is not None:
        raise missing_column(path, missing, frame.columns, [])
    return ["`" + name.replace("`", "``") + "`" for name in dict.fromkeys(names)]


def _reader(columns, source, label, weight, seed, path):
    text = [name for name in (label, weight) if name]

    def read(batches):
        reading = None
        for batch in batches:
            if reading is None:
                reading = Reading(columns, source, batch.schema, path)
            cells = reading.cells(batch, text=text)
            rows = batch.num_rows
            numeric, categories = cells.numeric, cells.categories
            unread = cells.unread_rows
            lists = [np.flatnonzero(row).tolist() or None for row in unread] if unread.any() else [None] * rows
            examples: list = [None] * rows
            for j in np.flatnonzero(unread.any(axis=0)):
                row = int(unread[:, j].argmax())
                examples[row] = [*(examples[row] or []), f"{j} {cells.unread_example[j]}"]
            yield pa.RecordBatch.from_arrays(
                [
                    pa.array(row_keys(numeric, categories, seed)),
                    matrix_column(numeric),
                    _text_lists(categories),
                    pa.array(cells.text[label] if label else [None] * rows, pa.string()),
                    pa.array(cells.text[weight] if weight else [None] * rows, pa.string()),
                    pa.array(lists, pa.list_(pa.int32())),
                    pa.array(examples, pa.list_(pa.string())),
                ],
                names=["key", "numeric", "categories", "label", "weight", "unread", "examples"],
            )

    return read


def _text_lists(categories: np.ndarray) -> pa.Array:
    rows, q = categories.shape
    offsets = pa.array(np.arange(0, rows * q + 1, q, dtype=np.int32) if q else np.zeros(rows + 1, np.int32))
    return pa.ListArray.from_arrays(offsets, pa.array(categories.ravel(), pa.string()))


def cells_of(batch: pa.RecordBatch, p: int, q: int) -> tuple[np.ndarray, np.ndarray]:
    """float64 [rows, p] and texts [rows, q] of rows that are kept."""
    categories = batch.column("categories").flatten().to_numpy(zero_copy_only=False)
    return matrix_of(batch.column("numeric"), p, np.float64), categories.reshape(batch.num_rows, q)


def _survey(dealt, p: int) -> dict:
    """What stands in each partition, asked of all at once."""

    def count(batches):
        from pyspark import TaskContext

        rows = 0
        labels: Counter = Counter()
        unread = np.zeros(p, np.int64)
        examples: dict[int, str] = {}
        for batch in batches:
            rows += batch.num_rows
            for value in batch.column("label").value_counts():
                text = value["values"].as_py()
                if text is not None:
                    labels[text] += value["counts"].as_py()
            places = batch.column("unread").flatten().to_numpy(zero_copy_only=False)
            unread += np.bincount(places.astype(np.int64), minlength=p) if len(places) else 0
            for text in batch.column("examples").flatten().to_pylist():
                j, value = text.split(" ", 1)
                examples.setdefault(int(j), value)
        yield pa.RecordBatch.from_pylist(
            [
                {
                    "partition": TaskContext.get().partitionId(),
                    "rows": rows,
                    "labels": [[k, str(v)] for k, v in sorted(labels.items())],
                    "unread": unread.tolist(),
                    "examples": [examples.get(j) for j in range(p)],
                }
            ],
            schema=pa.schema(
                [
                    ("partition", pa.int32()),
                    ("rows", pa.int64()),
                    ("labels", pa.list_(pa.list_(pa.string()))),
                    ("unread", pa.list_(pa.int64())),
                    ("examples", pa.list_(pa.string())),
                ]
            ),
        )

    told = dealt.mapInArrow(
        count,
        "partition int, rows long, labels array<array<string>>, unread array<long>, "
        "examples array<string>",
    ).toArrow().sort_by("partition").to_pylist()
    labels: Counter = Counter()
    for one in told:
        for value, times in one["labels"]:
            labels[value] += int(times)
    return {
        "rows": [one["rows"] for one in told],
        "labels": sorted(labels.items()),
        "examples": [next((one["examples"][j] for one in told if one["examples"][j]), None) for j in range(p)],
        "unread": np.sum([one["unread"] for one in told], axis=0).astype(int).tolist() if told else [0] * p,
    }


def is_part(batch: pa.RecordBatch, deal: dict) -> np.ndarray:
    """
    int8 [rows]: what each row is used for (src/tasks/rows/split.ts): 0 trains, 1 validates, 2 calibrates, 3 tests, 4 is out.
    `deal` is {"bounds": hashes below which each share ends, "dealt": the part of each share, "normal": values or None}.
    """
    first = batch.column("key").to_numpy(zero_copy_only=False).view(np.uint64) & np.uint64(0xFFFFFFFF)
    bounds = np.array(deal["bounds"], np.float64)
    share = np.searchsorted(bounds, first.astype(np.float64), side="right")
    part = np.array(deal["dealt"], np.int8)[share]
    if deal["normal"] is None:
        return part
    kind = classes_of(batch, deal["normal"])
    part[(kind == 1) & (part < 2)] = 4
    part[kind == 2] = 4
    return part


def below(batch: pa.RecordBatch, share: float) -> np.ndarray:
    """bool [rows]: those whose second hash lies below a share of all; of a share of 1 all."""
    keys = batch.column("key").to_numpy(zero_copy_only=False).view(np.uint64)
    return (keys >> np.uint64(32)).astype(np.float64) < min(1.0, share) * 2.0**32


def classes_of(batch: pa.RecordBatch, normal: list[str]) -> np.ndarray:
    """int8 [rows]: 0 normal, 1 an anomaly, 2 without label (which "" may be called normal)."""
    labels = batch.column("label").to_numpy(zero_copy_only=False)
    known = {value: 0 for value in normal}
    if "" not in known:
        known[""] = 2
        known[None] = 2
    return np.array([known.get(value, 1) for value in labels], np.int8)


def parts_request(session, message: dict, tell) -> dict:
    """How many rows each part has."""
    deal = message["deal"]

    def count(batches):
        total = np.zeros(5, np.int64)
        for batch in batches:
            total += np.bincount(is_part(batch, deal), minlength=5)
        yield pa.RecordBatch.from_pylist([{"counts": total.tolist()}], schema=pa.schema([("counts", pa.list_(pa.int64()))]))

    told = session.kept["rows"].select("key", "label").mapInArrow(count, "counts array<long>").toArrow().to_pylist()
    return {"counts": np.sum([one["counts"] for one in told], axis=0).astype(int).tolist()}


def kept_request(session, message: dict, tell) -> dict:
    """
    The `most` rows of some parts with the least second hashes, of those below `share` of all: float64 [rows, p] into the file
    `message["to"]`, and their texts.
    """
    dealt, shape = session.kept["rows"], session.kept["shape"]
    deal, parts, share = message["deal"], message["parts"], message["share"]

    def choose(batches):
        for batch in batches:
            chosen = np.isin(is_part(batch, deal), parts) & below(batch, share)
            if chosen.any():
                yield batch.filter(pa.array(chosen)).select(["key", "numeric", "categories"])

    found = dealt.mapInArrow(choose, "key long, numeric binary, categories array<string>").toArrow()
    order = np.argsort(found.column("key").to_numpy().view(np.uint64), kind="stable")[: message["most"]]
    rows = found.take(pa.array(order)).combine_chunks()
    batch = rows.to_batches()[0] if rows.num_rows else None
    if batch is None:
        raise Failure("too_few_rows", path="", rows=0, least=2)
    numeric, categories = cells_of(batch, shape["p"], shape["q"])
    with open(message["to"], "wb") as file:
        file.write(np.ascontiguousarray(numeric).tobytes())
    return {"rows": batch.num_rows, "texts": categories.ravel().tolist()}


REQUESTS = {
    "read": read_request,
    "parts": parts_request,
    "kept": kept_request,
}
