"""What the Python peers share: a task as JSON a line on stdin, an answer as JSON a line on stdout.

A fit task is {"what": "fit", "kind", "shape", "sizes", "batch", "rows", "epochs", "seed"}; its answer holds the
seconds from the call of fit to the end of the first epoch, the seconds of all the others, and the last loss.
A score task is {"what": "score", "sizes", "batch", "rows", "repeats"}; its answer holds the seconds of
each repeat. See ../protocol.mjs.
"""

import argparse
import json
import os
import sys
import time

# Libraries may print: the answers keep the real stdout for themselves.
answers = os.fdopen(os.dup(1), "w")
os.dup2(2, 1)

parser = argparse.ArgumentParser()
parser.add_argument("--threads", type=int, default=1)


def uniform_rows(rows, shape, seed):
    import numpy

    return numpy.random.default_rng(seed).random((rows, *shape), dtype=numpy.float32)


def serve(versions, **work):
    """Answers tasks until stdin ends; `work` names a function of the task for each kind of task."""
    say({"ready": True, "versions": versions})
    for line in sys.stdin:
        task = json.loads(line)
        try:
            say(work[task["what"]](task))
        except Exception as error:  # the runner reports it and goes on with the other peers
            say({"error": f"{type(error).__name__}: {error}"})


def say(answer):
    answers.write(json.dumps(answer) + "\n")
    answers.flush()


class Stopwatch:
    """Seconds of a fit: the first epoch, with all that was done before it, and the others."""

    def __init__(self):
        self.start = time.perf_counter()
        self.first = None

    def epoch_ends(self):
        if self.first is None:
            self.first = time.perf_counter()

    def answer(self, loss):
        end = time.perf_counter()
        return {
            "firstSeconds": self.first - self.start,
            "restSeconds": end - self.first,
            "loss": float(loss),
        }


def timed(repeats, function):
    seconds = []
    for _ in range(repeats):
        start = time.perf_counter()
        function()
        seconds.append(time.perf_counter() - start)
    return {"seconds": seconds}
