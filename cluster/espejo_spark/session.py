"""Spark as it was asked for: an application of its own, Spark Connect, or the session of a notebook."""

import os
import sys

from .failures import Failure

# What this application asks of Spark where nobody says otherwise.
_USUAL = {
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.sql.execution.arrow.pyspark.enabled": "true",
    "spark.sql.session.timeZone": "UTC",
    # one row of times is one moment, whoever reads it
    "spark.sql.execution.pythonUDF.arrow.enabled": "true",
    "spark.driver.host": None,
}


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
            from pyspark.sql import SparkSession
        except ImportError as error:
            raise Failure("cluster_no_spark", python=sys.executable) from error
        given = {**{k: v for k, v in _USUAL.items() if v is not None}, **conf}
        os.environ.setdefault("PYSPARK_PYTHON", given.get("spark.pyspark.python", sys.executable))
        builder = SparkSession.builder.appName("espejo")
        if connect is not None:
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

    def stop(self) -> None:
        self.spark.stop()


def first_line(error: BaseException) -> str:
    """What an error of Spark says, without its Java stack."""
    lines = [line.strip() for line in str(error).splitlines()]
    told = [line for line in lines if line and not line.startswith(("at ", "JVM stacktrace", "Traceback"))]
    return told[0][:500] if told else type(error).__name__
