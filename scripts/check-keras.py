"""The Keras side of check-keras.mjs: `make FOLDER` saves models with what they predict, `judge FOLDER` loads
what Espejo wrote and predicts again. test/golden/keras holds some of what it made. `make2 FOLDER` saves with Keras 2,
which is tf_keras on TensorFlow: too large to install at each check, so test/golden/keras2.zip holds all that it made."""

import json
import os
import pathlib
import re
import sys

# all that is asked are predictions, which it makes without compiling
os.environ["KERAS_BACKEND"] = "numpy"
os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"

import numpy as np

what, folder = sys.argv[1], pathlib.Path(sys.argv[2])
old = what == "make2"
if old:
    import tf_keras as keras
else:
    import keras

L, Model, Input, Sequential = keras.layers, keras.Model, keras.Input, keras.Sequential
draw = np.random.default_rng(5)


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


def adapted(shape, **settings):
    """A Normalization that has seen rows far from 0."""
    layer = L.Normalization(**settings)
    layer.adapt((draw.normal(size=(50, *shape)) * np.arange(1, shape[-1] + 1) + 3).astype("float32"))
    return layer


def chain(shape, *layers, **settings):
    return Sequential([Input(shape, **settings), *layers])


def settled():
    """Every layer with settings that are not its usual ones, in both versions of Keras."""
    leaky = {"alpha" if old else "negative_slope": 0.07}
    regularizers = {"kernel_regularizer": "l2", "bias_regularizer": "l1", "kernel_constraint": "max_norm"}
    yield "named-activations", chain(
        (5,),
        L.Dense(4, activation="hard_sigmoid", name="code"),
        *(L.Dense(5, activation=name) for name in ["elu", "exponential", "gelu", "linear"]),
    ), "code"
    yield "more-activations", chain(
        (5,),
        *(L.Dense(5, activation=name) for name in ["mish", "relu", "selu", "sigmoid", "softmax", "softplus"]),
        L.Dense(4, activation="softsign", name="code"),
        *(L.Dense(5, activation=name) for name in ["swish", "tanh"]),
        L.Activation("hard_sigmoid"),
    ), "code"
    yield "rectifiers", chain(
        (6,),
        L.ReLU(max_value=1.2, negative_slope=0.1, threshold=0.2),
        L.Dense(5, activation=L.ReLU(max_value=0.7), use_bias=False, **regularizers),
        L.LeakyReLU(**leaky),
        L.ELU(alpha=0.3),
        L.Dense(4, activation=L.LeakyReLU(**leaky), name="code"),
        *([L.ThresholdedReLU(theta=0.3)] if old else []),
        L.PReLU(name="finished"),
        L.Dense(6, activation=L.ELU(alpha=0.2), dtype="float64"),
    ), "finished"
    yield "convolutions", chain(
        (9, 8, 2),
        L.Conv2D(3, (3, 2), strides=(2, 1), padding="same", activation="elu", use_bias=False, **regularizers),
        L.MaxPooling2D((3, 2), strides=(1, 2), padding="same"),
        L.SpatialDropout2D(0.2),
        L.AveragePooling2D((2, 3), strides=(2, 1), padding="same"),
        L.Softmax(axis=3, name="finished"),
        L.ZeroPadding2D(((0, 1), (2, 0))),
        L.Cropping2D(((1, 0), (0, 1))),
        L.UpSampling2D((2, 1)),
        L.PReLU(shared_axes=[1, 2]),
        L.Conv2DTranspose(2, (3, 2), strides=(2, 1), padding="same", activation="hard_sigmoid", use_bias=False),
        L.Conv2DTranspose(2, 3, strides=(2, 3), padding="same", output_padding=(0, 1), activation=L.ReLU(threshold=0.1)),
        L.Conv2DTranspose(1, (3, 2), strides=(2, 3), padding="valid", output_padding=(1, 2)),
    ), "finished"
    yield "series", chain(
        (14, 2),
        L.Conv1D(3, 3, padding="causal", activation="hard_sigmoid"),
        L.Conv1D(3, 2, strides=2, padding="causal", use_bias=False),
        L.MaxPooling1D(3, strides=2, padding="same", name="code"),
        L.AveragePooling1D(2, strides=1, padding="same"),
        L.ZeroPadding1D((0, 2)),
        L.Cropping1D((1, 0)),
        L.UpSampling1D(3),
        L.Conv1DTranspose(3, 5, strides=3, padding="same", output_padding=1, activation="relu", use_bias=False),
        L.Conv1DTranspose(2, 1, strides=2, padding="valid", output_padding=1),
    ), "code"
    for name, pool in [("globals", L.GlobalAveragePooling2D), ("maxima", L.GlobalMaxPooling2D)]:
        yield name, chain((4, 3, 2), pool(keepdims=True, name="code"), L.Conv2D(2, 1)), "code"
    for name, pool in [("series-globals", L.GlobalAveragePooling1D), ("series-maxima", L.GlobalMaxPooling1D)]:
        yield name, chain((4, 3), pool(keepdims=True, name="code"), L.Reshape((-1,)), L.Dense(4)), "code"
    cells = {"use_bias": False, "unroll": True, "dropout": 0.1, "recurrent_dropout": 0.2, "return_sequences": True}
    yield "recurrent", chain(
        (5, 2),
        L.SimpleRNN(3, activation="hard_sigmoid", **cells),
        L.GRU(4, activation="softsign", recurrent_activation="hard_sigmoid", **cells),
        L.LSTM(3, activation="relu", recurrent_activation="hard_sigmoid", unit_forget_bias=False, **cells),
        L.GRU(2, activation="hard_sigmoid", recurrent_activation="hard_sigmoid", name="code"),
        L.RepeatVector(5),
        L.LSTM(3, recurrent_activation="hard_sigmoid", return_sequences=True),
        L.TimeDistributed(L.Dense(2, activation="hard_sigmoid", kernel_regularizer="l1")),
        L.TimeDistributed(L.PReLU()),
    ), "code"
    back = {"go_backwards": True, "recurrent_activation": "hard_sigmoid"}
    yield "both-ways", chain(
        (5, 2),
        L.Bidirectional(L.GRU(3, recurrent_activation="hard_sigmoid", return_sequences=True, dropout=0.1)),
        L.Bidirectional(
            L.LSTM(2, recurrent_activation="hard_sigmoid"), backward_layer=L.LSTM(2, **back), name="code"
        ),
        L.RepeatVector(5),
        L.Bidirectional(L.SimpleRNN(3, activation="hard_sigmoid", return_sequences=True)),
        L.Dense(2),
    ), "code"
    before = {"reset_after": False, "return_sequences": True}
    yield "reset-before", chain(
        (5, 2),
        L.GRU(3, **before),
        L.Bidirectional(L.GRU(3, recurrent_activation="hard_sigmoid", activation="relu", **before)),
        L.GRU(2, reset_after=False, use_bias=False, activation="hard_sigmoid", name="code"),
        L.RepeatVector(5),
        L.GRU(2, **before),
    ), "code"
    yield "merged", chain(
        (5, 2),
        L.Bidirectional(L.GRU(3, return_sequences=True), merge_mode="sum"),
        L.Bidirectional(L.LSTM(3, return_sequences=True), merge_mode="mul"),
        L.Bidirectional(L.SimpleRNN(2), merge_mode="ave", name="code"),
        L.RepeatVector(5),
        L.Bidirectional(L.GRU(2, return_sequences=True, use_bias=False), merge_mode="ave"),
    ), "code"
    frozen = L.Dense(3, trainable=False)
    yield "normalizations", chain(
        (4, 5),
        L.BatchNormalization(momentum=0.5, epsilon=0.01, scale=False),
        frozen,
        L.LayerNormalization(epsilon=0.02, center=False),
        L.BatchNormalization(center=False, trainable=False),
        L.TimeDistributed(L.LayerNormalization(epsilon=0.1)),
        L.TimeDistributed(L.BatchNormalization(epsilon=0.1), name="finished"),
        L.Dense(5),
    ), "finished"
    yield "training-only", chain(
        (4, 3),
        L.Dropout(0.2, noise_shape=(None, 1, 3), seed=3),
        L.SpatialDropout1D(0.1),
        L.GaussianDropout(0.2),
        L.GaussianNoise(0.1),
        L.AlphaDropout(0.1),
        L.ActivityRegularization(l1=0.1),
        L.Identity() if hasattr(L, "Identity") else L.Activation("linear"),
        L.Dense(2, name="code"),
        L.Dense(3),
    ), "code"
    yield "layouts", chain(
        (4, 6),
        L.Rescaling([1.0, 2.0, 3.0, 4.0, 5.0, 6.0], offset=[0.0, 1.0, 0.0, 2.0, 0.5, 0.25]),
        L.Reshape((-1, 3)),
        L.Permute((2, 1)),
        L.Flatten(),
        L.Dense(30, name="code"),
        L.Dense(24),
        L.Rescaling(0.5, offset=1.0),
        L.Reshape((4, -1)),
        dtype="uint8",
    ), "code"
    yield "standardized", chain(
        (4, 3),
        adapted((4, 3)),
        adapted((4, 3), axis=None),
        adapted((4, 3), axis=1),
        adapted((4, 3), axis=(1, 2)),
        L.Normalization(mean=[1.0, 2.0, 3.0], variance=[4.0, 0.5, 2.0]),
        L.Normalization(axis=None, mean=0.5, variance=2.0),
        L.Dense(2, name="code"),
        L.BatchNormalization(name="normal"),
        L.Dense(3),
        adapted((4, 3), invert=True),
        adapted((4, 3), axis=(1, 2), invert=True),
    ), "normal"
    for policy in ["float16", "bfloat16", "mixed_float16", "mixed_bfloat16"]:
        layers = L.Dense(3, dtype=policy), L.BatchNormalization(dtype=policy, name="code"), L.Dense(4, dtype=policy)
        yield policy, chain((4,), *layers), "code"
    x = Input((4,))
    code = L.Dense(2, name="code")(L.Dropout(0.1)(x, training=False))
    encoder, z = Model(x, code, name="encoder"), Input((2,))
    decoder = Model(z, L.Dense(4)(L.BatchNormalization()(z)), name="decoder")
    yield "shared-models", Model(x, decoder(encoder(x))), "code"
    deferred = Sequential([L.Dense(3, activation="tanh", name="code"), L.Dense(4)])
    deferred(np.zeros((2, 4), "float32"))
    yield "deferred", deferred, "code"


def flat(array):
    return [float(str(v)) for v in np.asarray(array, "float32").ravel()]


def classes_in(config):
    """The classes of all layers in the settings of a model."""
    if isinstance(config, (list, tuple)):
        return set().union(*map(classes_in, config))
    if not isinstance(config, dict):
        return set()
    own = {config["class_name"]} if "name" in (config.get("config") or {}) else set()
    return own.union(*map(classes_in, config.values()))


def predicted(model, x):
    """What a model predicts with its weights, all computed in float32."""
    text = json.dumps(model.get_config(), default=str)
    if "float16" not in text:
        return np.asarray(model(x, training=False))
    config = json.loads(re.sub(r"(mixed_)?b?float16", "float32", json.dumps(model.get_config())))
    twin = type(model).from_config(config)
    twin.set_weights([np.asarray(w, "float32") for w in model.get_weights()])
    return np.asarray(twin(x, training=False))


def make():
    listed = []
    for name, model, code in [*([] if old else models()), *settled()]:
        # weights far from their starting values: biases and moving statistics count
        for layer in leaves(model):
            if type(layer).__name__ != "Normalization":
                layer.set_weights([drawn(w) for w in layer.get_weights()])
        model.compile("adam", "mse")
        x = draw.normal(size=(2, *model.input_shape[1:])).astype("float32")
        if "uint8" in str(model.inputs):
            x = draw.integers(0, 200, x.shape).astype("float32")
        y = predicted(model, x)
        assert np.std(y) > 1e-3, name
        for ending in ["keras", "h5"]:
            model.save(folder / f"{name}.{ending}")
        shapes = {"input": model.input_shape[1:], "output": model.output_shape[1:]}
        classes = sorted(classes_in({"class_name": "Model", "config": model.get_config()}))
        listed.append({"name": name, "code": code, **shapes, "classes": classes, "x": flat(x), "y": flat(y)})
    lines = ",\n".join(json.dumps(each) for each in listed)
    (folder / "models.json").write_text(f"[\n{lines}\n]\n")


def leaves(model):
    """The layers of a model, those of models inside it too."""
    for layer in model.layers:
        yield from leaves(layer) if hasattr(layer, "layers") else [layer]


def drawn(weights):
    shape = weights.shape
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


{"make": make, "make2": make, "judge": judge}[what]()
