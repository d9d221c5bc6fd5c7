"""Makes images.json with TensorFlow and numpy, the second implementation of ssim, psnr and the energy distance.

python -m venv /tmp/golden && /tmp/golden/bin/pip install tensorflow
/tmp/golden/bin/python test/golden/images.py
"""

import json
import os
import pathlib

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "-1")

import numpy as np
import tensorflow as tf

draw = np.random.default_rng(11)


def pair(name, count, shape, peak, noise):
    """Waves of random phase in 0..peak, and the same with noise, in whole hundredths of the peak."""
    y, x = np.mgrid[: shape[0], : shape[1]]
    phase = draw.uniform(0, 6, size=(count, 1, 1, shape[2]))
    clean = 0.5 + 0.4 * np.sin(x[None, ..., None] / 3 + y[None, ..., None] / 5 + phase)
    noisy = np.clip(clean + noise * draw.normal(size=clean.shape), 0, 1)
    a, b = [np.round(100 * z).astype(int) for z in (clean, noisy)]
    as_images = [tf.constant(z / 100 * peak, dtype=tf.float64) for z in (a, b)]
    return {
        "name": name,
        "shape": list(shape),
        "peak": peak,
        "x": a.ravel().tolist(),
        "y": b.ravel().tolist(),
        "ssim": tf.image.ssim(*as_images, max_val=peak).numpy().tolist(),
        "psnr": tf.image.psnr(*as_images, max_val=peak).numpy().tolist(),
    }


def energy(name, a, b):
    """The squared energy distance by its definition, all pairs at once."""
    a, b = np.round(a, 2), np.round(b, 2)
    between = lambda p, q: np.linalg.norm(p[:, None] - q[None], axis=2).mean()
    return {
        "name": name,
        "columns": a.shape[1],
        "a": a.ravel().tolist(),
        "b": b.ravel().tolist(),
        "distance": 2 * between(a, b) - between(a, a) - between(b, b),
    }


golden = {
    "pairs": [
        pair("little noise", 1, (16, 14, 1), 1, 0.05),
        pair("much noise on two images", 2, (11, 13, 1), 1, 0.5),
        pair("colours in bytes", 1, (12, 12, 3), 255, 0.1),
    ],
    "energies": [
        energy("one column", draw.normal(size=(12, 1)), draw.normal(size=(9, 1)) + 1),
        energy("three columns", draw.normal(size=(8, 3)), 2 * draw.normal(size=(10, 3))),
    ],
}
path = pathlib.Path(__file__).with_suffix(".json")
path.write_text(json.dumps(golden) + "\n")
