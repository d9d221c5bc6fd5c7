"""Writes arrays.json: small .npy and .npz files as NumPy writes them, and the values that are in them.

python test/golden/arrays.py
"""

import base64
import io
import json
import pathlib

import numpy as np
from numpy.lib import format as npy

random = np.random.default_rng(42)
cases = []


def add(name, array, version=(1, 0)):
    buffer = io.BytesIO()
    npy.write_array(buffer, array, version=version)
    values = array.astype("float64").ravel(order="C").tolist() if array.dtype.kind in "fiub" else None
    cases.append(
        {
            "name": name,
            "bytes": base64.b64encode(buffer.getvalue()).decode(),
            "shape": list(array.shape),
            "values": values,
        }
    )


for order in "<>":
    for kind in ["f2", "f4", "f8", "i2", "i4", "i8", "u2", "u4", "u8"]:
        add(f"{order}{kind}", (random.normal(size=(3, 2, 2)) * 40).round(1).__abs__().astype(order + kind))
for kind in ["i1", "u1", "?"]:
    add(kind, random.integers(0, 100, size=(3, 2, 2)).astype(kind))
add("negative", random.integers(-100, 100, size=(3, 4, 1)).astype("i1"))
add("fortran", np.asfortranarray(random.integers(0, 255, size=(5, 3, 4)).astype("f4")))
add("fortran 4-D", np.asfortranarray(random.integers(0, 255, size=(3, 4, 5, 2)).astype("u1")))
add("version 2", random.integers(0, 9, size=(2, 2, 2)).astype("f8"), (2, 0))
add("version 3", random.integers(0, 9, size=(2, 2, 2)).astype("f8"), (3, 0))


def archive(save, **arrays):
    buffer = io.BytesIO()
    save(buffer, **arrays)
    return base64.b64encode(buffer.getvalue()).decode()


table = random.normal(size=(7, 3))
labels = np.array([0, 1, 0, 0, 1, 0, 0])
objects = io.BytesIO()
np.save(objects, np.array([{"a": 1}, None], dtype=object), allow_pickle=True)
answer = {
    "cases": cases,
    "table": table.tolist(),
    "stored": archive(np.savez, X=table, y=labels),
    "deflated": archive(np.savez_compressed, X=np.asfortranarray(table), y=labels),
    "words": archive(np.savez, X=random.normal(size=(3, 4, 2)), y=np.array(["año", "b", "ccc"])),
    "split": archive(np.savez, x_train=table, y_train=labels, x_test=table[:2], y_test=labels[:2]),
    "objects": base64.b64encode(objects.getvalue()).decode(),
}
path = pathlib.Path(__file__).with_suffix(".json")
path.write_text(json.dumps(answer) + "\n")
