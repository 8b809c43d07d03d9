"""PyTorch on the CPU. Modes: README.md."""

import os
import sys

# The CUDA libraries that this wheel links to are empty stand-ins here (see cuda-stand-ins.mjs), so their functions can
# only be resolved when called, that is, never.
if sys.platform == "linux":
    sys.setdlopenflags(os.RTLD_LAZY)

import torch
import torch._inductor.config
from torch import nn

from protocol import ADAM_RATE, CLASSES, MOMENTUM, MOMENTUM_RATE, ROWS, THREADS, Work, data, serve, timed

torch.set_num_threads(THREADS)
torch.set_flush_denormal(True)
torch._inductor.config.compile_threads = 1


def modes(work: Work) -> list[str]:
    return ["eager", "fused", *(["channels-last"] if work.convolutions else []), "compile", "compile-step"]


def network(work: Work) -> nn.Sequential:
    layers: list[nn.Module] = []
    channels = work.input[-1]
    for filters in work.convolutions:
        layers += [nn.Conv2d(channels, filters, 3, padding="same"), nn.ReLU(), nn.MaxPool2d(2)]
        channels = filters
    if work.convolutions:
        layers.append(nn.Flatten())
    features = work.flat
    for units in work.dense:
        layers += [nn.Linear(features, units), nn.ReLU()]
        features = units
    return nn.Sequential(*layers, nn.Linear(features, CLASSES))


def build(work: Work, mode: str):
    torch.manual_seed(0)
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
    loss_of = lambda a, b: nn.functional.cross_entropy(model(a), b)
    if mode == "compile-step":
        return timed(compiled_step(work, model, following))
    if mode == "compile":
        loss_of = torch.compile(loss_of, fullgraph=True, dynamic=False)
    fused = None if mode == "eager" else True
    if work.update == "adam":
        update = torch.optim.Adam(model.parameters(), lr=ADAM_RATE, fused=fused)
    else:
        update = torch.optim.SGD(model.parameters(), lr=MOMENTUM_RATE, momentum=MOMENTUM, fused=fused)

    def advance() -> float:
        a, b = following()
        update.zero_grad(set_to_none=True)
        loss = loss_of(a, b)
        loss.backward()
        update.step()
        return loss.item()

    return timed(advance)


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
