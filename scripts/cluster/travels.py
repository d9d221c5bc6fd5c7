"""
Whether what goes to workers needs nothing of our package there: each function and class of it is written as Spark sends it,
and read in a process that has not the package. Prints JSON: how many there are, and what went wrong of each that did not.

    python travels.py
"""

import importlib
import inspect
import json
import pickle
import pkgutil
import subprocess
import sys

import espejo_spark
from pyspark import cloudpickle

READING = """
import json, pickle, sys
wrong = {}
for name, written in pickle.load(sys.stdin.buffer).items():
    try:
        pickle.loads(written)
    except Exception as error:
        wrong[name] = repr(error)
print(json.dumps(wrong))
"""


def main() -> None:
    written = {}
    for found in pkgutil.iter_modules(espejo_spark.__path__):
        module = importlib.import_module(f"espejo_spark.{found.name}")
        for name, value in vars(module).items():
            own = getattr(value, "__module__", None) == module.__name__
            if own and (inspect.isfunction(value) or inspect.isclass(value)):
                written[f"{found.name}.{name}"] = cloudpickle.dumps(value)
    reader = subprocess.run(
        # isolated: no path of ours
        [sys.executable, "-I", "-c", READING],
        input=pickle.dumps(written),
        stdout=subprocess.PIPE,
        check=True,
    )
    print(json.dumps({"count": len(written), "wrong": json.loads(reader.stdout)}))


if __name__ == "__main__":
    main()
