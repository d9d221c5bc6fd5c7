"""The Keras side of check-keras.mjs: `make FOLDER` saves models with what they predict, `judge FOLDER` loads
what Espejo wrote and predicts again. test/golden/keras holds some of what it made."""

import json
import os
import pathlib
import sys

os.environ["KERAS_BACKEND"] = "jax"

import keras
import numpy as np
from keras import Sequential
from keras import layers as L

folder = pathlib.Path(sys.argv[2])
draw = np.random.default_rng(5)
Model, Input = keras.Model, keras.Input


def functional(shape, *steps, name=None):
    """Layers called one after the other."""
    start = end = Input(shape)
    for step in steps:
        end = step(end)
    return Model(start, end, name=name)


def models():
    """Every model with the layer whose output is its code, None where that is its input."""
    yield "simple", Sequential(
        [Input((30,)), L.Dense(8, activation="relu", name="code"), L.Dense(30, activation="sigmoid")]
    ), "code"
    yield "deep", functional(
        (20,),
        L.Dense(12, activation="gelu"),
        L.BatchNormalization(),
        L.Dropout(0.3),
        L.Dense(4, name="units"),
        L.LeakyReLU(negative_slope=0.1, name="code"),
        L.Dense(12, activation="selu"),
        L.LayerNormalization(scale=False),
        L.Dense(20, use_bias=False),
    ), "code"
    encoder = Sequential([Input((16,)), L.Dense(9, activation="elu"), L.Dense(24, name="code")], name="encoder")
    decoder = Sequential([Input((24,)), L.Dense(10, activation="mish"), L.Dense(16)], name="decoder")
    yield "nested", Sequential([encoder, decoder]), "code"
    start = Input((16,))
    inner = functional((16,), L.Dense(7, activation="tanh"), L.Dense(3, name="code"), name="in")
    outer = functional((3,), L.Dense(7, activation="softsign"), L.Dense(16), name="out")
    yield "functional-in-functional", Model(start, outer(inner(start))), "code"
    yield "sparse", Sequential(
        [
            Input((12,)),
            L.Dense(5, activation="relu", activity_regularizer=keras.regularizers.L1(1e-4), name="code"),
            L.Dense(12, activation="linear"),
        ]
    ), "code"
    yield "strided-images", Sequential(
        [
            Input((14, 11, 2)),
            L.GaussianNoise(0.2),
            L.Conv2D(6, 3, strides=2, padding="same", activation="relu"),
            L.Conv2D(3, (3, 2), strides=(2, 1), padding="same", activation="silu", name="code"),
            L.Conv2DTranspose(6, 3, strides=(2, 1), padding="same", activation="relu"),
            L.Conv2DTranspose(2, 3, strides=2, padding="same", activation="sigmoid"),
            L.Cropping2D(((0, 2), (0, 1))),
        ]
    ), "code"
    yield "pooled-images", functional(
        (12, 12, 1),
        L.Conv2D(8, 3, activation="relu", padding="same"),
        L.MaxPooling2D(2, padding="same"),
        L.ZeroPadding2D(((1, 0), (2, 1))),
        L.Conv2D(4, 3, activation=L.LeakyReLU(0.2)),
        L.AveragePooling2D((2, 2), strides=1, padding="same"),
        L.Flatten(),
        L.Dense(6, name="code"),
        L.Dense(6 * 6 * 4, activation=L.ELU(0.5)),
        L.Reshape((6, -1, 4)),
        L.UpSampling2D(2),
        L.Conv2D(1, 3, padding="same", activation="hard_sigmoid"),
    ), "code"
    yield "series-convolution", Sequential(
        [
            Input((24, 3)),
            L.Rescaling(0.5, offset=-0.1),
            L.Conv1D(8, 5, strides=2, padding="same", activation="relu"),
            L.SpatialDropout1D(0.2),
            L.MaxPooling1D(3),
            L.Conv1D(2, 3, padding="same", name="code"),
            L.PReLU(shared_axes=[1]),
            L.UpSampling1D(3),
            L.Conv1DTranspose(8, 4, strides=2, padding="same", activation="softplus"),
            L.TimeDistributed(L.Dense(3)),
        ]
    ), "p_re_lu"
    yield "lstm", Sequential(
        [
            Input((10, 2)),
            L.LSTM(9, return_sequences=True, dropout=0.1),
            L.LSTM(5, name="code"),
            L.RepeatVector(10),
            L.LSTM(9, return_sequences=True, activation="softsign"),
            L.TimeDistributed(L.Dense(2)),
        ]
    ), "code"
    yield "gru", functional(
        (8, 3),
        L.Bidirectional(L.GRU(6, return_sequences=True)),
        L.Bidirectional(L.GRU(2, use_bias=False), name="code"),
        L.RepeatVector(8),
        L.GRU(6, return_sequences=True, recurrent_activation="hard_sigmoid"),
        L.Dense(3),
    ), "code"
    yield "rnn", Sequential(
        [
            Input((7, 4)),
            L.SimpleRNN(3, activation="relu", name="code"),
            L.RepeatVector(7),
            L.Bidirectional(L.SimpleRNN(4, return_sequences=True)),
            L.TimeDistributed(L.Dense(4)),
            L.Activation("tanh"),
        ]
    ), "code"
    yield "overcomplete", Sequential(
        [
            Input((10,)),
            L.Dense(40, kernel_regularizer="l2", name="code"),
            L.Activation("exponential", name="grown"),
            L.Dense(10, kernel_regularizer="l2"),
            L.ReLU(max_value=6.0, negative_slope=0.05),
        ]
    ), "grown"
    yield "axes", Sequential(
        [
            Input((4, 6)),
            L.Permute((2, 1)),
            L.Flatten(),
            L.GaussianDropout(0.1),
            L.Dense(5, activation="relu6", name="code"),
            L.Dense(24, activation="leaky_relu"),
            L.Reshape((6, 4)),
            L.Permute((2, 1)),
        ]
    ), "code"
    yield "encoder-alone", functional(
        (9, 9, 1), L.Conv2D(4, 3, activation="relu"), L.GlobalMaxPooling2D(name="code")
    ), "code"
    yield "decoder-alone", Sequential([Input((3,)), L.Dense(8, activation="tanh"), L.Dense(20)]), None


def flat(array):
    return [float(v) for v in np.asarray(array, "float32").ravel()]


def make():
    listed = []
    for name, model, code in models():
        # weights far from their starting values: biases and moving statistics count
        model.set_weights([drawn(w.shape) for w in model.get_weights()])
        model.compile("adam", "mse")
        x = draw.normal(size=(2, *model.input_shape[1:])).astype("float32")
        y = model.predict(x, verbose=0)
        assert np.std(y) > 1e-3, name
        for ending in ["keras", "h5"]:
            model.save(folder / f"{name}.{ending}")
        shapes = {"input": model.input_shape[1:], "output": model.output_shape[1:]}
        listed.append({"name": name, "code": code, **shapes, "x": flat(x), "y": flat(y)})
    lines = ",\n".join(json.dumps(each) for each in listed)
    (folder / "models.json").write_text(f"[\n{lines}\n]\n")


def drawn(shape):
    if len(shape) == 1:
        return draw.uniform(0.1, 0.5, shape)
    return draw.normal(size=shape) / np.sqrt(np.prod(shape[:-1]))


def judge():
    """Loads what Espejo wrote: model, rows and its own outputs."""
    results = []
    for each in json.loads((folder / "written.json").read_text()):
        try:
            model = keras.models.load_model(folder / each["file"])
        except Exception as error:
            print(each["name"], error, file=sys.stderr)
            results.append({"name": each["name"], "far": -1.0})
            continue
        x = np.array(each["x"], "float32").reshape(each["input"])
        y = np.asarray(model.predict(x, verbose=0))
        ours = np.array(each["y"], "float32").reshape(each["output"])
        far = float(np.max(np.abs(y - ours)) / max(1, np.max(np.abs(y)))) if y.shape == ours.shape else -1.0
        results.append({"name": each["name"], "far": far})
    (folder / "judged.json").write_text(json.dumps(results))


{"make": make, "judge": judge}[sys.argv[1]]()
