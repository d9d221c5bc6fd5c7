"""Makes recurrent.json with Keras 3, the second implementation of src/nn/recurrent.

python -m venv /tmp/golden && /tmp/golden/bin/pip install keras jax
/tmp/golden/bin/python test/golden/recurrent.py
"""

import json
import os
import pathlib

os.environ["KERAS_BACKEND"] = "jax"

import jax
import keras
import numpy as np

draw = np.random.default_rng(3)
TIME, ROWS, FEATURES, UNITS = 5, 3, 2, 3
kinds = {"simpleRnn": keras.layers.SimpleRNN, "gru": keras.layers.GRU, "lstm": keras.layers.LSTM}


def numbers(x):
    """Eight digits, flat: the test compares at five."""
    return [float(f"{v:.8g}") for v in np.asarray(x).ravel()]


def rows(*shape):
    return np.round(draw.normal(size=shape), 3).astype("float32")


def keras_layer(layer):
    options = {"return_sequences": layer.get("returnSequences", False), "use_bias": layer.get("bias", True)}
    if "activation" in layer:
        options["activation"] = layer["activation"]
    if "recurrentActivation" in layer:
        options["recurrent_activation"] = layer["recurrentActivation"]
    if "resetAfter" in layer:
        options["reset_after"] = layer["resetAfter"]
    made = kinds[layer["layer"]](layer["units"], **options)
    both = {"merge_mode": layer.get("merge", "concat")}
    return keras.layers.Bidirectional(made, **both) if layer.get("bidirectional") else made


def short_name(path):
    """Our name of a weight, from the path of Keras'."""
    name = {"kernel": "weight", "recurrent_kernel": "recurrentWeight", "bias": "bias"}[path.split("/")[-1]]
    for direction in ("forward", "backward"):
        if f"/{direction}_" in path:
            return f"{direction}.{name}"
    return name


def case(title, *layers, masked=False):
    x = rows(ROWS, TIME, FEATURES)
    # padded at the end, at the start with a gap in the middle, and whole
    mask = np.array([[1, 1, 1, 0, 0], [0, 1, 0, 0, 1], [1, 1, 1, 1, 1]], bool) if masked else None
    made = [keras_layer(layer) for layer in layers]
    y = x
    weights, names = [], []
    for i, layer in enumerate(made):
        layer.build(y.shape)
        layer.set_weights([rows(*w.shape) * np.float32(0.6) for w in layer.trainable_variables])
        y = layer(y, mask=mask)
        weights.append([w.value for w in layer.trainable_variables])
        names += [f"n.{i}.{short_name(w.path)}" for w in layer.trainable_variables]
    probe = rows(*y.shape)

    def loss(weights, x):
        for layer, own in zip(made, weights):
            x, _ = layer.stateless_call(own, [v.value for v in layer.non_trainable_variables], x, mask=mask)
        return (x * probe).sum(), x

    (_, y), (of_weights, of_x) = jax.value_and_grad(loss, argnums=(0, 1), has_aux=True)(weights, x)
    flat = [w for own in weights for w in own]
    return {
        "title": title,
        "layers": layers,
        "x": numbers(x),
        "mask": None if mask is None else numbers(mask),
        "weights": {n: {"shape": w.shape, "cells": numbers(w)} for n, w in zip(names, flat)},
        "probe": numbers(probe),
        "y": numbers(y),
        "gradients": {"x": numbers(of_x)}
        | {n: numbers(g) for n, g in zip(names, [g for own in of_weights for g in own])},
    }


cases = []
for kind in kinds:
    layer = {"layer": kind, "units": UNITS}
    every = {**layer, "returnSequences": True}
    both = {**layer, "bidirectional": True}
    other = {} if kind == "simpleRnn" else {"recurrentActivation": "softplus"}
    cases += [
        case(f"{kind}, the last state", layer),
        case(f"{kind}, every state", every),
        case(f"{kind} without bias", {**every, "bias": False}),
        case(f"{kind} in both directions, the last states", both),
        case(f"{kind} in both directions, every state", {**both, "returnSequences": True}),
        case(f"{kind} with gaps, the last state", layer, masked=True),
        case(f"{kind} with gaps, in both directions", {**both, "returnSequences": True}, masked=True),
        case(f"{kind} with other activations", {**every, "activation": "elu", **other}),
        case(f"{kind} with other activations and gaps", {**layer, "activation": "elu", **other}, masked=True),
    ]
cases.append(
    case(
        "a stack of all three",
        {"layer": "lstm", "units": 3, "returnSequences": True, "bidirectional": True},
        {"layer": "gru", "units": 2, "returnSequences": True},
        {"layer": "simpleRnn", "units": 3},
    )
)

for merge in ("sum", "mul", "ave"):
    both = {"layer": "lstm", "units": UNITS, "bidirectional": True, "merge": merge}
    cases += [
        case(f"lstm in both directions, {merge}", both),
        case(f"lstm with gaps in both directions, {merge}", {**both, "returnSequences": True}, masked=True),
    ]
before = {"layer": "gru", "units": UNITS, "resetAfter": False}
every = {**before, "returnSequences": True}
cases += [
    case("gru that resets before the product, the last state", before),
    case("gru that resets before the product, in both directions", {**every, "bidirectional": True}),
    case("gru that resets before the product, without bias", {**every, "bias": False}),
    case("gru that resets before the product, with gaps", every, masked=True),
    case(
        "gru that resets before the product, with other activations",
        {**every, "activation": "elu", "recurrentActivation": "softplus"},
    ),
]

path = pathlib.Path(__file__).with_suffix(".json")
sizes = {"time": TIME, "rows": ROWS, "features": FEATURES}
path.write_text(json.dumps({**sizes, "cases": cases}, separators=(",", ":")) + "\n")
