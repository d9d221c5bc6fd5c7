"""Makes metrics.json with scikit-learn and numpy, the second implementation of src/metrics.

python -m venv /tmp/golden && /tmp/golden/bin/pip install numpy scikit-learn
/tmp/golden/bin/python test/golden/metrics.py
"""

import json
import pathlib

import numpy as np
import sklearn
from sklearn import metrics
from scipy.stats import genpareto
from sklearn.decomposition import PCA

draw = np.random.default_rng(7)


def ranking(name, scores, labels):
    precision, recall, thresholds = metrics.precision_recall_curve(labels, scores)
    false_rate, true_rate, levels = metrics.roc_curve(labels, scores, drop_intermediate=False)
    alarms = scores > np.quantile(scores, 0.8)
    return {
        "name": name,
        "scores": scores.tolist(),
        "labels": labels.tolist(),
        "rocAuc": metrics.roc_auc_score(labels, scores),
        "averagePrecision": metrics.average_precision_score(labels, scores),
        "precisionRecallCurve": {
            "precision": precision.tolist(),
            "recall": recall.tolist(),
            "thresholds": thresholds.tolist(),
        },
        "rocCurve": {
            "falsePositiveRate": false_rate.tolist(),
            "truePositiveRate": true_rate.tolist(),
            "thresholds": levels[1:].tolist(),  # the first is infinite, which JSON has not
        },
        "alarms": alarms.astype(int).tolist(),
        "confusion": metrics.confusion_matrix(labels, alarms).ravel().tolist(),
        "precision": metrics.precision_score(labels, alarms, zero_division=0),
        "recall": metrics.recall_score(labels, alarms),
        "f1": metrics.f1_score(labels, alarms),
        "f2": metrics.fbeta_score(labels, alarms, beta=2),
    }


def sample(name, values):
    counts, edges = np.histogram(values, bins=7)
    shares = [0, 0.01, 0.25, 1 / 3, 0.5, 0.9, 0.99, 1]
    centre = np.median(values)
    return {
        "name": name,
        "values": values.tolist(),
        "mean": values.mean(),
        "sd": values.std(ddof=1) if values.size > 1 else 0.0,
        "shares": shares,
        "quantiles": np.quantile(values, shares).tolist(),
        "median": centre,
        "mad": np.median(np.abs(values - centre)),
        "counts": counts.tolist(),
        "edges": edges.tolist(),
    }


def pca(name, rows, k, weights=None):
    fitted = PCA(k, svd_solver="full").fit(rows if weights is None else np.repeat(rows, weights, axis=0))
    # The sign is free: the largest loading becomes positive.
    signs = np.sign(fitted.components_[np.arange(k), np.abs(fitted.components_).argmax(axis=1)])
    rebuilt = fitted.inverse_transform(fitted.transform(rows))
    return {
        "name": name,
        "n": rows.shape[0],
        "p": rows.shape[1],
        "k": k,
        "rows": rows.ravel().tolist(),
        "weights": weights,
        "mean": fitted.mean_.tolist(),
        "components": (signs[:, None] * fitted.components_).ravel().tolist(),
        "explainedVariance": fitted.explained_variance_.tolist(),
        "explainedVarianceRatio": fitted.explained_variance_ratio_.tolist(),
        "codes": (fitted.transform(rows) * signs).ravel().tolist(),
        "reconstructed": rebuilt.ravel().tolist(),
        "errors": ((rows - rebuilt) ** 2).mean(axis=1).tolist(),
        "explained": metrics.r2_score(rows, rebuilt, multioutput="variance_weighted"),
        "psnr": 10 * np.log10(1 / ((rows - rebuilt) ** 2).mean()),
    }


labels = (draw.random(60) < 0.3).astype(int)
smooth = np.round(draw.normal(size=60) + labels, 4)
mixed = draw.normal(size=(6, 6))
rows = np.round(draw.normal(size=(40, 6)) @ mixed + 100, 4)
def pareto(name, excesses):
    shape, _, scale = genpareto.fit(excesses, floc=0)
    return {
        "name": name,
        "excesses": excesses.tolist(),
        "shape": shape,
        "scale": scale,
        "passed": [float(genpareto.isf(p, shape, scale=scale)) for p in (0.5, 0.01, 1e-4)],
    }


golden = {
    "versions": {"numpy": np.__version__, "scikit-learn": sklearn.__version__},
    "rankings": [
        ranking("distinct scores", smooth, labels),
        ranking("tied scores", np.round(smooth * 2) / 2, labels),
        ranking("reversed scores", -smooth, labels),
    ],
    "samples": [
        sample("normal", np.round(draw.normal(size=51), 4)),
        sample("heavy tail", np.round(draw.exponential(size=20) ** 3, 4)),
        sample("one value", np.array([2.5])),
        sample("constant", np.full(9, 3.0)),
    ],
    "pareto": [
        pareto("heavy tail", np.round(genpareto.rvs(0.4, scale=2, size=400, random_state=3), 6)),
        pareto("light tail", np.round(genpareto.rvs(-0.2, scale=1, size=400, random_state=4), 6)),
        pareto("exponential", np.round(genpareto.rvs(0, scale=3, size=300, random_state=5), 6)),
    ],
    "pca": [
        pca("more rows than columns", rows, 3),
        pca("all components", rows[:20], 6),
        pca("more columns than rows", rows[:, :6].reshape(-1, 24)[:5], 3),
        pca("weighted rows", rows, 2, draw.integers(0, 4, size=40).tolist()),
        pca("weighted rows, fewer than columns", rows.reshape(-1, 24)[:5], 2, [1, 3, 0, 2, 1]),
    ],
}
path = pathlib.Path(__file__).with_suffix(".json")
path.write_text(json.dumps(golden, allow_nan=False) + "\n")
