"""
What a notebook does: a model is trained on a DataFrame and scores it, without the command line. Prints JSON.

    python notebook.py (--master|--connect) URL --data PATTERN --model FILE [--train]
"""

import argparse
import json

from espejo_spark import score
from pyspark.sql import SparkSession
from pyspark.sql import functions as F


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--master")
    parser.add_argument("--connect")
    parser.add_argument("--data", required=True)
    parser.add_argument("--model", required=True)
    parser.add_argument("--train", action="store_true")
    given = parser.parse_args()
    builder = SparkSession.builder.appName("notebook")
    if given.connect:
        spark = builder.remote(given.connect).getOrCreate()
    else:
        spark = builder.master(given.master).config("spark.ui.enabled", "false").getOrCreate()

    frame = spark.read.parquet(given.data)
    told = {}
    if given.train:
        from espejo_spark import train

        told["trained"] = train(
            frame, given.model, label="Class", id=["id"], partitions=4, epochs=2
        )
    scores = score(frame, given.model, ids=["id", "amount"])
    highest = scores.orderBy(F.desc("score")).limit(3).collect()
    told["columns"] = scores.columns
    told["highest"] = [[row.id, row.score, row.reason_1] for row in highest]
    told["rows"] = scores.count()
    print(json.dumps(told, default=str))
    spark.stop()


if __name__ == "__main__":
    main()
