"""This package in the processes of workers, where it need not be installed."""

import sys


def carried() -> None:
    """From now on its functions go to workers by value."""
    from pyspark import cloudpickle

    cloudpickle.register_pickle_by_value(sys.modules[__package__])
