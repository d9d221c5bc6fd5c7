"""Makes baselines.json with scikit-learn, the second implementation of src/baselines.

python -m venv /tmp/golden && /tmp/golden/bin/pip install numpy scikit-learn
/tmp/golden/bin/python test/golden/baselines.py
"""

import json
import pathlib

import numpy as np
import sklearn
from sklearn.ensemble import IsolationForest
from sklearn.metrics import roc_auc_score
from sklearn.neighbors import NearestNeighbors

draw = np.random.default_rng(3)
columns, seeds = 5, 30


def normals(n):
    """Two clusters, one of them along a line."""
    group = draw.random(n) < 0.6
    rows = draw.normal(size=(n, columns))
    rows[group] = rows[group] * 0.5 + 3
    rows[~group, 1] = rows[~group, 0] * 2 + 0.3 * rows[~group, 1]
    return rows


train = np.round(normals(500), 3).astype(np.float32)
test = np.round(np.vstack([normals(300), draw.uniform(-4, 6, size=(60, columns))]), 3).astype(np.float32)
labels = np.r_[np.zeros(300, int), np.ones(60, int)]
forests = [IsolationForest(n_estimators=100, max_samples=256, random_state=seed).fit(train) for seed in range(seeds)]
areas = [roc_auc_score(labels, -forest.score_samples(test)) for forest in forests]
means = np.mean([-forest.score_samples(test) for forest in forests], axis=0)
distances = NearestNeighbors(n_neighbors=5).fit(train).kneighbors(test)[0][:, 4]
golden = {
    "versions": {"numpy": np.__version__, "scikit-learn": sklearn.__version__},
    "columns": columns,
    "train": [round(float(x), 3) for x in train.ravel()],
    "test": [round(float(x), 3) for x in test.ravel()],
    "labels": labels.tolist(),
    "forest": {
        "seeds": seeds,
        "mean": float(np.mean(areas)),
        "deviation": float(np.std(areas, ddof=1)),
        "scores": np.round(means, 6).tolist(),
    },
    "distances": distances.tolist(),
}
path = pathlib.Path(__file__).with_suffix(".json")
path.write_text(json.dumps(golden, allow_nan=False) + "\n")
print(golden["forest"]["mean"], golden["forest"]["deviation"], len(path.read_text()))
