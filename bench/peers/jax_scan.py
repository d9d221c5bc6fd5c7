"""JAX as an expert writes it: a whole epoch is one jitted lax.scan over minibatches, buffers donated."""

import functools
import os

from common import Stopwatch, parser, serve, uniform_rows

args = parser.parse_args()
os.environ["JAX_PLATFORMS"] = "cpu"

import jax
import jax.numpy as jnp
import numpy


def initial(sizes, key):
    parameters = []
    for i in range(len(sizes) - 1):
        key, sub = jax.random.split(key)
        bound = (6 / (sizes[i] + sizes[i + 1])) ** 0.5
        weights = jax.random.uniform(sub, (sizes[i], sizes[i + 1]), minval=-bound, maxval=bound)
        parameters.append((weights, jnp.zeros(sizes[i + 1])))
    return parameters


def loss_of(parameters, x):
    y = x
    for weights, bias in parameters[:-1]:
        y = jax.nn.relu(y @ weights + bias)
    weights, bias = parameters[-1]
    return jnp.mean((jax.nn.sigmoid(y @ weights + bias) - x) ** 2)


def step(state, x):
    parameters, m, v, t = state
    loss, gradient = jax.value_and_grad(loss_of)(parameters, x)
    t = t + 1
    rate = 1e-3 * jnp.sqrt(1 - 0.999**t) / (1 - 0.9**t)
    m = jax.tree.map(lambda m, g: 0.9 * m + 0.1 * g, m, gradient)
    v = jax.tree.map(lambda v, g: 0.999 * v + 0.001 * g * g, v, gradient)
    parameters = jax.tree.map(
        lambda p, m, v: p - rate * m / (jnp.sqrt(v) + 1e-7), parameters, m, v
    )
    return (parameters, m, v, t), loss


def epoch_of(batch, n, columns):
    full = n // batch

    @functools.partial(jax.jit, donate_argnums=0)
    def epoch(state, x, order):
        head = order[: full * batch].reshape(full, batch)
        # Measured: one gather of all rows wins while they fit in the cache, a gather a step beyond.
        if columns < 100:
            state, losses = jax.lax.scan(step, state, x[head])
        else:
            state, losses = jax.lax.scan(lambda state, rows: step(state, x[rows]), state, head)
        if n % batch:
            state, _ = step(state, x[order[full * batch :]])
        return state, losses.mean()

    return epoch


def fit(task):
    if task["kind"] != "dense":
        raise ValueError(f"no {task['kind']} here")
    x = jnp.asarray(uniform_rows(task["rows"], task["shape"], task["seed"]))
    x.block_until_ready()
    watch = Stopwatch()
    # Shuffled by numpy: jax.random.permutation of 20,000 rows takes as long as fifty small steps.
    shuffle = numpy.random.default_rng(task["seed"])
    parameters = initial(task["sizes"], jax.random.key(task["seed"]))
    zeros = jax.tree.map(jnp.zeros_like, parameters)
    state = (parameters, zeros, jax.tree.map(jnp.zeros_like, parameters), jnp.float32(0))
    epoch = epoch_of(task["batch"], task["rows"], task["sizes"][0])
    loss = None
    for _ in range(task["epochs"]):
        state, loss = epoch(state, x, shuffle.permutation(task["rows"]).astype("int32"))
        loss.block_until_ready()
        watch.epoch_ends()
    return watch.answer(loss)


serve({"jax": jax.__version__}, fit=fit)
