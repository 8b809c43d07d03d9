"""PyTorch on the CPU. Modes: README.md."""

import os
import sys

# The CUDA libraries that this wheel links to are empty stand-ins here (see cuda-stand-ins.mjs), so their functions can
# only be resolved when called, that is, never.
if sys.platform == "linux":
    sys.setdlopenflags(os.RTLD_LAZY)

import numpy as np
import torch
import torch._inductor.config
from torch import nn

from protocol import ADAM_RATE, CLASSES, MOMENTUM, MOMENTUM_RATE, RATES, ROWS, THREADS, Work, data, serve, stored, timed

torch.set_num_threads(THREADS)
torch.set_flush_denormal(True)
torch._inductor.config.compile_threads = 1


def modes(work: Work) -> list[str]:
    if work.streamed:
        return ["dataloader", "dataloader-worker", "memmap"]
    if work.evaluated:
        return EVALUATIONS
    whole = work.update in ("adam", "momentum") and work.members == 1 and not work.recurrent and not work.normalized
    step = ["compile-step"] if whole else []
    fused = ["fused"] if work.update in ("adam", "amsgrad", "adamw", "momentum", "nesterov", "sgd", "adagrad") else []
    return ["eager", *fused, *(["channels-last"] if work.convolutions else []), "compile", *step]


# Of the whole data, in batches of the work's size or of the number that the mode ends with.
EVALUATIONS = ["eager", "eager-1024", "channels-last", "channels-last-1024", "compile", "compile-1024"]


class LastOutput(nn.Module):
    """An LSTM whose output of the last step goes on."""

    def __init__(self, features: int, units: int):
        super().__init__()
        self.lstm = nn.LSTM(features, units, batch_first=True)

    def forward(self, x):
        return self.lstm(x)[0][:, -1]


class Stacked(nn.Module):
    """A dense layer of many members at once: [members, batch, features] -> [members, batch, units]."""

    def __init__(self, members: int, features: int, units: int):
        super().__init__()
        self.weight = nn.Parameter(torch.randn(members, features, units) * (2 / features) ** 0.5)
        self.bias = nn.Parameter(torch.zeros(members, 1, units))

    def forward(self, x):
        return torch.baddbmm(self.bias, x.expand(len(self.bias), *x.shape[-2:]), self.weight)


def dense(work: Work, features: int, units: int) -> nn.Module:
    return nn.Linear(features, units) if work.members == 1 else Stacked(work.members, features, units)


ACTIVATIONS = {"relu": nn.ReLU, "tanh": nn.Tanh}


def network(work: Work) -> nn.Sequential:
    layers: list[nn.Module] = [LastOutput(work.input[-1], work.recurrent)] if work.recurrent else []
    activation = ACTIVATIONS[work.activation]
    channels = work.input[-1]
    for filters in work.convolutions:
        norm = [nn.BatchNorm2d(filters)] if work.normalized else []
        layers += [nn.Conv2d(channels, filters, 3, padding="same"), *norm, activation(), nn.MaxPool2d(2)]
        channels = filters
    if work.convolutions:
        layers.append(nn.Flatten())
    features = work.flat
    for units in work.dense:
        layers += [dense(work, features, units), activation()]
        features = units
    return nn.Sequential(*layers, dense(work, features, CLASSES))


class Records(torch.utils.data.Dataset):
    """A file of records, read by whole batches of row numbers."""

    def __init__(self, work: Work):
        file, record = stored(work)
        self.rows = np.memmap(file, record, "r")

    def __len__(self):
        return len(self.rows)

    def __getitem__(self, indices):
        taken = self.rows[indices]
        return torch.from_numpy(np.ascontiguousarray(taken["x"])), torch.from_numpy(taken["y"].astype(np.int64))


def streamed(work: Work, mode: str):
    records = Records(work)
    if mode == "memmap":
        # No DataLoader: a shuffled epoch of row numbers, sorted within each batch as the page cache likes it.
        def epochs():
            while True:
                for taken in torch.randperm(len(records)).split(work.batch):
                    yield records[taken.sort().values.numpy()]

        following = epochs().__next__
    else:
        batches = torch.utils.data.BatchSampler(torch.utils.data.RandomSampler(records), work.batch, False)
        workers = 1 if mode == "dataloader-worker" else 0
        loader = torch.utils.data.DataLoader(records, batch_size=None, sampler=batches, num_workers=workers, persistent_workers=workers > 0)

        def epochs():
            while True:
                yield from loader

        following = epochs().__next__
    model = network(work)
    update = update_of(work, model.parameters(), True)

    def advance() -> float:
        a, b = following()
        update.zero_grad(set_to_none=True)
        loss = nn.functional.cross_entropy(model(a), b)
        loss.backward()
        update.step()
        return loss.item()

    return timed(advance)


def augmented(x, padding: int):
    """Images [batch, channels, height, width], each mirrored with probability 1/2 and moved by up to `padding` pixels, in one gather."""
    batch, _, height, width = x.shape
    padded = nn.functional.pad(x, (padding,) * 4)
    top, left = torch.randint(0, 2 * padding + 1, (2, batch, 1)).unbind()
    across = torch.arange(width)
    columns = torch.where(torch.rand(batch, 1) < 0.5, width - 1 - across, across) + left
    rows = torch.arange(height) + top
    return padded[torch.arange(batch)[:, None, None], :, rows[:, :, None], columns[:, None, :]].permute(0, 3, 1, 2)


def evaluated(work: Work, mode: str):
    """Mean loss and accuracy of all rows: a step counts for a batch of the work."""
    kind = mode.removesuffix("-1024")
    batch = work.batch if kind == mode else 1024
    x, y = (torch.from_numpy(a) for a in data(work))
    layout = torch.contiguous_format if kind == "eager" else torch.channels_last
    x, y = x.permute(0, 3, 1, 2).contiguous(memory_format=layout), y.long()
    model = network(work).to(memory_format=layout).eval()
    if kind == "compile":
        model = torch.compile(model, fullgraph=True, dynamic=False)
    pairs = list(zip(x.split(batch), y.split(batch), strict=True))

    @torch.inference_mode()
    def advance() -> float:
        loss, right = torch.zeros(()), torch.zeros((), dtype=torch.long)
        for a, b in pairs:
            logits = model(a)
            loss += nn.functional.cross_entropy(logits, b, reduction="sum")
            right += (logits.argmax(-1) == b).sum()
        right.item()
        return loss.item() / ROWS

    return timed(advance, ROWS // work.batch)


def build(work: Work, mode: str):
    torch.manual_seed(0)
    if work.streamed:
        return streamed(work, mode)
    if work.evaluated:
        return evaluated(work, mode)
    x, y = (torch.from_numpy(a) for a in data(work))
    y = y.long()
    model = network(work)
    if work.convolutions:
        x = x.permute(0, 3, 1, 2)
        # `compile` lays out as it likes best from channels-last inputs too.
        layout = torch.contiguous_format if mode in ("eager", "fused") else torch.channels_last
        x = x.contiguous(memory_format=layout)
        model = model.to(memory_format=layout)
    # An epoch is shuffled into the same memory each time: its batches are views that need not be made again.
    shuffled_x, shuffled_y = torch.empty_like(x), torch.empty_like(y)
    views = list(zip(shuffled_x.split(work.batch), shuffled_y.split(work.batch), strict=True))

    def epochs():
        while True:
            order = torch.randperm(ROWS)
            torch.index_select(x, 0, order, out=shuffled_x)
            torch.index_select(y, 0, order, out=shuffled_y)
            yield from views

    following = epochs().__next__
    if work.augmented:
        loss_of = lambda a, b: nn.functional.cross_entropy(model(augmented(a, work.augmented)), b)
    elif work.members == 1:
        loss_of = lambda a, b: nn.functional.cross_entropy(model(a), b)
    else:
        # The sum over the members, so that each gets the gradient that it would get alone.
        loss_of = lambda a, b: work.members * nn.functional.cross_entropy(model(a).flatten(0, 1), b.repeat(work.members))
    if mode == "compile-step":
        return timed(compiled_step(work, model, following))
    if mode == "compile":
        loss_of = torch.compile(loss_of, fullgraph=True, dynamic=False)
    fused = None if mode == "eager" else True
    update = update_of(work, model.parameters(), fused)

    def advance() -> float:
        a, b = following()
        update.zero_grad(set_to_none=True)
        loss = loss_of(a, b)
        loss.backward()
        update.step()
        return loss.item()

    return timed(advance)


def update_of(work: Work, parameters, fused: bool | None) -> torch.optim.Optimizer:
    rate = RATES.get(work.update)
    if work.update == "adam":
        return torch.optim.Adam(parameters, lr=ADAM_RATE, fused=fused)
    if work.update == "momentum":
        return torch.optim.SGD(parameters, lr=MOMENTUM_RATE, momentum=MOMENTUM, fused=fused)
    return {
        "sgd": lambda: torch.optim.SGD(parameters, lr=rate, fused=fused),
        "nesterov": lambda: torch.optim.SGD(parameters, lr=rate, momentum=MOMENTUM, nesterov=True, fused=fused),
        "adagrad": lambda: torch.optim.Adagrad(parameters, lr=rate, fused=fused),
        "rmsprop": lambda: torch.optim.RMSprop(parameters, lr=rate),
        "adadelta": lambda: torch.optim.Adadelta(parameters, lr=rate),
        "adamw": lambda: torch.optim.AdamW(parameters, lr=rate, fused=fused),
        "amsgrad": lambda: torch.optim.Adam(parameters, lr=rate, amsgrad=True, fused=fused),
        "nadam": lambda: torch.optim.NAdam(parameters, lr=rate),
    }[work.update]()


def compiled_step(work: Work, model: nn.Sequential, following):
    """Forward, backward and update as one compiled program that writes weights and slots in place."""
    weights = {name: p.detach().clone() for name, p in model.named_parameters()}
    names = list(weights)
    first, second = ([torch.zeros_like(weights[n]) for n in names] for _ in range(2))
    step = torch.zeros(())

    def loss_of(w, a, b):
        return nn.functional.cross_entropy(torch.func.functional_call(model, w, (a,)), b)

    def train(a, b):
        gradients, loss = torch.func.grad_and_value(loss_of)(weights, a, b)
        if work.update == "adam":
            step.add_(1)
            rate = ADAM_RATE * torch.sqrt(1 - 0.999**step) / (1 - 0.9**step)
            for n, m, v in zip(names, first, second):
                m.lerp_(gradients[n], 0.1)
                v.mul_(0.999).addcmul_(gradients[n], gradients[n], value=0.001)
                weights[n].sub_(rate * m / (v.sqrt() + 1e-8))
        else:
            for n, m in zip(names, first):
                m.mul_(MOMENTUM).add_(gradients[n])
                weights[n].sub_(m, alpha=MOMENTUM_RATE)
        return loss

    compiled = torch.compile(train, fullgraph=True, dynamic=False)

    @torch.no_grad()
    def advance() -> float:
        return compiled(*following()).item()

    return advance


serve("pytorch", torch.__version__, modes, build)
