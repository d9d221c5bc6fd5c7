"""Makes training.json with Keras 3, the second implementation of src/nn and src/training.

python -m venv /tmp/golden && /tmp/golden/bin/pip install keras jax
/tmp/golden/bin/python test/golden/training.py
"""

import json
import os
import pathlib

os.environ["KERAS_BACKEND"] = "jax"

import keras
import numpy as np
from keras import ops, optimizers

draw = np.random.default_rng(7)


def numbers(x):
    return np.asarray(x, dtype="float64").tolist()


def rows(*shape, scale=1.0):
    return np.round(draw.normal(size=shape) * scale, 4).astype("float32")


def run(name, ours, optimizer, start, gradients):
    """Parameters after each step of fixed gradients; two variables, 2 and 3 of the 5 numbers."""
    variables = [keras.Variable(start[:2]), keras.Variable(start[2:])]
    steps = []
    for g in gradients:
        optimizer.apply([ops.array(g[:2]), ops.array(g[2:])], variables)
        steps.append(np.concatenate([numbers(v) for v in variables]).tolist())
    return {"name": name, "options": ours, "steps": steps}


start = rows(5)
gradients = rows(12, 5, scale=1.5)
gradients[3] = 0
gradients[:, 1] *= 1e-3
rate = 0.05
adam = {"beta_1": 0.8, "beta_2": 0.95, "epsilon": 1e-4}
choices = [
    ("sgd", {"optimizer": {"name": "sgd"}}, optimizers.SGD(rate)),
    ("momentum", {"optimizer": {"name": "sgd", "momentum": 0.9}}, optimizers.SGD(rate, momentum=0.9)),
    (
        "nesterov",
        {"optimizer": {"name": "sgd", "momentum": 0.9, "nesterov": True}},
        optimizers.SGD(rate, momentum=0.9, nesterov=True),
    ),
    ("rmsprop", {"optimizer": {"name": "rmsprop"}}, optimizers.RMSprop(rate)),
    (
        "rmsprop with momentum",
        {"optimizer": {"name": "rmsprop", "rho": 0.8, "momentum": 0.7, "epsilon": 1e-3}},
        optimizers.RMSprop(rate, rho=0.8, momentum=0.7, epsilon=1e-3),
    ),
    ("adam", {"optimizer": {"name": "adam"}}, optimizers.Adam(rate)),
    (
        "adam with its options",
        {"optimizer": {"name": "adam", "beta1": 0.8, "beta2": 0.95, "epsilon": 1e-4}},
        optimizers.Adam(rate, **adam),
    ),
    ("adamw", {"optimizer": {"name": "adamw"}}, optimizers.AdamW(rate)),
    (
        "adamw with its options",
        {"optimizer": {"name": "adamw", "weightDecay": 0.1, "beta1": 0.8, "beta2": 0.95, "epsilon": 1e-4}},
        optimizers.AdamW(rate, weight_decay=0.1, **adam),
    ),
    (
        "sgd, clipped by global norm",
        {"optimizer": {"name": "sgd"}, "clipNorm": 2.5},
        optimizers.SGD(rate, global_clipnorm=2.5),
    ),
    (
        "adam, clipped by global norm",
        {"optimizer": {"name": "adam"}, "clipNorm": 0.3},
        optimizers.Adam(rate, global_clipnorm=0.3),
    ),
]
decay = {"decaySteps": 20, "decayRate": 0.7}
schedules = [
    ({"kind": "exponential", **decay}, optimizers.schedules.ExponentialDecay(rate, 20, 0.7)),
    (
        {"kind": "exponential", **decay, "staircase": True},
        optimizers.schedules.ExponentialDecay(rate, 20, 0.7, staircase=True),
    ),
    ({"kind": "cosine", "decaySteps": 30}, optimizers.schedules.CosineDecay(rate, 30)),
    (
        {"kind": "cosine", "decaySteps": 30, "alpha": 0.1, "warmupSteps": 8},
        optimizers.schedules.CosineDecay(0.0, 30, alpha=0.1, warmup_target=rate, warmup_steps=8),
    ),
]

grid = np.concatenate([np.linspace(-6, 6, 23), [0, -30, 30, 1e-4]]).astype("float32")
activations = {
    "linear": keras.activations.linear,
    "relu": keras.activations.relu,
    "relu6": keras.activations.relu6,
    "leakyRelu": keras.activations.leaky_relu,
    "elu": keras.activations.elu,
    "selu": keras.activations.selu,
    "gelu": keras.activations.gelu,
    "swish": keras.activations.silu,
    "sigmoid": keras.activations.sigmoid,
    "tanh": keras.activations.tanh,
    "softplus": keras.activations.softplus,
    "softsign": keras.activations.softsign,
    "mish": keras.activations.mish,
    "exponential": keras.activations.exponential,
    "hardSigmoid": keras.activations.hard_sigmoid,
    "hardSwish": keras.activations.hard_silu,
    "softmax": lambda x: keras.activations.softmax(x[None])[0],
    "logSoftmax": lambda x: keras.activations.log_softmax(x[None])[0],
}

target = draw.random((4, 6)).round(4).astype("float32")
output = rows(4, 6, scale=2)
probability = draw.random((4, 6)).round(3).astype("float32")
probability[0, :2] = [0, 1]
chances = keras.losses.binary_crossentropy(target, probability)
losses = {
    "mse": keras.losses.mean_squared_error(target, output),
    "mae": keras.losses.mean_absolute_error(target, output),
    "huber": keras.losses.huber(target, output),
    "binaryCrossentropy of logits": keras.losses.binary_crossentropy(target, output, from_logits=True),
    "binaryCrossentropy of probabilities": chances,
}
classes = np.eye(4, dtype="float32")[[2, 0, 3, 3]]
logits = rows(4, 4, scale=3)

gamma, beta = rows(3) + 1, rows(3)
batches = [rows(5, 3, scale=2) + 1 for _ in range(3)]


def normalization(layer):
    layer.build((None, 3))
    layer.gamma.assign(gamma)
    layer.beta.assign(beta)
    return layer


batch_layer = normalization(keras.layers.BatchNormalization())
trained = []
for batch in batches:
    y = batch_layer(batch, training=True)
    trained.append(
        {
            "y": numbers(y),
            "mean": numbers(batch_layer.moving_mean),
            "variance": numbers(batch_layer.moving_variance),
        }
    )


def spread(name, shape):
    values = np.asarray(getattr(keras.initializers, name)(seed=1)(shape))
    return {
        "name": name[0].lower() + name[1:],
        "shape": shape,
        "deviation": float(values.std()),
        "extreme": float(np.abs(values).max()),
    }


golden = {
    "versions": {"keras": keras.__version__},
    "optimizers": {
        "rate": rate,
        "start": numbers(start),
        "gradients": numbers(gradients),
        "runs": [run(name, ours, theirs, start, gradients) for name, ours, theirs in choices],
    },
    "schedules": {
        "rate": rate,
        "runs": [
            {"schedule": ours, "rates": [float(theirs(step)) for step in range(50)]}
            for ours, theirs in schedules
        ],
    },
    "activations": {"x": numbers(grid), "y": {n: numbers(f(ops.array(grid))) for n, f in activations.items()}},
    "losses": {
        "target": numbers(target),
        "output": numbers(output),
        "probability": numbers(probability),
        "values": {name: numbers(value) for name, value in losses.items()},
        "classes": numbers(classes),
        "logits": numbers(logits),
        "entropy": numbers(keras.losses.categorical_crossentropy(classes, logits, from_logits=True)),
    },
    "normalization": {
        "gamma": numbers(gamma),
        "beta": numbers(beta),
        "batches": [numbers(b) for b in batches],
        "trained": trained,
        "inferred": numbers(batch_layer(batches[0], training=False)),
        "layer": numbers(normalization(keras.layers.LayerNormalization())(batches[0])),
    },
    "initializers": [
        spread(name, shape)
        for name in ["GlorotUniform", "GlorotNormal", "HeUniform", "HeNormal", "LecunUniform", "LecunNormal"]
        for shape in [[300, 100], [3, 3, 20, 60]]
    ],
}
path = pathlib.Path(__file__).with_suffix(".json")
path.write_text(json.dumps(golden, allow_nan=False) + "\n")
