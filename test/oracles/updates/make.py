"""Trajectories of PyTorch's optimisers in float64, the oracle of the update rules.

Run with a Python that has torch: python test/oracles/updates/make.py > test/oracles/updates/pytorch.json
The objective is f(w) = sum(a * w**2) / 2 + sum(sin(w)), whose gradient a*w + cos(w) is easy to write anywhere.
PyTorch's momentum keeps gradients instead of steps: with a constant rate the two are the same.
"""
import json
import os
import sys
if sys.platform == "linux":  # lets a torch with absent CUDA functions load: see test/bench/peers/pytorch.py
    sys.setdlopenflags(os.RTLD_LAZY)
import torch

torch.set_default_dtype(torch.float64)
START = [0.5, -1.25, 2.0, -0.01]
CURVATURE = [1.0, 10.0, 0.1, 3.0]
RATE, STEPS = 0.03, 60

RULES = {
    "sgd": ({"rule": "sgd"}, lambda p: torch.optim.SGD(p, lr=RATE)),
    "momentum": ({"rule": "momentum", "momentum": 0.9}, lambda p: torch.optim.SGD(p, lr=RATE, momentum=0.9)),
    "nesterov": ({"rule": "nesterov", "momentum": 0.9}, lambda p: torch.optim.SGD(p, lr=RATE, momentum=0.9, nesterov=True)),
    "adam": ({"rule": "adam"}, lambda p: torch.optim.Adam(p, lr=RATE)),
    "adam, large epsilon": (
        {"rule": "adam", "beta1": 0.8, "beta2": 0.99, "epsilon": 0.1},
        lambda p: torch.optim.Adam(p, lr=RATE, betas=(0.8, 0.99), eps=0.1),
    ),
    "adagrad": ({"rule": "adagrad"}, lambda p: torch.optim.Adagrad(p, lr=RATE)),
    "rmsprop": ({"rule": "rmsprop"}, lambda p: torch.optim.RMSprop(p, lr=RATE)),
    "rmsprop, centred": (
        {"rule": "rmsprop", "decay": 0.9, "centered": True, "epsilon": 1e-3},
        lambda p: torch.optim.RMSprop(p, lr=RATE, alpha=0.9, centered=True, eps=1e-3),
    ),
    "rmsprop, centred with momentum": (
        {"rule": "rmsprop", "decay": 0.9, "centered": True, "epsilon": 1e-3, "momentum": 0.5},
        lambda p: torch.optim.RMSprop(p, lr=RATE, alpha=0.9, centered=True, eps=1e-3, momentum=0.5),
    ),
    "adadelta": ({"rule": "adadelta"}, lambda p: torch.optim.Adadelta(p, lr=RATE, rho=0.95, eps=1e-6)),
    "adamw": ({"rule": "adamw"}, lambda p: torch.optim.AdamW(p, lr=RATE)),
    "adamw, strong decay": (
        {"rule": "adamw", "weightDecay": 0.3},
        lambda p: torch.optim.AdamW(p, lr=RATE, weight_decay=0.3),
    ),
    "amsgrad": ({"rule": "amsgrad"}, lambda p: torch.optim.Adam(p, lr=RATE, amsgrad=True)),
}


def trajectory(make):
    w = torch.tensor(START, requires_grad=True)
    a = torch.tensor(CURVATURE)
    optimiser = make([w])
    points = []
    for _ in range(STEPS):
        optimiser.zero_grad()
        (0.5 * (a * w * w).sum() + torch.sin(w).sum()).backward()
        optimiser.step()
        points.append(w.detach().tolist())
    return points


print(
    json.dumps(
        {
            "torch": torch.__version__,
            "start": START,
            "curvature": CURVATURE,
            "rate": RATE,
            "rules": {name: {"update": update, "points": trajectory(make)} for name, (update, make) in RULES.items()},
        }
    )
)
