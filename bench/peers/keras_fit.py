"""Keras 3 as its guide teaches it: model.fit on arrays; --backend and --steps-per-execution choose how."""

import os

from common import Stopwatch, parser, serve, timed, uniform_rows

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


def dense(shape, sizes):
    layers = [keras.layers.Dense(size, activation="relu") for size in sizes[1:-1]]
    return keras.Sequential(
        [keras.Input(shape), *layers, keras.layers.Dense(sizes[-1], activation="sigmoid")]
    )


def convolution(shape, sizes):
    """Images: convolutions of stride 2 up to the middle, transposed ones after it."""
    middle = len(sizes) // 2
    model = keras.Sequential([keras.Input(shape)])
    for i, filters in enumerate(sizes[1:]):
        kind = keras.layers.Conv2D if i < middle else keras.layers.Conv2DTranspose
        activation = "sigmoid" if i == len(sizes) - 2 else "relu"
        model.add(kind(filters, 3, strides=2, padding="same", activation=activation))
    return model


def lstm(shape, sizes):
    """The last state of one LSTM is the code; another gets it at every step."""
    _, units, features = sizes
    layers = keras.layers
    return keras.Sequential(
        [
            keras.Input(shape),
            layers.LSTM(units),
            layers.RepeatVector(shape[0]),
            layers.LSTM(units, return_sequences=True),
            layers.TimeDistributed(layers.Dense(features)),
        ]
    )


class Sampling(keras.layers.Layer):
    """Draws a code from its mean and log variance, and adds its divergence from the prior to the loss."""

    def __init__(self):
        super().__init__()
        self.seed_generator = keras.random.SeedGenerator()

    def call(self, inputs):
        mean, log_variance = inputs
        ops = keras.ops
        divergence = (ops.square(mean) + ops.exp(log_variance) - 1 - log_variance) / 2
        self.add_loss(ops.mean(ops.sum(divergence, axis=-1)))
        noise = keras.random.normal(ops.shape(mean), seed=self.seed_generator)
        return mean + ops.exp(log_variance / 2) * noise


def variational(shape, sizes):
    middle = len(sizes) // 2
    x = hidden = keras.Input(shape)
    for size in sizes[1:middle]:
        hidden = keras.layers.Dense(size, activation="relu")(hidden)
    mean = keras.layers.Dense(sizes[middle])(hidden)
    log_variance = keras.layers.Dense(sizes[middle])(hidden)
    decoder = dense((sizes[middle],), sizes[middle:])
    return keras.Model(x, decoder(Sampling()([mean, log_variance])))


def summed_crossentropy(x, y):
    return x.shape[-1] * keras.losses.binary_crossentropy(x, y)


networks = {"dense": dense, "convolution": convolution, "lstm": lstm, "variational": variational}
losses = {"variational": summed_crossentropy}


class EpochEnd(keras.callbacks.Callback):
    def __init__(self, watch):
        super().__init__()
        self.watch = watch

    def on_epoch_end(self, epoch, logs=None):
        self.watch.epoch_ends()


def fit(task):
    keras.backend.clear_session()
    keras.utils.set_random_seed(task["seed"])
    x = uniform_rows(task["rows"], task["shape"], task["seed"])
    watch = Stopwatch()
    model = networks[task["kind"]](task["shape"], task["sizes"])
    model.compile(
        optimizer=keras.optimizers.Adam(1e-3),
        loss=losses.get(task["kind"], "mse"),
        steps_per_execution=args.steps_per_execution,
    )
    history = model.fit(
        x, x, batch_size=task["batch"], epochs=task["epochs"], verbose=0, callbacks=[EpochEnd(watch)]
    )
    return watch.answer(history.history["loss"][-1])


def score(task):
    """What one writes in Keras to score rows: predict, and the mean squared error of each row."""
    sizes = task["sizes"]
    x = uniform_rows(task["rows"], sizes[:1], 1)
    model = dense(sizes[:1], sizes)
    model.compile(loss="mse")

    def once():
        return ((model.predict(x, batch_size=task["batch"], verbose=0) - x) ** 2).mean(axis=1)

    once()
    return timed(task["repeats"], once)


serve({"keras": keras.__version__, args.backend: backend_version}, fit=fit, score=score)
