"""Learning rates of PyTorch's schedulers in float64, the oracle of the schedules.

Run with a Python that has torch: python test/oracles/schedules/make.py > test/oracles/schedules/pytorch.json
Each entry is the spec and the rate before step 0, 1, 2 … (the scheduler steps after each). Unit: steps.
"""
import json
import math
import os
import sys
if sys.platform == "linux":  # lets a torch with absent CUDA functions load: see test/bench/peers/pytorch.py
    sys.setdlopenflags(os.RTLD_LAZY)
import torch
from torch.optim import lr_scheduler as s

RATE, STEPS = 0.3, 60
spec = lambda **options: {"rate": RATE, "unit": "steps", **options}

SCHEDULES = {
    "step": (spec(type="step", factor=0.5, every=7), lambda o: s.StepLR(o, 7, 0.5)),
    "milestones": (spec(type="milestones", factor=0.2, at=[5, 20, 33]), lambda o: s.MultiStepLR(o, [5, 20, 33], 0.2)),
    "exponential": (spec(type="exponential", decay=0.05), lambda o: s.ExponentialLR(o, math.exp(-0.05))),
    "polynomial": (spec(type="polynomial", length=50, power=2), lambda o: s.PolynomialLR(o, 50, 2)),
    "linear": (spec(type="polynomial", length=50, end=RATE * 0.1), lambda o: s.LinearLR(o, 1, 0.1, 50)),
    "cosine": (spec(type="cosine", length=59, end=0.01), lambda o: s.CosineAnnealingLR(o, 59, 0.01)),
    "cosine-restarts": (spec(type="cosine-restarts", length=15), lambda o: s.CosineAnnealingWarmRestarts(o, 15)),
    "cosine-restarts, growing": (
        spec(type="cosine-restarts", length=7, growth=2, end=0.01),
        lambda o: s.CosineAnnealingWarmRestarts(o, 7, 2, 0.01),
    ),
    "one-cycle": (
        spec(type="one-cycle", length=60),
        lambda o: s.OneCycleLR(o, RATE, total_steps=61, cycle_momentum=False, pct_start=(0.3 * 60 + 1) / 61),
    ),
    "1/t": (spec(type="1/t", decay=0.2), lambda o: s.LambdaLR(o, lambda t: 1 / (1 + 0.2 * t))),
    "range-test": (
        spec(type="range-test", end=30.0, length=50),
        lambda o: s.LambdaLR(o, lambda t: (30.0 / RATE) ** min(1, t / 50)),
    ),
    "constant": (spec(type="constant"), lambda o: s.ConstantLR(o, 1, 1)),
    "warm-up and cosine": (
        spec(type="cosine", length=50, warmUp={"length": 10, "from": 0.1}),
        lambda o: s.SequentialLR(
            o,
            [s.LambdaLR(o, lambda n: 0.1 + 0.9 * (n + 1) / 10), s.CosineAnnealingLR(o, 50)],
            [10],
        ),
    ),
}
SCORES = [0.1, 0.3, 0.3, 0.29, 0.31, 0.31, 0.31, 0.31, 0.30, 0.31, 0.4, 0.4, 0.4, 0.4, 0.4, 0.4, 0.4, 0.4, 0.41, 0.41, 0.41, 0.41, 0.41, 0.41]
PLATEAUS = {
    "plateau": (dict(type="plateau", rate=RATE), dict(factor=0.5, patience=2, threshold=1e-4)),
    "plateau, with cooldown and minimum": (
        dict(type="plateau", rate=RATE, factor=0.1, patience=1, threshold=0.02, cooldown=2, minimum=0.001),
        dict(factor=0.1, patience=1, threshold=0.02, cooldown=2, min_lr=0.001),
    ),
}


def optimiser():
    return torch.optim.SGD([torch.nn.Parameter(torch.zeros(1, dtype=torch.float64))], lr=RATE)


def rates(make):
    o = optimiser()
    schedule, seen = make(o), []
    for _ in range(STEPS):
        seen.append(o.param_groups[0]["lr"])
        o.step()
        schedule.step()
    return seen


def plateau(options):
    o = optimiser()
    schedule, seen = s.ReduceLROnPlateau(o, mode="max", threshold_mode="abs", **options), []
    for score in SCORES:
        schedule.step(score)
        seen.append(o.param_groups[0]["lr"])
    return seen


print(
    json.dumps(
        {
            "torch": torch.__version__,
            "schedules": {name: {"schedule": given, "rates": rates(make)} for name, (given, make) in SCHEDULES.items()},
            "scores": SCORES,
            "plateaus": {name: {"schedule": given, "rates": plateau(o)} for name, (given, o) in PLATEAUS.items()},
        }
    )
)
