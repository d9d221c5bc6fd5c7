"""Keras 3 as its guide teaches it: model.fit on arrays; --backend and --steps-per-execution choose how."""

import os

from common import Stopwatch, parser, serve, task_rows, timed, uniform_rows

parser.add_argument("--backend", default="tensorflow")
parser.add_argument("--steps-per-execution", type=int, default=1)
args = parser.parse_args()
os.environ["KERAS_BACKEND"] = args.backend
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "-1")

if args.backend == "tensorflow":
    import tensorflow

    tensorflow.config.threading.set_intra_op_parallelism_threads(args.threads)
    tensorflow.config.threading.set_inter_op_parallelism_threads(args.threads)
    backend_version = tensorflow.__version__
else:
    import jax

    backend_version = jax.__version__

import keras


def dense(sizes):
    layers = [keras.layers.Dense(size, activation="relu") for size in sizes[1:-1]]
    return keras.Sequential(
        [keras.Input((sizes[0],)), *layers, keras.layers.Dense(sizes[-1], activation="sigmoid")]
    )


def convolution(sizes):
    """28 x 28 images: convolutions of stride 2 up to the middle, transposed ones after it."""
    middle = len(sizes) // 2
    model = keras.Sequential([keras.Input((28, 28, sizes[0]))])
    for i, filters in enumerate(sizes[1:]):
        kind = keras.layers.Conv2D if i < middle else keras.layers.Conv2DTranspose
        activation = "sigmoid" if i == len(sizes) - 2 else "relu"
        model.add(kind(filters, 3, strides=2, padding="same", activation=activation))
    return model


networks = {"dense": dense, "convolution": convolution}


def row_shape(task):
    return (28, 28, 1) if task["kind"] == "convolution" else (task["sizes"][0],)


class EpochEnd(keras.callbacks.Callback):
    def __init__(self, watch):
        super().__init__()
        self.watch = watch

    def on_epoch_end(self, epoch, logs=None):
        self.watch.epoch_ends()


def fit(task):
    keras.backend.clear_session()
    keras.utils.set_random_seed(task["seed"])
    x = uniform_rows(task["rows"], row_shape(task), task["seed"])
    watch = Stopwatch()
    model = networks[task["kind"]](task["sizes"])
    model.compile(
        optimizer=keras.optimizers.Adam(1e-3),
        loss="mse",
        steps_per_execution=args.steps_per_execution,
    )
    history = model.fit(
        x, x, batch_size=task["batch"], epochs=task["epochs"], verbose=0, callbacks=[EpochEnd(watch)]
    )
    return watch.answer(history.history["loss"][-1])


def score(task):
    """What one writes in Keras to score rows: predict, and the mean squared error of each row."""
    x = uniform_rows(task["rows"], (task["sizes"][0],), 1)
    model = dense(task["sizes"])
    model.compile(loss="mse")

    def once():
        return ((model.predict(x, batch_size=task["batch"], verbose=0) - x) ** 2).mean(axis=1)

    once()
    return timed(task["repeats"], once)


serve({"keras": keras.__version__, args.backend: backend_version}, fit=fit, score=score)
