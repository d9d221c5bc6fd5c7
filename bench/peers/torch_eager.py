"""PyTorch as people write it: eager, rows by index shuffle, no DataLoader; --compile compiles the step."""

from common import Stopwatch, parser, serve, uniform_rows

parser.add_argument("--compile", action="store_true")
args = parser.parse_args()

import torch

torch.set_num_threads(args.threads)


def dense(shape, sizes):
    layers = []
    for i in range(len(sizes) - 1):
        last = i == len(sizes) - 2
        layers += [torch.nn.Linear(sizes[i], sizes[i + 1]), torch.nn.Sigmoid() if last else torch.nn.ReLU()]
    return torch.nn.Sequential(*layers)


def convolution(shape, sizes):
    """Images, channels first: convolutions of stride 2 up to the middle, transposed ones after it."""
    layers = []
    middle = len(sizes) // 2
    for i in range(len(sizes) - 1):
        if i < middle:
            layers.append(torch.nn.Conv2d(sizes[i], sizes[i + 1], 3, stride=2, padding=1))
        else:
            layers.append(
                torch.nn.ConvTranspose2d(sizes[i], sizes[i + 1], 3, stride=2, padding=1, output_padding=1)
            )
        layers.append(torch.nn.Sigmoid() if i == len(sizes) - 2 else torch.nn.ReLU())
    return torch.nn.Sequential(*layers)


class Lstm(torch.nn.Module):
    """The last state of one LSTM is the code; another gets it at every step."""

    def __init__(self, shape, sizes):
        super().__init__()
        features, units, outputs = sizes
        self.time = shape[0]
        self.encoder = torch.nn.LSTM(features, units, batch_first=True)
        self.decoder = torch.nn.LSTM(units, units, batch_first=True)
        self.output = torch.nn.Linear(units, outputs)

    def forward(self, x):
        _, (code, _) = self.encoder(x)
        states, _ = self.decoder(code[-1].unsqueeze(1).expand(-1, self.time, -1))
        return self.output(states)


class Variational(torch.nn.Module):
    """Gives what it makes of the rows, and the mean and log variance of their codes."""

    def __init__(self, shape, sizes):
        super().__init__()
        middle = len(sizes) // 2
        layers = []
        for i in range(middle - 1):
            layers += [torch.nn.Linear(sizes[i], sizes[i + 1]), torch.nn.ReLU()]
        self.encoder = torch.nn.Sequential(*layers)
        self.mean = torch.nn.Linear(sizes[middle - 1], sizes[middle])
        self.log_variance = torch.nn.Linear(sizes[middle - 1], sizes[middle])
        self.decoder = dense(sizes[middle : middle + 1], sizes[middle:])

    def forward(self, x):
        hidden = self.encoder(x)
        mean, log_variance = self.mean(hidden), self.log_variance(hidden)
        code = mean + torch.exp(log_variance / 2) * torch.randn_like(mean)
        return self.decoder(code), mean, log_variance


def variational_loss(outputs, x):
    """Cross-entropy and divergence, each summed over a row, averaged over the rows."""
    y, mean, log_variance = outputs
    crossentropy = torch.nn.functional.binary_cross_entropy(y, x, reduction="sum")
    divergence = torch.sum(mean.square() + log_variance.exp() - 1 - log_variance) / 2
    return (crossentropy + divergence) / len(x)


networks = {"dense": dense, "convolution": convolution, "lstm": Lstm, "variational": Variational}
losses = {"variational": variational_loss}


def fit(task):
    torch.manual_seed(task["seed"])
    x = torch.from_numpy(uniform_rows(task["rows"], task["shape"], task["seed"]))
    if task["kind"] == "convolution":
        x = x.permute(0, 3, 1, 2).contiguous()
    n, batch = task["rows"], task["batch"]
    watch = Stopwatch()
    model = networks[task["kind"]](task["shape"], task["sizes"])
    loss_of = losses.get(task["kind"], torch.nn.functional.mse_loss)
    optimizer = torch.optim.Adam(model.parameters(), lr=1e-3)

    def step(rows):
        optimizer.zero_grad()
        loss = loss_of(model(rows), rows)
        loss.backward()
        optimizer.step()
        return loss

    if args.compile:
        torch._dynamo.reset()
        step = torch.compile(step, dynamic=False)
    loss = None
    for _ in range(task["epochs"]):
        order = torch.randperm(n)
        for i in range(0, n, batch):
            loss = step(x[order[i : i + batch]])
        watch.epoch_ends()
    return watch.answer(loss.detach())


serve({"torch": torch.__version__}, fit=fit)
