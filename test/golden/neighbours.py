"""Makes neighbours.json with scikit-learn, the second implementation of src/metrics/neighbourhoods.ts.

python -m venv /tmp/golden && /tmp/golden/bin/pip install numpy scikit-learn
/tmp/golden/bin/python test/golden/neighbours.py
"""

import json
import pathlib

import numpy as np
import sklearn
from sklearn.manifold import trustworthiness
from sklearn.neighbors import KNeighborsClassifier

draw = np.random.default_rng(11)


def case(name, rows, codes, k):
    rows, codes = np.round(rows, 4), np.round(codes, 4)
    classes = (rows[:, 0] > 0).astype(int) + (rows[:, 1] > 0.5)
    half = len(rows) // 2
    voter = KNeighborsClassifier(k).fit(codes[:half], classes[:half])
    return {
        "name": name,
        "k": k,
        "columns": rows.shape[1],
        "latent": codes.shape[1],
        "rows": rows.ravel().tolist(),
        "codes": codes.ravel().tolist(),
        "trustworthiness": trustworthiness(rows, codes, n_neighbors=k),
        # neighbours of before among those of the code: the same with both spaces exchanged
        "continuity": trustworthiness(codes, rows, n_neighbors=k),
        "classes": classes.tolist(),
        "accuracy": voter.score(codes[half:], classes[half:]),
    }


rows = draw.normal(size=(60, 8)) @ draw.normal(size=(8, 8))
axes = np.linalg.svd(rows - rows.mean(axis=0), full_matrices=False)[2]
golden = {
    "versions": {"numpy": np.__version__, "scikit-learn": sklearn.__version__},
    "cases": [
        case("two principal components", rows, rows @ axes[:2].T, 5),
        case("one principal component", rows, rows @ axes[:1].T, 3),
        case("codes by chance", rows, draw.normal(size=(60, 2)), 5),
        case("the rows themselves", rows, rows, 7),
    ],
}
path = pathlib.Path(__file__).with_suffix(".json")
path.write_text(json.dumps(golden, allow_nan=False) + "\n")
