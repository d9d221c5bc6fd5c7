"""PyOD's detectors on rows that bench/quality.mjs laid out: one JSON request a line, one answer a line.

A request names files of float64: `fit` [n, columns] and `judge` [m, columns]; the answer has the seconds of
the fit and the file with the scores of the judged rows. As PyOD's examples do it, columns are standardised
by the rows that are fitted.
"""

import json
import os
import sys
import time
import warnings

warnings.filterwarnings("ignore")
real = os.dup(1)
os.dup2(2, 1)

import numpy as np  # noqa: E402
import pyod  # noqa: E402
import torch  # noqa: E402
from pyod.models.auto_encoder import AutoEncoder  # noqa: E402
from pyod.models.ecod import ECOD  # noqa: E402
from pyod.models.iforest import IForest  # noqa: E402
from pyod.models.knn import KNN  # noqa: E402
from pyod.models.pca import PCA  # noqa: E402
from pyod.models.vae import VAE  # noqa: E402

detectors = {
    "autoencoder": lambda seed: AutoEncoder(random_state=seed, verbose=0),
    "vae": lambda seed: VAE(random_state=seed, verbose=0),
    "pca": lambda seed: PCA(random_state=seed),
    "iforest": lambda seed: IForest(random_state=seed),
    "knn": lambda seed: KNN(),
    "ecod": lambda seed: ECOD(),
}


def standardised(fit, judge):
    mean, sd = fit.mean(0), fit.std(0)
    sd = np.where(sd > 0, sd, 1)
    return (fit - mean) / sd, (judge - mean) / sd


def answer(value):
    os.write(real, (json.dumps(value) + "\n").encode())


answer({"pyod": pyod.__version__, "torch": torch.__version__, "numpy": np.__version__})
for line in sys.stdin:
    request = json.loads(line)
    columns = request["columns"]
    fit = np.fromfile(request["fit"]).reshape(-1, columns)
    judge = np.fromfile(request["judge"]).reshape(-1, columns)
    fit, judge = standardised(fit, judge)
    np.random.seed(request["seed"])
    torch.manual_seed(request["seed"])
    try:
        began = time.perf_counter()
        detector = detectors[request["detector"]](request["seed"]).fit(fit)
        seconds = time.perf_counter() - began
        scores = detector.decision_function(judge)
        np.nan_to_num(np.asarray(scores, dtype=np.float64)).tofile(request["scores"])
        answer({"seconds": seconds})
    except Exception as error:  # a detector that fails on a set is a finding, not the end
        answer({"error": f"{type(error).__name__}: {error}"})
