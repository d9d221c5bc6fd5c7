"""Makes convolution.json with Keras 3 on TensorFlow, the second implementation of convolution and pooling.

python -m venv /tmp/golden && /tmp/golden/bin/pip install keras tensorflow
/tmp/golden/bin/python test/golden/convolution.py
"""

import json
import os
import pathlib

os.environ["KERAS_BACKEND"] = "tensorflow"
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "-1")

import keras
import numpy as np
import tensorflow as tf

keras.config.set_floatx("float64")
draw = np.random.default_rng(3)


def drawn(*shape):
    return np.round(draw.normal(size=shape), 1)


def numbers(x):
    return [float(f"{v:.6g}") for v in np.asarray(x).ravel()]


def options_of(ours):
    """Our names as Keras writes them: kernelSize is kernel_size."""
    names = {"kernelSize": "kernel_size", "poolSize": "pool_size", "bias": "use_bias"}
    return {names.get(name, name): value for name, value in ours.items() if name != "layer"}


def case(layer, shape, batch=2, **ours):
    kinds = {"conv": "Conv", "max": "Max", "average": "Average", "up": "Up", "global": "Global"}
    start = next(name for name in kinds if layer.startswith(name))
    kind = (kinds[start] + layer[len(start) :]).replace("1d", "1D").replace("2d", "2D")
    made = getattr(keras.layers, kind)(**options_of(ours))
    return judged(made, layer, shape, batch, **ours)


def judged(made, layer, shape, batch=2, **ours):
    """A case of our layer and the one of Keras that stands for it."""
    x = tf.Variable(drawn(batch, *shape))
    made.build(x.shape)
    weights = [drawn(*w.shape) for w in made.weights]
    made.set_weights(weights)
    outputs = made(x)
    factor = drawn(*outputs.shape)
    with tf.GradientTape() as tape:
        outputs = made(x)
        loss = tf.reduce_sum(outputs * factor)
    gradients = tape.gradient(loss, [x, *(w.value for w in made.trainable_weights)])
    names = ["slope"] if layer == "prelu" else ["weight", "bias"][: len(weights)]
    return {
        "layer": {"layer": layer, **ours},
        "input": [batch, *shape],
        "output": list(outputs.shape),
        "x": numbers(x),
        "factor": numbers(factor),
        "weights": {n: numbers(w) for n, w in zip(names, weights)},
        "y": numbers(outputs),
        "gradients": {n: numbers(g) for n, g in zip(["x", *names], gradients)},
    }


cases = []
for kind in ["conv2d", "conv2dTranspose"]:
    for shape, options in [
        ([4, 4, 1], {"filters": 2, "kernelSize": 3}),
        ([5, 4, 2], {"filters": 3, "kernelSize": 3, "padding": "same"}),
        ([6, 5, 2], {"filters": 3, "kernelSize": 3, "strides": 2, "padding": "same"}),
        ([5, 6, 3], {"filters": 2, "kernelSize": [3, 2], "strides": [2, 1]}),
        ([7, 5, 1], {"filters": 2, "kernelSize": 5, "strides": 3, "padding": "same"}),
        ([5, 5, 2], {"filters": 2, "kernelSize": 2, "strides": 2, "bias": False}),
        ([5, 4, 2], {"filters": 2, "kernelSize": 2, "strides": 3, "padding": "same"}),
        ([4, 5, 1], {"filters": 2, "kernelSize": 2, "strides": 3}),
        ([3, 3, 2], {"filters": 3, "kernelSize": 1}),
        ([4, 3, 8], {"filters": 1, "kernelSize": 3, "padding": "same"}),
        ([3, 4, 8], {"filters": 2, "kernelSize": 3, "strides": 2, "padding": "same"}),
        ([4, 5, 3], {"filters": 2, "kernelSize": 3, "padding": "same"}),
        ([5, 4, 3], {"filters": 2, "kernelSize": [2, 3]}),
        ([4, 4, 1], {"filters": 8, "kernelSize": 3, "padding": "same", "activation": "tanh"}),
        ([3, 3, 1], {"filters": 8, "kernelSize": 3, "strides": 2, "padding": "same"}),
    ]:
        if kind == "conv2d" or options["kernelSize"] != [3, 2]:
            cases.append(case(kind, shape, **options))
for kind in ["conv1d", "conv1dTranspose"]:
    for shape, options in [
        ([7, 2], {"filters": 3, "kernelSize": 3}),
        ([7, 1], {"filters": 2, "kernelSize": 5, "strides": 2, "padding": "same"}),
        ([5, 3], {"filters": 2, "kernelSize": 4, "padding": "same"}),
        ([6, 4], {"filters": 1, "kernelSize": 4, "strides": 3, "padding": "same"}),
    ]:
        cases.append(case(kind, shape, **options))
for kind in ["maxPooling", "averagePooling"]:
    for shape, options in [
        ([4, 6, 2], {"poolSize": 2}),
        ([5, 5, 2], {"poolSize": 2, "padding": "same"}),
        ([7, 5, 1], {"poolSize": 3, "strides": 2, "padding": "same"}),
        ([5, 7, 2], {"poolSize": [3, 2], "strides": [1, 2]}),
        ([7, 7, 1], {"poolSize": 2, "strides": 3}),
    ]:
        cases.append(case(f"{kind}2d", shape, **options))
    cases.append(case(f"{kind}1d", [7, 2], poolSize=3, strides=2, padding="same"))
    cases.append(case(f"{kind}1d", [6, 2], poolSize=2))
cases.append(case("upSampling2d", [3, 2, 2]))
cases.append(case("upSampling2d", [2, 3, 1], size=[3, 2]))
cases.append(case("upSampling1d", [3, 2], size=3))
cases.append(case("globalAveragePooling2d", [3, 4, 2]))
cases.append(case("globalAveragePooling1d", [5, 2]))
cases.append(case("globalMaxPooling2d", [3, 4, 2]))
cases.append(case("globalMaxPooling1d", [5, 2]))
L = keras.layers
cases.append(judged(L.ReLU(), "relu", [3, 2]))
cases.append(judged(L.LeakyReLU(0.3), "relu", [3, 2], slope=0.3))
cases.append(
    judged(L.ReLU(1.05, 0.2, 0.35), "relu", [4, 3], slope=0.2, maxValue=1.05, threshold=0.35)
)
cases.append(judged(L.ELU(0.7), "elu", [3, 2], alpha=0.7))
cases.append(judged(L.PReLU(), "prelu", [3, 2]))
cases.append(judged(L.PReLU(shared_axes=[1, 2]), "prelu", [3, 2, 2], sharedAxes=[1, 2]))
cases.append(judged(L.Rescaling(0.5, -1), "rescaling", [3, 2], scale=0.5, offset=-1))
cases.append(judged(L.Rescaling([0.5, 2]), "rescaling", [3, 2], scale=[0.5, 2]))
cases.append(judged(L.Permute((3, 1, 2)), "permute", [2, 3, 4], order=[3, 1, 2]))
around = [[1, 0], [2, 1]]
cases.append(judged(L.ZeroPadding2D(around), "zeroPadding", [2, 3, 2], padding=around))
cases.append(judged(L.ZeroPadding1D((0, 2)), "zeroPadding", [3, 2], padding=[[0, 2]]))
cases.append(judged(L.Cropping2D(around), "cropping", [3, 5, 2], cropping=around))
cases.append(judged(L.Cropping1D((1, 1)), "cropping", [4, 2], cropping=[[1, 1]]))

place = pathlib.Path(__file__).with_name("convolution.json")
lines = ",\n".join(json.dumps(each, separators=(",", ":")) for each in cases)
place.write_text(f"[\n{lines}\n]\n")
