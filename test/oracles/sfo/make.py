"""Courses of the authors' SFO in float64, with the random draws that it made.

The program is sfo.py of github.com/Sohl-Dickstein/Sum-of-Functions-Optimizer at commit 36c66df, copyright 2014 Jascha Sohl-Dickstein, Apache
License 2.0. It is not part of this repository. Run with a Python that has NumPy 2.x:

    python test/oracles/sfo/make.py path/to/sfo.py > test/oracles/sfo/courses.json

The same functions are in test/engine/sfo.oracle.test.ts.
"""
import importlib.util
import json
import sys

import numpy as np

spec = importlib.util.spec_from_file_location("sfo", sys.argv[1])
sfo = importlib.util.module_from_spec(spec)
spec.loader.exec_module(sfo)


def logistic(parts, examples, features):
    """Ridge logistic regression: convex. Minibatch i has examples i, i + parts, i + 2 parts ..."""
    x = np.array([[np.sin(1.7 * e + 2.3 * j + 0.61 * e * j) for j in range(features)] for e in range(examples)])
    y = np.array([1.0 if np.sin(12.9898 * e) > 0 else -1.0 for e in range(examples)])

    def look(theta, i):
        xs, ys = x[i::parts], y[i::parts]
        margin = ys * (xs @ theta)[:, 0]
        loss = np.mean(np.log1p(np.exp(-margin))) + 0.01 * np.sum(theta**2)
        gradient = xs.T @ (-ys / (1 + np.exp(margin)) / len(ys)).reshape(-1, 1) + 0.02 * theta
        return loss, gradient

    return look, np.array([0.3 * np.cos(j) for j in range(features)]).reshape(-1, 1)


def tanh_net(parts, examples, inputs, hidden):
    """Mean squared error of a net with one hidden layer of tanh: not convex. Parameters: kernel by rows, bias, output kernel."""
    x = np.array([[np.sin(3.1 * e + 1.3 * j + 0.37 * e * j) for j in range(inputs)] for e in range(examples)])
    y = np.array([np.sin(3 * x[e, 0]) * np.cos(2 * x[e, 1]) for e in range(examples)])

    def look(theta, i):
        xs, ys = x[i::parts], y[i::parts]
        kernel = theta[: inputs * hidden].reshape(inputs, hidden)
        bias = theta[inputs * hidden : inputs * hidden + hidden, 0]
        out = theta[inputs * hidden + hidden :, 0]
        h = np.tanh(xs @ kernel + bias)
        error = h @ out - ys
        back = np.outer(error, out) * (1 - h**2) * 2 / len(ys)
        gradient = np.concatenate([(xs.T @ back).ravel(), back.sum(0), h.T @ error * 2 / len(ys)])
        return np.mean(error**2), gradient.reshape(-1, 1)

    return look, np.array([0.5 * np.sin(2.1 * j + 1) for j in range(inputs * hidden + 2 * hidden)]).reshape(-1, 1)


def rosenbrock(parts):
    """Rosenbrock's function in four dimensions and a tilt for each part; the tilts add up to 0. Not convex; the subspace is the whole space."""

    def look(theta, i):
        x = theta[:, 0]
        a, b = x[1:] - x[:-1] ** 2, 1 - x[:-1]
        tilt = np.array([np.cos(2 * np.pi * i / parts + j) for j in range(4)])
        gradient = tilt.copy()
        gradient[:-1] += -400 * a * x[:-1] - 2 * b
        gradient[1:] += 200 * a
        return np.sum(100 * a**2 + b**2) + tilt @ x, gradient.reshape(-1, 1)

    return look, np.array([-1.2, 1.0, -0.5, 0.8]).reshape(-1, 1)


class Corrected(sfo.SFO):
    """A minibatch whose first look fails compares that look with no earlier one: there is none."""

    def update_history(self, indx, theta_proj, f, df_proj, skip_delta=False):
        never = bool(np.isnan(self.hist_f[indx, 0]))
        super().update_history(indx, theta_proj, f, df_proj, skip_delta=skip_delta or never)


class Recorded:
    """A source of random numbers that remembers what it gave."""

    def __init__(self, seed, used):
        self.rng, self.used, self.draws = np.random.RandomState(seed), used, []

    def permutation(self, given):
        order = self.rng.permutation(given)
        if isinstance(given, int):
            # The minibatches in use at the start: drawn one after the other.
            left = list(range(given))
            for i in order[: self.used]:
                self.draws.append({"below": left.index(i)})
                left.remove(i)
        elif len(order) > 0:
            self.draws.append({"below": int(np.flatnonzero(given == order[0])[0])})
        return order

    def randn(self, *shape):
        drawn = self.rng.randn(*shape)
        if not shape:
            self.draws.append({"coin": bool(drawn < 0)})
            return drawn
        # Few digits are enough for directions that only fill up the subspace.
        drawn = np.round(drawn, 2)
        self.draws.append({"normals": drawn.ravel().tolist()})
        return drawn


def course(problem, parts, options, passes, seed, program=sfo.SFO):
    """It ends before its end where the rest is not the method's: where a first look fails, if the program isn't the corrected one, and where the
    subspace is cut down to vectors that depend on each other, so that rounding decides what else is kept."""
    look, start = problem
    source = Recorded(seed, options.get("init_subf", 2))
    np.random.permutation, np.random.randn = source.permutation, source.randn
    looked, over = [], []

    def f_df(theta, i):
        looked.append(i)
        return look(theta, i)

    class Watched(program):
        def collapse_subspace(self, xl=None):
            kept = np.hstack((self.last_df[:, self.active], self.last_theta[:, self.active], xl, self.P.T @ self.theta))
            sizes = np.linalg.svd(kept / np.linalg.norm(kept, axis=0), compute_uv=False)
            if sizes[-1] < 1e-9:
                over.append("dependent vectors")
            super().collapse_subspace(xl)

    optimizer = Watched(f_df, start.copy(), list(range(parts)), display=-2, **options)
    steps, failures = [], []
    for step in range(passes * parts):
        del looked[:]
        known = np.isfinite(optimizer.hist_f[:, 0])
        optimizer.optimization_step()
        failed = bool(optimizer.events["step_failure"])
        if failed and program is sfo.SFO and not known[looked[0]]:
            over.append("first look")
        if over:
            break
        if failed:
            failures.append(step)
        steps.append({"looked": list(looked), "at": np.round(optimizer.theta[:, 0], 10).tolist()})
    return {"parts": parts, "options": options, "start": start[:, 0].tolist(), "failures": failures, "steps": steps, "draws": source.draws}


ridge, net, valley = (logistic(6, 120, 40), 6), (tanh_net(5, 60, 3, 8), 5), (rosenbrock(4), 4)
turn = {"subfunction_selection": "cyclic", "max_step_length_ratio": 2.0}
chance = {"subfunction_selection": "random", "max_gradient_noise": 0.1, "init_subf": 3}

# The seeds are such that courses are long, and that some steps fail.
made = {
    "logistic": course(*ridge, {}, 10, 362),
    "logistic, by the whole Hessian": course(*ridge, {"subfunction_selection": "distance"}, 8, 21),
    "logistic, each by its own Hessian": course(*ridge, {"subfunction_selection": "single distance"}, 8, 32),
    "logistic, first looks that fail": course(*ridge, {}, 8, 2, Corrected),
    "tanh net": course(*net, {}, 10, 11),
    "tanh net, a short history": course(*net, {"max_history_terms": 4}, 8, 7),
    "tanh net, in turn": course(*net, turn, 8, 10),
    "tanh net, at random": course(*net, chance, 12, 9),
    "rosenbrock": course(*valley, {"hessian_init": 1e3}, 12, 8),
}
print("{\n" + ",\n".join(f"{json.dumps(name)}: {json.dumps(value, separators=(',', ':'))}" for name, value in made.items()) + "\n}")
