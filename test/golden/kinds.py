"""Objectives and gradients of every kind of autoencoder, by PyTorch in double precision.

Writes kinds.json beside this file: python kinds.py (torch 2). A second implementation of each formula,
written against the papers that the kinds name.
"""

import json
import math
import pathlib

import torch

torch.manual_seed(7)
torch.set_default_dtype(torch.float64)
ROWS, COLUMNS, HIDDEN, LATENT = 8, 6, 5, 3


def single(t):
    """Numbers that float32 holds exactly."""
    return t.float().double()


def dense(inputs, units):
    return {
        "weight": single(torch.randn(inputs, units) * 0.6),
        "bias": single(torch.randn(units) * 0.3),
    }


def named(prefix, layers):
    return {f"{prefix}.{i}.{part}": t for i, layer in layers for part, t in layer.items()}


def mlp():
    return {
        **named("encoder", [(0, dense(COLUMNS, HIDDEN)), (1, dense(HIDDEN, LATENT))]),
        **named("decoder", [(0, dense(LATENT, HIDDEN)), (1, dense(HIDDEN, COLUMNS))]),
    }


def affine(p, name, x):
    return x @ p[f"{name}.weight"] + p[f"{name}.bias"]


def encode(p, x, d=torch.tanh):
    return d(affine(p, "encoder.1", torch.tanh(affine(p, "encoder.0", x))))


def decode(p, h):
    return affine(p, "decoder.1", torch.tanh(affine(p, "decoder.0", h)))


def mse(y, t):
    return ((y - t) ** 2).mean()


cases = []


def case(name, options, parameters, objectives, x, noise=(), step=None, loss="mse"):
    """Records the value of each objective, and its gradients where they belong."""
    found = []
    for title, of, mine in objectives:
        leaves = {k: t.clone().requires_grad_(True) for k, t in parameters.items()}
        value = of(leaves)
        own = {k: t for k, t in leaves.items() if mine(k)}
        gradients = torch.autograd.grad(value, list(own.values()))
        found.append(
            {
                "name": title,
                "value": value.item(),
                "gradients": {k: g.flatten().tolist() for k, g in zip(own, gradients)},
            }
        )
    cases.append(
        {
            "name": name,
            "options": options,
            "loss": loss,
            "rows": x.shape[0],
            "x": x.flatten().tolist(),
            "parameters": {k: t.flatten().tolist() for k, t in parameters.items()},
            "noise": [n.flatten().tolist() for n in noise],
            **({} if step is None else {"step": step}),
            "objectives": found,
        }
    )


everything = lambda name: True  # noqa: E731
x = single(torch.randn(ROWS, COLUMNS))
base = {"input": COLUMNS, "hidden": [HIDDEN], "latentDim": LATENT, "activation": "tanh"}
normal = lambda *shape: single(torch.randn(*shape))  # noqa: E731
uniform = lambda *shape: single(torch.rand(*shape))  # noqa: E731


def plain(name, options, of, noise=(), p=None, **more):
    case(name, {**base, **options}, p or mlp(), [("loss", of, everything)], x, noise, **more)


plain("basic", {}, lambda p: mse(decode(p, encode(p, x)), x))
plain(
    "weight decay",
    {"l1": 0.01, "l2": 0.02},
    lambda p: mse(decode(p, encode(p, x)), x)
    + sum(
        0.01 * t.abs().sum() + 0.02 * (t**2).sum() for k, t in p.items() if k.endswith("weight")
    ),
)

tied = {k: t for k, t in mlp().items() if not (k.startswith("decoder") and k.endswith("weight"))}


def tied_loss(p):
    whole = {**p, "decoder.0.weight": p["encoder.1.weight"].T, "decoder.1.weight": p["encoder.0.weight"].T}
    return mse(decode(whole, encode(whole, x)), x)


plain("tied", {"tied": {}}, tied_loss, p=tied)


def kl_sparsity(p, bring, rho):
    active = bring(p).mean(0)
    return (rho * torch.log(rho / active) + (1 - rho) * torch.log((1 - rho) / (1 - active))).sum()


plain(
    "sparse, tanh code",
    {"sparse": {"weight": 0.2, "target": 0.1}},
    lambda p: mse(decode(p, encode(p, x)), x)
    + 0.2 * kl_sparsity(p, lambda p: (encode(p, x) + 1) / 2, torch.tensor(0.1)),
)
plain(
    "sparse, sigmoid code",
    {"latentActivation": "sigmoid", "sparse": {}},
    lambda p: mse(decode(p, encode(p, x, torch.sigmoid)), x)
    + 0.1 * kl_sparsity(p, lambda p: encode(p, x, torch.sigmoid), torch.tensor(0.05)),
)
plain(
    "sparse by l1",
    {"sparse": {"penalty": "l1", "weight": 0.03}},
    lambda p: mse(decode(p, encode(p, x)), x) + 0.03 * encode(p, x).abs().sum(1).mean(),
)


def jacobian_norm(f):
    """The squared Frobenius norm of each row's Jacobian, row by row."""
    total = 0
    for row in x:
        j = torch.autograd.functional.jacobian(lambda r: f(r[None])[0], row, create_graph=True)
        total = total + (j**2).sum()
    return total / ROWS


plain(
    "contractive, deep",
    {"contractive": {"weight": 0.1}},
    lambda p: mse(decode(p, encode(p, x)), x) + 0.1 * jacobian_norm(lambda r: encode(p, r)),
)
shallow = {
    **named("encoder", [(0, dense(COLUMNS, LATENT))]),
    **named("decoder", [(0, dense(LATENT, COLUMNS))]),
}
for d, f in (("sigmoid", torch.sigmoid), ("tanh", torch.tanh)):
    case(
        f"contractive, one {d} layer",
        {"input": COLUMNS, "latentDim": LATENT, "activation": d, "contractive": {"weight": 0.1}},
        shallow,
        [
            (
                "loss",
                lambda p, f=f: mse(affine(p, "decoder.0", f(affine(p, "encoder.0", x))), x)
                + 0.1 * jacobian_norm(lambda r: f(affine(p, "encoder.0", r))),
                everything,
            )
        ],
        x,
    )


def correntropy(p, sigma):
    r = decode(p, encode(p, x)) - x
    k = torch.exp(-(r**2) / (2 * sigma**2)) / (math.sqrt(2 * math.pi) * sigma)
    return -k.sum(1).mean()


plain("robust", {"robust": {"sigma": 0.7}}, lambda p: correntropy(p, 0.7))
plain(
    "robust by Huber",
    {"robust": {"loss": "huber", "delta": 0.8}},
    lambda p: torch.nn.functional.huber_loss(
        decode(p, encode(p, x)), x, reduction="none", delta=0.8
    )
    .sum(1)
    .mean(),
)

n = normal(ROWS, COLUMNS)
plain(
    "denoising, gaussian",
    {"denoising": {"amount": 0.4}},
    lambda p: mse(decode(p, encode(p, x + 0.4 * n)), x),
    [n],
)
u = uniform(ROWS, COLUMNS)
plain(
    "denoising, masking",
    {"denoising": {"noise": "masking", "amount": 0.4}},
    lambda p: mse(decode(p, encode(p, torch.where(u < 0.4, 0.0, x))), x),
    [u],
)
plain(
    "denoising, salt and pepper",
    {"denoising": {"noise": "saltAndPepper", "amount": 0.4, "low": -2, "high": 2}},
    lambda p: mse(
        decode(p, encode(p, torch.where(u < 0.2, -2.0, torch.where(u < 0.4, 2.0, x)))), x
    ),
    [u],
)


def heads():
    whole = mlp()
    for name in ("weight", "bias"):
        del whole[f"encoder.1.{name}"]
    return {
        **{k: t for k, t in whole.items() if k.startswith("encoder")},
        **named("mean", [(0, dense(HIDDEN, LATENT))]),
        **named("logVariance", [(0, dense(HIDDEN, LATENT))]),
        **{k: t for k, t in whole.items() if k.startswith("decoder")},
    }


def bound(p, e, beta, nll):
    h = torch.tanh(affine(p, "encoder.0", x))
    m, s = affine(p, "mean.0", h), affine(p, "logVariance.0", h)
    posterior = torch.distributions.Normal(m, torch.exp(s / 2))
    kl = torch.distributions.kl_divergence(posterior, torch.distributions.Normal(0.0, 1.0))
    y = decode(p, m + torch.exp(s / 2) * e)
    return nll(y).sum(1).mean() + beta * kl.sum(1).mean()


e = normal(ROWS, LATENT)
gaussian = lambda y: -torch.distributions.Normal(y, math.sqrt(0.5)).log_prob(x)  # noqa: E731
plain(
    "variational, Gaussian",
    {"variational": {"beta": 1.5, "variance": 0.5}},
    lambda p: bound(p, e, 1.5, gaussian),
    [e],
    p=heads(),
)
plain(
    "variational, warming up",
    {"variational": {"beta": 2, "warmUp": 40, "variance": 0.5}},
    lambda p: bound(p, e, 2 * 10 / 40, gaussian),
    [e],
    p=heads(),
    step=10,
)
kept = x
x = single(torch.rand(ROWS, COLUMNS))
plain(
    "variational, Bernoulli",
    {"output": "sigmoid", "variational": {}},
    lambda p: bound(
        p,
        e,
        1,
        lambda y: torch.nn.functional.binary_cross_entropy_with_logits(y, x, reduction="none"),
    ),
    [e],
    p=heads(),
    loss="binaryCrossentropy",
)
x = kept

judge = named("discriminator", [(0, dense(LATENT, 4)), (1, dense(4, 1))])


def truth(p, z):
    hidden = torch.nn.functional.leaky_relu(affine(p, "discriminator.0", z), 0.2)
    return torch.sigmoid(affine(p, "discriminator.1", hidden))


def adversarial(name, prior, noise, draws):
    linear = lambda p: encode(p, x, lambda z: z)  # noqa: E731
    half = lambda part: lambda k: k.startswith(part)  # noqa: E731
    case(
        name,
        {**base, "adversarial": {"prior": prior, "discriminator": [4]}},
        {**mlp(), **judge},
        [
            (
                "loss",
                lambda p: mse(decode(p, linear(p)), x),
                lambda k: not k.startswith("discriminator"),
            ),
            (
                "discriminatorLoss",
                lambda p: -(torch.log(truth(p, draws)) + torch.log(1 - truth(p, linear(p)))).mean() / 2,
                half("discriminator"),
            ),
            ("generatorLoss", lambda p: -torch.log(truth(p, linear(p))).mean(), half("encoder")),
        ],
        x,
        noise,
    )


z = normal(ROWS, LATENT)
v = uniform(ROWS, LATENT)
c = uniform(ROWS, 1)
adversarial("adversarial, Gaussian", {"kind": "gaussian"}, [z], z)
adversarial("adversarial, uniform", {"kind": "uniform"}, [v], 2 * v - 1)
angle = torch.floor(c * 5) * 2 * math.pi / 5
turn = torch.cat([torch.cos(angle), torch.sin(angle)], 1)
across = torch.cat([-turn[:, 1:], turn[:, :1]], 1)
plane = turn * (z[:, :1] + 3) + across * (0.25 * z[:, 1:2])
adversarial(
    "adversarial, mixture",
    {"kind": "mixture", "components": 5, "radius": 3},
    [z, c],
    torch.cat([plane, z[:, 2:]], 1),
)


def kernel(a, b):
    d = torch.cdist(a, b) ** 2 if a is not b else ((a[:, None] - b[None]) ** 2).sum(2)
    return sum(2 * s * LATENT / (2 * s * LATENT + d) for s in (0.1, 0.2, 0.5, 1, 2, 5, 10))


def mmd(p):
    q = encode(p, x, lambda t: t)
    off = 1 - torch.eye(ROWS)
    pairs = ROWS * (ROWS - 1)
    return (
        (kernel(q, q) * off).sum() / pairs
        + (kernel(z, z) * off).sum() / pairs
        - 2 * kernel(q, z).mean()
    )


plain(
    "wasserstein",
    {"wasserstein": {"weight": 3}},
    lambda p: ((decode(p, encode(p, x, lambda t: t)) - x) ** 2).sum(1).mean() + 3 * mmd(p),
    [z],
)

# images [4, 4, 1]: two filters down and up, stride 2, padding as Keras' "same"
image = single(torch.rand(3, 4, 4, 1))
kernels = {
    "encoder.0.weight": normal(3, 3, 1, 2),
    "encoder.0.bias": normal(2),
    "encoder.2.weight": normal(8, 3) * 0.5,
    "encoder.2.bias": normal(3),
    "decoder.0.weight": normal(3, 8) * 0.5,
    "decoder.0.bias": normal(8),
    "decoder.2.weight": normal(3, 3, 1, 2),
    "decoder.2.bias": normal(1),
}
kernels = {k: single(t) for k, t in kernels.items()}


def convolve(p):
    f = torch.nn.functional
    w = p["encoder.0.weight"].permute(3, 2, 0, 1)
    h = f.conv2d(f.pad(image.permute(0, 3, 1, 2), (0, 1, 0, 1)), w, p["encoder.0.bias"], stride=2)
    h = torch.tanh(h).permute(0, 2, 3, 1).flatten(1)
    code = affine(p, "encoder.2", h)
    h = torch.tanh(affine(p, "decoder.0", code)).reshape(3, 2, 2, 2).permute(0, 3, 1, 2)
    w = p["decoder.2.weight"].permute(3, 2, 0, 1)
    y = f.conv_transpose2d(h, w, stride=2)[:, :, :4, :4] + p["decoder.2.bias"]
    return f.binary_cross_entropy_with_logits(y.permute(0, 2, 3, 1), image)


case(
    "convolutional",
    {
        "network": "convolutional",
        "input": [4, 4, 1],
        "filters": [2],
        "latentDim": 3,
        "activation": "tanh",
        "output": "sigmoid",
    },
    kernels,
    [("loss", convolve, everything)],
    image,
    loss="binaryCrossentropy",
)

# sequences [4, 2]: an LSTM of 3 units, gates in Keras' order
series = single(torch.randn(5, 4, 2))


def cell(inputs, units):
    return {
        "weight": single(torch.randn(inputs, 4 * units) * 0.5),
        "recurrentWeight": single(torch.randn(units, 4 * units) * 0.5),
        "bias": single(torch.randn(4 * units) * 0.3),
    }


cells = {
    **named("encoder", [(0, cell(2, 3)), (1, dense(3, 2))]),
    **named("decoder", [(1, cell(2, 3)), (2, dense(3, 2))]),
}


def lstm(p, name, xs):
    h = torch.zeros(xs.shape[0], 3)
    c = torch.zeros(xs.shape[0], 3)
    states = []
    for t in range(xs.shape[1]):
        gates = (
            xs[:, t] @ p[f"{name}.weight"]
            + h @ p[f"{name}.recurrentWeight"]
            + p[f"{name}.bias"]
        )
        i, f, g, o = gates.chunk(4, 1)
        c = torch.sigmoid(f) * c + torch.sigmoid(i) * torch.tanh(g)
        h = torch.sigmoid(o) * torch.tanh(c)
        states.append(h)
    return torch.stack(states, 1)


def recurrent(p):
    code = affine(p, "encoder.1", lstm(p, "encoder.0", series)[:, -1])
    states = lstm(p, "decoder.1", code[:, None].repeat(1, 4, 1))
    return mse(affine(p, "decoder.2", states), series)


case(
    "recurrent",
    {"network": "recurrent", "input": [4, 2], "units": [3], "latentDim": 2},
    cells,
    [("loss", recurrent, everything)],
    series,
)

widths = [1, 2, 3]
members = {
    f"{k + 1}.{name}": t
    for k, width in enumerate(widths)
    for name, t in {
        **named("encoder", [(0, dense(COLUMNS, HIDDEN)), (1, dense(HIDDEN, width))]),
        **named("decoder", [(0, dense(width, HIDDEN)), (1, dense(HIDDEN, COLUMNS))]),
    }.items()
}


def ensemble(p):
    total = 0
    for k in range(len(widths)):
        own = {name[2:]: t for name, t in p.items() if name.startswith(f"{k + 1}.")}
        y = decode(own, encode(own, x, lambda z: z))
        total = total + torch.sqrt((y - x) ** 2 + 1e-4).mean()
    return total


case(
    "ensemble",
    {"network": "ensemble", "input": COLUMNS, "hidden": HIDDEN, "codes": widths},
    members,
    [("loss", ensemble, everything)],
    x,
    loss="smoothL1",
)

path = pathlib.Path(__file__).with_suffix(".json")
rounded = json.loads(json.dumps({"cases": cases}), parse_float=lambda s: float(f"{float(s):.9g}"))
path.write_text(json.dumps(rounded, separators=(",", ":")) + "\n")
print(f"{len(cases)} cases")
