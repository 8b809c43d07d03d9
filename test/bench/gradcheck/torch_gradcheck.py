"""Seconds that torch.autograd.gradcheck takes for some parameters of the quickstart's net: python torch_gradcheck.py PARAMETERS EXAMPLES.

gradcheck takes the parameters as inputs of a function. Given all 421,642 it would take two evaluations of each, so that the function here has the
chosen ones as its input, and puts them into the net's tensors.
"""
import os
import sys
import time

if sys.platform == "linux":
    sys.setdlopenflags(os.RTLD_LAZY)
import torch
from torch import nn
from torch.func import functional_call

PARAMETERS, EXAMPLES = int(sys.argv[1]), int(sys.argv[2])
torch.manual_seed(1)
net = nn.Sequential(
    nn.Conv2d(1, 32, 3, padding="same"), nn.ReLU(), nn.MaxPool2d(2),
    nn.Conv2d(32, 64, 3, padding="same"), nn.ReLU(), nn.MaxPool2d(2),
    nn.Flatten(), nn.Linear(7 * 7 * 64, 128), nn.ReLU(), nn.Linear(128, 10),
).double()
x = torch.randn(EXAMPLES, 1, 28, 28, dtype=torch.float64)
y = torch.randint(0, 10, (EXAMPLES,))
parameters = dict(net.named_parameters())
per_tensor = -(-PARAMETERS // len(parameters))
places = {name: torch.randperm(p.numel())[: min(per_tensor, p.numel())] for name, p in parameters.items()}
start = torch.cat([parameters[name].detach().flatten()[at] for name, at in places.items()])


def loss(chosen):
    replaced, at = {}, 0
    for name, where in places.items():
        flat = parameters[name].detach().flatten().index_copy(0, where, chosen[at : at + len(where)])
        replaced[name] = flat.view_as(parameters[name])
        at += len(where)
    return nn.functional.cross_entropy(functional_call(net, replaced, (x,)), y)


begin = time.perf_counter()
torch.autograd.gradcheck(loss, (start.clone().requires_grad_(),), eps=1e-5, atol=1e-7, rtol=1e-4, raise_exception=False)
print((time.perf_counter() - begin) * PARAMETERS / len(start))
