"""Courses of PyTorch's LBFGS with strong Wolfe line search, one iteration a step, and minima by SciPy, all in float64.

Run with a Python that has PyTorch 2.x: python test/oracles/full-batch/make.py torch > test/oracles/full-batch/torch.json
and with one that has SciPy and scikit-learn 1.7.2: python test/oracles/full-batch/make.py scipy > test/oracles/full-batch/scipy.json
"""
import json
import os
import sys

import numpy as np


def rosenbrock(x):
    return (100 * (x[1:] - x[:-1] ** 2) ** 2 + (1 - x[:-1]) ** 2).sum()


def quadratic(x):
    scales = x * 0 + np.array([1.0, 10.0, 100.0, 1000.0]) if isinstance(x, np.ndarray) else x.new_tensor([1.0, 10.0, 100.0, 1000.0])
    return (scales * (x - 1) ** 2).sum() / 2


def logistic(x):
    # Two classes that overlap, ridge 0.01; x = [w1, w2, b].
    points = [[0.5, 1.2], [1.5, 0.3], [2.2, 2.0], [-0.4, 0.1], [-1.3, -0.8], [0.2, -1.5], [1.0, -0.2], [-0.7, 1.1]]
    signs = [1, 1, 1, -1, -1, -1, -1, 1]
    total = 0.01 * (x[0] ** 2 + x[1] ** 2)
    for (a, b), sign in zip(points, signs):
        total = total + (np.log1p(np.exp(-sign * (a * x[0] + b * x[1] + x[2]))) if isinstance(x, np.ndarray) else (1 + (-sign * (a * x[0] + b * x[1] + x[2])).exp()).log()) / 8
    return total


problems = {
    "rosenbrock": (rosenbrock, [-1.2, 1.0, -0.5, 0.8]),
    "quadratic": (quadratic, [3.0, -2.0, 0.5, 4.0]),
    "logistic": (logistic, [0.0, 0.0, 0.0]),
}


def torch_courses():
    sys.setdlopenflags(os.RTLD_LAZY)
    import torch

    torch.set_default_dtype(torch.float64)
    made = {}
    for name, (f, start) in problems.items():
        for history in (3, 10):
            x = torch.tensor(start, requires_grad=True)
            optimizer = torch.optim.LBFGS([x], lr=1, max_iter=1, max_eval=1000, history_size=history, tolerance_grad=0, tolerance_change=0, line_search_fn="strong_wolfe")

            def closure():
                optimizer.zero_grad()
                loss = f(x)
                loss.backward()
                return loss

            course = []
            for _ in range(20 if name == "rosenbrock" else 8):
                optimizer.step(closure)
                course.append(x.detach().tolist())
            made[f"{name} {history}"] = {"problem": name, "history": history, "start": start, "course": course}
    return made


def scipy_minima():
    from scipy.optimize import minimize

    made = {}
    for name, (f, start) in problems.items():
        found = {method: minimize(f, np.array(start), method=method, options={"gtol": 1e-10}) for method in ("BFGS", "CG")}
        made[name] = {"start": start, "minimum": min(found.values(), key=lambda r: r.fun).x.tolist(), "loss": min(r.fun for r in found.values()), "iterations": {m: int(r.nit) for m, r in found.items()}}
    return made


print(json.dumps(torch_courses() if sys.argv[1] == "torch" else scipy_minima(), indent=1))
