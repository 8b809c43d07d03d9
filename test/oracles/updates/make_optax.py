"""Trajectories of optax's optimisers in float64: the rules that PyTorch has not got, or not in this form.

Run with a Python that has jax and optax: python test/oracles/updates/make_optax.py > test/oracles/updates/optax.json
The objective is that of make.py.
"""
import json

import jax
import jax.numpy as jnp
import optax

jax.config.update("jax_enable_x64", True)
START = [0.5, -1.25, 2.0, -0.01]
CURVATURE = [1.0, 10.0, 0.1, 3.0]
RATE, STEPS = 0.03, 60

RULES = {
    "nadam": ({"rule": "nadam"}, optax.nadam(RATE)),
    "nadam, other decays": (
        {"rule": "nadam", "beta1": 0.8, "beta2": 0.99, "epsilon": 0.1},
        optax.nadam(RATE, b1=0.8, b2=0.99, eps=0.1),
    ),
    "lion": ({"rule": "lion"}, optax.lion(RATE, weight_decay=0.0)),
    "lion, other decays": ({"rule": "lion", "beta1": 0.5, "beta2": 0.8}, optax.lion(RATE, b1=0.5, b2=0.8, weight_decay=0.0)),
}


def trajectory(rule):
    a = jnp.array(CURVATURE)
    gradient = jax.grad(lambda w: 0.5 * (a * w * w).sum() + jnp.sin(w).sum())
    w = jnp.array(START)
    state = rule.init(w)
    points = []
    for _ in range(STEPS):
        updates, state = rule.update(gradient(w), state, w)
        w = optax.apply_updates(w, updates)
        points.append(w.tolist())
    return points


rules = {name: {"update": update, "points": trajectory(rule)} for name, (update, rule) in RULES.items()}
print(json.dumps({"optax": optax.__version__, "start": START, "curvature": CURVATURE, "rate": RATE, "rules": rules}))
