"""PyTorch as people write it: eager, rows by index shuffle, no DataLoader; --compile compiles the step."""

from common import Stopwatch, parser, serve, task_rows

parser.add_argument("--compile", action="store_true")
args = parser.parse_args()

import torch

torch.set_num_threads(args.threads)


def dense(sizes):
    layers = []
    for i in range(len(sizes) - 1):
        last = i == len(sizes) - 2
        layers += [torch.nn.Linear(sizes[i], sizes[i + 1]), torch.nn.Sigmoid() if last else torch.nn.ReLU()]
    return torch.nn.Sequential(*layers)


def convolution(sizes):
    """28 x 28 images: convolutions of stride 2 up to the middle, transposed ones after it."""
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


networks = {"dense": dense, "convolution": convolution}


def row_shape(task):
    return (1, 28, 28) if task["kind"] == "convolution" else (task["sizes"][0],)


def fit(task):
    torch.manual_seed(task["seed"])
    x = torch.from_numpy(uniform_rows(task["rows"], row_shape(task), task["seed"]))
    n, batch = task["rows"], task["batch"]
    watch = Stopwatch()
    model = networks[task["kind"]](task["sizes"])
    optimizer = torch.optim.Adam(model.parameters(), lr=1e-3)

    def step(rows):
        optimizer.zero_grad()
        loss = torch.nn.functional.mse_loss(model(rows), rows)
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
