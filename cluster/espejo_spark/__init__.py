"""Espejo on Apache Spark: autoencoders trained and used on DataFrames of any size."""

from pyspark import cloudpickle

# functions go to workers by value: nothing of this package need be installed there
cloudpickle.register_pickle_by_value(__import__(__name__))

from .evaluation import evaluate  # noqa: E402
from .notebook import train  # noqa: E402
from .scoring import encode, score  # noqa: E402

__all__ = ["encode", "evaluate", "score", "train"]
