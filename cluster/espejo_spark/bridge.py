"""The conversation with Espejo on Node: lines of JSON over standard streams, a request and its answer at a time."""

import json
import os
import queue
import re
import sys
import threading
import traceback

from .failures import Failure
from .session import Session, first_line


def requests() -> dict:
    """All that can be asked, by name."""
    from . import counted, held, look, prepared, rounds, rows, scores

    found = {}
    for module in (look, rows, counted, prepared, rounds, held, scores):
        found.update(module.REQUESTS)
    return found


def _read_ahead(stream, busy: "threading.Event", own: bool):
    """
    Lines of a stream as they come. Where they end in the middle of a request, nobody waits for its answer, and this process
    ends with it if it is its `own`.
    """
    waiting: queue.Queue = queue.Queue()

    def read() -> None:
        for line in stream:
            waiting.put(line)
        waiting.put(None)
        if own and busy.is_set():
            os._exit(1)

    threading.Thread(target=read, daemon=True).start()
    yield from iter(waiting.get, None)


def converse(lines, answer, session: Session | None = None) -> None:
    """Answers requests until there are none. `answer` takes a dict; a session that was given is not stopped."""
    own = session is None
    handlers = requests()
    busy = threading.Event()
    try:
        for line in _read_ahead(lines, busy, own):
            busy.set()
            message = json.loads(line)
            asked = message["id"]
            tell = lambda event, asked=asked: answer({"id": asked, "event": event})  # noqa: E731
            try:
                if message["ask"] == "open":
                    if own:
                        session = _started(message, tell)
                    result = _opened(session)
                else:
                    result = handlers[message["ask"]](session, message, tell)
                answer({"id": asked, "answer": result})
            except Exception as error:  # whatever it was, Node tells it to the person
                traceback.print_exc(file=sys.stderr)
                answer({"id": asked, "error": told(error, message)})
            finally:
                busy.clear()
    finally:
        if session is not None:
            session.end(own)


# Seconds after which someone should hear that no worker takes a task.
_PATIENCE = 30


def _started(message: dict, tell) -> Session:
    timer = threading.Timer(_PATIENCE, tell, [{"waiting": _PATIENCE}])
    timer.daemon = True
    timer.start()
    try:
        return Session.opened(message.get("master"), message.get("connect"), message.get("conf", {}))
    finally:
        timer.cancel()


def _opened(session: Session) -> dict:
    import pyspark

    from .runtime import runtime_version

    return {
        "spark": session.spark.version,
        "pyspark": pyspark.__version__,
        "runtime": runtime_version(),
        "python": "%d.%d" % sys.version_info[:2],
    }


def told(error: BaseException, asked: dict) -> dict:
    """An error as its code and parameters: one of ours, however deep Spark has wrapped it, else what Spark says."""
    if isinstance(error, Failure):
        return {"code": error.code, "parameters": error.parameters}
    text = str(error)
    at = text.find('ESPEJO{"code"')
    if at >= 0:
        return json.JSONDecoder().raw_decode(text[at + len("ESPEJO") :])[0]
    absent = re.search(r"No module named '(\w+)", text)
    if absent:
        return {"code": "cluster_worker_python", "parameters": {"module": absent[1]}}
    record = re.search(r"\[MALFORMED_CSV_RECORD\] Malformed CSV record: ?(.*?)(?: SQLSTATE: \w+)?$", text, re.M)
    if record:
        parameters = {"path": asked.get("data", {}).get("path", ""), "text": record[1].strip()[:200]}
        return {"code": "cluster_lines", "parameters": parameters}
    condition = getattr(error, "getCondition", lambda: None)() or ""
    if condition in ("PATH_NOT_FOUND", "FAILED_READ_FILE.FILE_NOT_EXIST"):
        parameters = error.getMessageParameters() or {}
        return {"code": "file_missing", "parameters": {"path": parameters.get("path", "")}}
    if condition.startswith("TABLE_OR_VIEW_NOT_FOUND"):
        parameters = error.getMessageParameters() or {}
        return {"code": "cluster_table", "parameters": {"table": parameters.get("relationName", "").replace("`", "")}}
    if "sql" in asked.get("data", {}) and type(error).__name__ in ("AnalysisException", "ParseException"):
        return {"code": "cluster_sql", "parameters": {"reason": first_line(error)}}
    return {"code": "cluster_failed", "parameters": {"reason": first_line(error)}}


def main() -> None:
    """Talks on the streams that it was started with; whatever else writes to standard output goes to standard error."""
    channel = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    sys.stdout = sys.stderr

    def answer(message: dict) -> None:
        channel.write(json.dumps(message) + "\n")
        channel.flush()

    converse(sys.stdin, answer)


if __name__ == "__main__":
    main()
