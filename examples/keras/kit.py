"""What the Keras twins share: prepared arrays, the seed, and how a result is told."""

import json
import os
import pathlib
import time

os.environ.setdefault("KERAS_BACKEND", "jax")

import keras
import numpy as np

folder = pathlib.Path(os.environ["TWINS"])
keras.utils.set_random_seed(int(os.environ.get("SEED", "1")))


def load(name):
    return np.load(folder / f"{name}.npy")


def epochs(usual):
    return int(os.environ.get("EPOCHS", usual))


def tell(began, loss):
    """The loss on rows that did not train, and the seconds since the network was to be trained."""
    print(json.dumps({"loss": float(loss), "seconds": time.perf_counter() - began}))


start = time.perf_counter
