"""
What Spark has for the same job: StandardScaler and PCA of its own library (spark.ml), and the distance of each row to the
plane, on the numbers of the rows of a check. Prints JSON: rows, seconds of fitting and of scoring, ROC AUC.

    python peer.py --master URL --data PATTERN --label Class --latent 15 [--conf k=v ...]
"""

import argparse
import json
import time

from pyspark.ml.evaluation import BinaryClassificationEvaluator
from pyspark.ml.feature import PCA, Imputer, StandardScaler, VectorAssembler
from pyspark.ml.functions import vector_to_array
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F
from pyspark.sql.types import DecimalType, NumericType


def numbers_of(frame: DataFrame, leave: list[str]) -> DataFrame:
    """Numbers as float64 by their names, and the label as 0 and 1."""
    names = [f.name for f in frame.schema if isinstance(f.dataType, (NumericType, DecimalType)) and f.name not in leave]
    return frame.select(*(F.col(n).cast("double") for n in names), (F.col(leave[-1]) != "0").cast("double").alias("y"))


def distance(scaled: str, codes: str):
    """The squared distance to the plane: its axes are orthonormal, so it is |x|^2 - |code|^2."""
    squares = lambda name: F.aggregate(vector_to_array(name), F.lit(0.0), lambda sum, x: sum + x * x)  # noqa: E731
    return squares(scaled) - squares(codes)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--master", required=True)
    parser.add_argument("--data", required=True)
    parser.add_argument("--id", default="id")
    parser.add_argument("--label", default="Class")
    parser.add_argument("--latent", type=int, default=15)
    parser.add_argument("--conf", action="append", default=[])
    given = parser.parse_args()
    builder = SparkSession.builder.appName("peer").master(given.master).config("spark.ui.enabled", "false")
    for setting in given.conf:
        builder = builder.config(*setting.split("=", 1))
    spark = builder.getOrCreate()
    rows = numbers_of(spark.read.parquet(given.data), [given.id, given.label])
    names = rows.columns[:-1]

    began = time.perf_counter()
    normal = rows.where("y = 0")
    full = [f"{name}_" for name in names]
    imputer = Imputer(inputCols=names, outputCols=full).fit(normal)
    assembler = VectorAssembler(inputCols=full, outputCol="x")
    prepared = assembler.transform(imputer.transform(normal)).select("x").persist()
    scaler = StandardScaler(withMean=True, inputCol="x", outputCol="z").fit(prepared)
    pca = PCA(k=given.latent, inputCol="z", outputCol="code").fit(scaler.transform(prepared))
    fitted = time.perf_counter()

    z = scaler.transform(assembler.transform(imputer.transform(rows)))
    scores = pca.transform(z).select("y", distance("z", "code").alias("rawPrediction"))
    scores.write.format("noop").mode("overwrite").save()
    scored = time.perf_counter()
    evaluator = BinaryClassificationEvaluator(labelCol="y", metricName="areaUnderROC", numBins=0)
    print(
        json.dumps(
            {
                "rows": rows.count(),
                "columns": len(names),
                "fitSeconds": fitted - began,
                "scoreSeconds": scored - fitted,
                "rocAuc": evaluator.evaluate(scores),
            }
        )
    )
    spark.stop()


if __name__ == "__main__":
    main()
