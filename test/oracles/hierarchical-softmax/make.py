"""Hierarchical softmax in float64 with PyTorch's gradients: log-probabilities of classes, and the loss of labels.

Run with a Python that has torch: python test/oracles/hierarchical-softmax/make.py > test/oracles/hierarchical-softmax/pytorch.json
The tree is grown node by node: the oldest leaf gets two children until there are as many leaves as classes. A node that gets children is an inner
one, numbered in that order; leaves are classes in the order of their age.
"""
import json
import os
import sys
if sys.platform == "linux":  # lets a torch with absent CUDA functions load: see test/bench/peers/pytorch.py
    sys.setdlopenflags(os.RTLD_LAZY)
import torch
import torch.nn.functional as f

torch.set_default_dtype(torch.float64)
torch.manual_seed(1)
BATCH, FEATURES = 6, 4


def paths(classes):
    """Of each class the inner nodes above it, with +1 where its path goes to the first child and -1 to the second."""
    leaves, inner = [[]], 0
    while len(leaves) < classes:
        path = leaves.pop(0)
        leaves += [path + [(inner, 1)], path + [(inner, -1)]]
        inner += 1
    return leaves


def case(classes):
    rounded = lambda *shape: torch.round(torch.randn(*shape) * 100) / 100
    x, w, b = rounded(BATCH, FEATURES), rounded(FEATURES, classes - 1), rounded(classes - 1)
    labels = torch.randint(classes, (BATCH,))
    for tensor in (x, w, b):
        tensor.requires_grad_(True)
    z = x @ w + b
    log_p = torch.stack([sum(f.logsigmoid(sign * z[:, node]) for node, sign in path) for path in paths(classes)], 1)
    loss = f.nll_loss(log_p, labels)
    loss.backward()
    return {
        "classes": classes, "inputs": x.tolist(), "kernel": w.tolist(), "bias": b.tolist(), "labels": labels.tolist(),
        "logProbabilities": log_p.tolist(), "loss": loss.item(),
        "gradients": {"inputs": x.grad.tolist(), "kernel": w.grad.tolist(), "bias": b.grad.tolist()},
    }


print("[\n" + ",\n".join(json.dumps(case(classes), separators=(",", ":")) for classes in (2, 3, 5, 8, 11)) + "\n]")
