"""Training on a DataFrame that is at hand: Node is started, decides, and asks this process, which has Spark."""

import json
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

from .failures import Failure

# Options that are said once for each value.
_REPEATED = {"normal", "missing", "not_missing", "number"}


def train(frame, output: str, *, on_event: Callable[[dict], None] | None = None, **options) -> dict:
    """
    Trains a model on a DataFrame and writes it to the file `output`. Options are those of `espejo cluster train` with
    underscores: `train(frame, "m.onnx", label="Class", partitions=8, log=["amount"])`. `on_event` hears of each epoch and
    note as it comes; by default lines are printed. Gives what came of it: threshold, losses, evaluation. Throws `Failure`
    with a code of Espejo's catalogue.
    """
    from .bridge import converse
    from .session import Session

    session = Session(frame.sparkSession, held=frame)
    to_node, from_node = os.pipe(), os.pipe()
    words = [*_command(), "cluster", "train", "--frame", f"{to_node[0]},{from_node[1]}", "-o", output, "--json"]
    node = subprocess.Popen(
        [*words, *_words(options)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        pass_fds=(to_node[0], from_node[1]),
        text=True,
        # Ctrl-C interrupts the notebook, which ends the process below
        start_new_session=True,
    )
    os.close(to_node[0])
    os.close(from_node[1])
    heard: dict = {}
    threads = [
        threading.Thread(target=_listen, args=(node.stdout, heard, on_event or _printed), daemon=True),
        threading.Thread(target=_listen, args=(node.stderr, heard, on_event or _printed), daemon=True),
    ]
    for thread in threads:
        thread.start()
    with os.fdopen(to_node[1], "w", encoding="utf-8") as channel, os.fdopen(from_node[0], encoding="utf-8") as lines:

        def answer(message: dict) -> None:
            channel.write(json.dumps(message) + "\n")
            channel.flush()

        try:
            converse(lines, answer, session)
        except BaseException:
            node.terminate()
            raise
    for thread in threads:
        thread.join()
    code = node.wait()
    if "error" in heard:
        failure = Failure(heard["error"]["code"], **heard["error"]["parameters"])
        failure.args = (heard["error"]["message"],)
        raise failure
    if code != 0:
        raise Failure("cluster_ended", code=str(code), reason=heard.get("last", ""))
    return heard.get("done", {})


def _listen(stream, heard: dict, tell: Callable[[dict], None]) -> None:
    for line in stream:
        heard["last"] = line.strip()
        try:
            event = json.loads(line)
        except ValueError:
            continue
        if event.get("event") == "error":
            heard["error"] = event
            continue
        if event.get("event") == "done":
            heard["done"] = event
        tell(event)


def _printed(event: dict) -> None:
    name = event.get("event")
    if name == "epoch":
        told = f"epoch {event['epoch']}  loss {event['loss']:.4g}"
        judged = event.get("validationLoss")
        print(told if judged is None else f"{told}  validation {judged:.4g}", file=sys.stderr)
    elif name == "note":
        print(f"note: {event.get('text', event.get('code'))}", file=sys.stderr)


def _command() -> list[str]:
    """What starts Espejo: ESPEJO_COMMAND, the npm package that this one lies in, or `espejo` on the path."""
    stated = os.environ.get("ESPEJO_COMMAND")
    if stated:
        return stated.split(" ")
    own = Path(__file__).resolve().parents[2] / "dist" / "cli" / "main.js"
    node = shutil.which("node")
    if own.exists() and node:
        return [node, str(own)]
    found = shutil.which("espejo")
    if found is None:
        raise Failure("cluster_no_node")
    return [found]


def _words(options: dict) -> list[str]:
    found: list[str] = []
    for name, value in options.items():
        flag = "--" + name.replace("_", "-")
        if value is None or value is False:
            continue
        if value is True:
            found.append(flag)
        elif name in _REPEATED:
            for one in value if isinstance(value, (list, tuple)) else [value]:
                found += [flag, str(one)]
        else:
            found += [flag, ",".join(map(str, value)) if isinstance(value, (list, tuple)) else str(value)]
    return found
