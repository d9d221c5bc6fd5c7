"""Spark as it was asked for: an application of its own, Spark Connect, or the session of a notebook."""

import os
import re
import socket
import sys

from .failures import Failure

# What this application asks of Spark where nobody says otherwise.
_USUAL = {
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.sql.execution.arrow.pyspark.enabled": "true",
    # a moment is one number of days, wherever it is read
    "spark.sql.session.timeZone": "UTC",
    # Windows-1252, which what is called Latin-1 most often is
    "spark.sql.legacy.javaCharsets": "true",
}

# Seconds that a server has to take a connection.
_KNOCKING = 10


class Session:
    """A SparkSession with the frames that a conversation has named so far."""

    def __init__(self, spark, held=None):
        self.spark = spark
        # the DataFrame of a notebook
        self.held = held
        self.frames = {}
        # what the conversation keeps between two requests, by the module that keeps it
        self.kept = {}

    @classmethod
    def opened(cls, master: str | None, connect: str | None, conf: dict[str, str]) -> "Session":
        """Throws `cluster_no_spark`, `cluster_unreachable`."""
        try:
            import pandas  # noqa: F401  pyspark asks for it where rows go to Python as Arrow
            from pyspark.sql import SparkSession
        except ImportError as error:
            raise Failure("cluster_no_spark", python=sys.executable) from error
        given = {**_USUAL, **conf}
        os.environ.setdefault("PYSPARK_PYTHON", given.get("spark.pyspark.python", sys.executable))
        builder = SparkSession.builder.appName("espejo")
        if connect is not None:
            _knock(connect)
            builder = builder.remote(connect)
            # those of the server itself are not for a client to set
            given = {k: v for k, v in given.items() if k.startswith("spark.sql.") or k in conf}
        else:
            builder = builder.master(master or "local[*]")
        for name, value in given.items():
            builder = builder.config(name, value)
        place = connect if connect is not None else (master or "local[*]")
        try:
            spark = builder.getOrCreate()
            spark.range(1).count()
        except Failure:
            raise
        except Exception as error:
            raise Failure("cluster_unreachable", master=place, reason=first_line(error)) from error
        if tuple(int(part) for part in spark.version.split(".")[:2]) < (4, 0):
            raise Failure("cluster_old_spark", version=spark.version)
        return cls(spark)

    def frame(self, data: dict):
        """The DataFrame of what a message calls its data, kept by that."""
        from .source import frame_of

        if "held" in data:
            return self.held
        key = repr(sorted(data.items(), key=lambda item: item[0]))
        if key not in self.frames:
            self.frames[key] = frame_of(self.spark, data)
        return self.frames[key]

    def keep(self, name: str, frame):
        """Keeps the rows of a frame on the workers, in the place of those that had the name before."""
        former = self.kept.get(name)
        if former is not None:
            former.unpersist()
        self.kept[name] = frame.persist()
        return self.kept[name]

    def end(self, own: bool) -> None:
        """Lets go of rows that are kept, and of Spark where that was started for this conversation alone."""
        if own:
            self.spark.stop()
            return
        for kept in self.kept.values():
            if hasattr(kept, "unpersist"):
                kept.unpersist()


def _knock(connect: str) -> None:
    """Throws `cluster_unreachable` where nobody listens: a client of Spark Connect would try for many minutes."""
    place = re.match(r"sc://([^:/;]+|\[[^\]]+\])(?::(\d+))?", connect)
    if place is None:
        raise Failure("cluster_unreachable", master=connect, reason="sc://host:port is expected")
    try:
        socket.create_connection((place[1].strip("[]"), int(place[2] or 15002)), _KNOCKING).close()
    except OSError as error:
        raise Failure("cluster_unreachable", master=connect, reason=str(error)) from error


# Lines that tell where something went wrong, and not what.
_WRAPPING = re.compile(
    r"^(at |JVM stacktrace|Traceback|File \"|An error occurred while calling|An exception was thrown from|: ?$|\^+$|raise )"
)


def first_line(error: BaseException) -> str:
    """What an error of Spark says, without its stacks and the names of classes."""
    lines = [line.strip() for line in str(error).splitlines()]
    told = [line for line in lines if line and not _WRAPPING.match(line)]
    coded = [line for line in told if re.search(r"\[[A-Z][A-Z_.]+\] ", line)]
    text = (coded or told or [type(error).__name__])[0]
    text = re.sub(r"^.*?\[[A-Z][A-Z_.]+\] ", "", text) if coded else text
    return re.sub(r"\b(?:[a-z]\w*\.){2,}(\w+)", r"\1", text).lstrip(": ")[:500]
