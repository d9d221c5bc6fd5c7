"""Scores of check-scores.mjs by a local Spark: reads jobs.json of a folder, writes found.json."""

import json
import os
import sys
from pathlib import Path

os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "cluster"))

from pyspark.sql import SparkSession  # noqa: E402
from pyspark.sql import functions as F  # noqa: E402

from espejo_spark import evaluation  # noqa: E402
from espejo_spark import encode, score  # noqa: E402
from espejo_spark.bridge import told  # noqa: E402
from espejo_spark.model import model_of  # noqa: E402

REASONS = ("reason_1", "reason_2", "reason_3")
LANGUAGES = ("en", "es")


def main(folder: Path, connect: bool) -> None:
    builder = SparkSession.builder
    builder = builder.remote("local[2]") if connect else builder.master("local[2]")
    settings = {
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.sql.session.timeZone": "UTC",
        "spark.sql.shuffle.partitions": "2",
    }
    for name, value in settings.items():
        builder = builder.config(name, value)
    spark = builder.getOrCreate()
    jobs = json.loads((folder / "jobs.json").read_text("utf-8"))
    result = {"jobs": [found(spark, job) for job in jobs], "refusals": refusals(spark, jobs[0])}
    (folder / "found.json").write_text(json.dumps(result), "utf-8")
    spark.stop()


def refusals(spark: SparkSession, job: dict) -> dict[str, str]:
    """What is refused, by the codes of the errors."""
    frame = spark.read.csv(job["data"], header=True, escape='"')
    content = Path(job["model"]).read_bytes()
    other = model_of(content, "0.0.1")
    sequences = Path(__file__).resolve().parents[2] / "test/golden/sequences-of-schema-1.onnx"
    # the number of the schema is one digit, so that the lengths of all fields stay
    newer = content.replace(b"espejo.schema\x12\x011", b"espejo.schema\x12\x019")
    kept = score(frame.select("*", F.col("amount").cast("double").alias("sum")), content, ["sum"])
    return {
        "another version on workers": code_of(lambda: score(frame, other).count()),
        "a model of sequences": code_of(lambda: score(frame, sequences)),
        "a newer model": code_of(lambda: score(frame, newer)),
        "half a model": code_of(lambda: score(frame, content[: len(content) // 2])),
        "no model": code_of(lambda: score(frame, "nothing.onnx")),
        "a column that is missing": code_of(lambda: score(frame.drop("size"), content)),
        "columns as they are": str(kept.schema[0].dataType.simpleString()),
    }


def code_of(work) -> str:
    """The code of the error that some work ends with, however deep Spark has wrapped it."""
    try:
        work()
    except Exception as error:
        return told(error, {})["code"]
    return "nothing"


def found(spark: SparkSession, job: dict) -> dict:
    data, model = job["data"], job["model"]
    read = spark.read
    frame = read.parquet(data) if data.endswith(".parquet") else read.csv(data, header=True, escape='"')
    # rows in another order, in parts
    frame = frame.repartition(3)
    by_language = {}
    for language in LANGUAGES:
        scored = score(frame, model, reasons=job["reasons"], language=language)
        by_language[language] = sorted_rows(scored)
    rows = [
        {
            "ids": [row[name] for name in job["ids"]],
            "score": row["score"],
            "anomaly": row["is_anomaly"],
            "unread": row["unread"],
            "reasons": {
                language: [by_language[language][i][name] for name in REASONS]
                for language in LANGUAGES
            },
        }
        for i, row in enumerate(by_language["en"])
    ]
    codes = [
        [value for name, value in row.items() if name.startswith("latent_")]
        for row in sorted_rows(encode(frame, model, ids=["row"]))
    ]
    result = {"rows": rows, "codes": codes}
    if job.get("label"):
        exact = evaluation.evaluate(frame, model, job["label"])
        most, evaluation.MOST_LEVELS = evaluation.MOST_LEVELS, 2000
        counted = evaluation.evaluate(frame, model, job["label"])
        evaluation.MOST_LEVELS = most
        result["figures"] = {"exact": exact, "counted": counted}
    return result


def sorted_rows(frame) -> list[dict]:
    return sorted(frame.toArrow().to_pylist(), key=lambda row: row["row"])


main(Path(sys.argv[1]), "--connect" in sys.argv)
