"""
Rows that a cluster wrote beside those of one machine, joined by what names them. Prints JSON: rows, those of one side alone,
the greatest difference of each column of numbers (relative where numbers are great), and how many texts differ.

    python compare.py CLUSTER MACHINE [--by id]
"""

import argparse
import json

import numpy as np
import pyarrow as pa
import pyarrow.dataset as dataset


def rows_of(path: str, by: str) -> pa.Table:
    """In the order of what names them, as text: a cluster hands names on as they are written."""
    table = dataset.dataset(path, format="parquet").to_table()
    named = table.column(by).cast(pa.string())
    return table.set_column(table.column_names.index(by), by, named).sort_by(by)


def difference(left: pa.ChunkedArray, right: pa.ChunkedArray) -> float:
    a, b = (side.cast(pa.float64()).to_numpy(zero_copy_only=False) for side in (left, right))
    if (np.isnan(a) != np.isnan(b)).any():
        return float("inf")
    apart = np.abs(a - b) / np.maximum(1, np.abs(b))
    return float(np.nanmax(apart, initial=0))


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("cluster")
    parser.add_argument("machine")
    parser.add_argument("--by", default="id")
    given = parser.parse_args()
    cluster, machine = (rows_of(path, given.by) for path in (given.cluster, given.machine))
    told = {
        "rows": machine.num_rows,
        "clusterRows": cluster.num_rows,
        "columns": machine.column_names,
        "clusterColumns": cluster.column_names,
        "sameNames": cluster.column(given.by).equals(machine.column(given.by)),
        "apart": {},
        "differ": {},
    }
    if told["sameNames"]:
        for name in machine.column_names:
            if name == given.by or name not in cluster.column_names:
                continue
            left, right = cluster.column(name), machine.column(name)
            if pa.types.is_floating(right.type):
                told["apart"][name] = difference(left, right)
            else:
                pairs = zip(left.to_pylist(), right.to_pylist())
                told["differ"][name] = sum(1 for a, b in pairs if a != b)
    print(json.dumps(told))


if __name__ == "__main__":
    main()
