"""Random numbers of rounds: streams of NumPy's Philox, named by seed, purpose, partition, round and input alone."""

import numpy as np

TRAINING, EVALUATION, ORDER = 1, 2, 3


def stream(seed: int, purpose: int, partition: int, turn: int, index: int = 0) -> np.random.Generator:
    """A generator of its own for each purpose of each partition in each turn."""
    key = [seed & 0xFFFFFFFFFFFFFFFF, purpose]
    return np.random.Generator(np.random.Philox(key=key, counter=[0, partition, turn, index]))


class Noise:
    """The noise inputs of a program, filled step after step: how a run is cut into calls changes no number."""

    def __init__(self, inputs: list[dict], seed: int, purpose: int, partition: int, turn: int):
        self._inputs = inputs
        self._streams = [stream(seed, purpose, partition, turn, i) for i in range(len(inputs))]

    def feeds(self, first: int, steps: int, batch: int) -> dict[str, np.ndarray]:
        """float32 [steps, (batch,) ...shape] by the names of the inputs; a `step` input has the numbers of the steps."""
        found = {}
        for given, source in zip(self._inputs, self._streams):
            shape = (steps, *((batch,) if given["perRow"] else ()), *given["shape"])
            if given["kind"] == "step":
                cells = np.broadcast_to(
                    np.arange(first, first + steps, dtype=np.float32).reshape(steps, *[1] * (len(shape) - 1)), shape
                )
                found[given["name"]] = np.ascontiguousarray(cells)
            elif given["kind"] == "uniform":
                found[given["name"]] = source.random(shape, np.float32)
            else:
                found[given["name"]] = source.standard_normal(shape, np.float32)
        return found
