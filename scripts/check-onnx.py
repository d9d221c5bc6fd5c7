"""Checks ONNX files of ours with the official checker and runs them in Python's onnxruntime.

python scripts/check-onnx.py MODEL.onnx ...

Beside each file lies MODEL.json: inputs by name and the outputs that our own engine gave. The last line is
"N passed, N failed".
"""

import base64
import json
import pathlib
import sys

import numpy as np
import onnx
import onnxruntime


def array(value):
    if value["dtype"] == "string":
        return np.array(value["data"], dtype=object).reshape(value["shape"])
    cells = np.frombuffer(base64.b64decode(value["data"]), dtype=value["dtype"])
    return cells.reshape(value["shape"])


def compare(name, got, expected):
    if got.shape != expected.shape:
        raise AssertionError(f"{name} is {got.shape}, expected {expected.shape}")
    if expected.dtype.kind in "OSUb":
        if not (got == expected).all():
            raise AssertionError(f"{name} differs")
        return
    scale = max(1e-3, np.abs(expected).max(initial=0))
    difference = np.abs(got - expected).max(initial=0) / scale
    if not difference <= 1e-5:
        raise AssertionError(f"{name} differs by {difference:.1e} of its largest value")


def check(path):
    model = onnx.load(path)
    onnx.checker.check_model(model, full_check=True)
    onnx.shape_inference.infer_shapes(model, check_type=True, strict_mode=True, data_prop=True)
    example = json.loads(path.with_suffix(".json").read_text())
    session = onnxruntime.InferenceSession(path, providers=["CPUExecutionProvider"])
    if not example["outputs"]:
        raise AssertionError("there is nothing to compare")
    names = list(example["outputs"])
    results = session.run(names, {name: array(v) for name, v in example["inputs"].items()})
    for name, got in zip(names, results):
        compare(name, got, array(example["outputs"][name]))
    return f"{len(model.graph.node)} nodes, {len(names)} outputs alike"


failed = 0
paths = [pathlib.Path(word) for word in sys.argv[1:]]
for path in paths:
    try:
        print(f"ok      {path.stem}: {check(path)}")
    except Exception as error:  # every kind of failure is a line of the report
        failed += 1
        print(f"FAILED  {path.stem}: {error}")
print(f"{len(paths) - failed} passed, {failed} failed")
sys.exit(1 if failed or not paths else 0)
