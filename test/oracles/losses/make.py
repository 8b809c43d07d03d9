"""Losses of PyTorch and their gradients in float64, the oracle of the losses.

Run with a Python that has torch: python test/oracles/losses/make.py > test/oracles/losses/pytorch.json
Each entry: the loss of the spec, outputs [batch, n], labels, the loss of each example and the gradient of their mean.
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
Z = torch.round(torch.randn(6, 4) * 300) / 100
CLASSES = torch.tensor([0, 3, 2, 1, 3, 0])
VALUES = torch.round(torch.randn(6, 4) * 200) / 100
BITS = torch.tensor([[0.0, 1, 1, 0], [1, 0, 0, 0], [1, 1, 1, 1], [0, 0, 0, 0], [0, 1, 0, 1], [0.25, 0.5, 1, 0]])
COUNTS = torch.tensor([[0.0, 1, 5, 2], [3, 0, 0, 1], [2, 2, 2, 2], [0, 0, 0, 7], [1, 0, 1, 0], [4, 3, 2, 1]])
P = torch.tensor([[0.5, 0.25, 0.25, 0.0], [0.25, 0.25, 0.25, 0.25], [1.0, 0, 0, 0], [0.0, 0.5, 0.5, 0], [0.125, 0.125, 0.25, 0.5], [0, 0, 0.75, 0.25]])
W = [0.5, 2.0, 1.0, 0.25]


def weston_watkins(z, y, margin=1.0, p=1):
    right = z.gather(1, y[:, None])
    terms = torch.clamp(z - right + margin, min=0) ** p
    return terms.scatter(1, y[:, None], 0.0).sum(1)


def one_vs_all(z, y, margin=1.0, p=1):
    t = 2 * f.one_hot(y, 4) - 1
    return (torch.clamp(margin - t * z, min=0) ** p).sum(1)


bce = lambda z, y, **o: f.binary_cross_entropy_with_logits(z, y, reduction="none", **o).mean(1)
LOSSES = [
    ({"type": "softmax-cross-entropy"}, CLASSES, lambda z, y: f.cross_entropy(z, y, reduction="none")),
    ({"type": "softmax-cross-entropy", "labelSmoothing": 0.2}, CLASSES, lambda z, y: f.cross_entropy(z, y, reduction="none", label_smoothing=0.2)),
    ({"type": "softmax-cross-entropy", "classWeights": W}, CLASSES, lambda z, y: f.cross_entropy(z, y, reduction="none", weight=torch.tensor(W))),
    ({"type": "weston-watkins", "margin": 1.5}, CLASSES, lambda z, y: weston_watkins(z, y, 1.5)),
    ({"type": "weston-watkins"}, CLASSES, lambda z, y: 4 * f.multi_margin_loss(z, y, reduction="none")),
    ({"type": "weston-watkins", "squared": True}, CLASSES, lambda z, y: 4 * f.multi_margin_loss(z, y, p=2, reduction="none")),
    ({"type": "one-vs-all-hinge"}, CLASSES, one_vs_all),
    ({"type": "one-vs-all-hinge", "squared": True, "margin": 0.5}, CLASSES, lambda z, y: one_vs_all(z, y, 0.5, 2)),
    ({"type": "mean-squared-error"}, VALUES, lambda z, y: f.mse_loss(z, y, reduction="none").mean(1)),
    ({"type": "mean-absolute-error"}, VALUES, lambda z, y: f.l1_loss(z, y, reduction="none").mean(1)),
    ({"type": "huber"}, VALUES, lambda z, y: f.huber_loss(z, y, reduction="none").mean(1)),
    ({"type": "huber", "delta": 0.3}, VALUES, lambda z, y: f.huber_loss(z, y, reduction="none", delta=0.3).mean(1)),
    ({"type": "poisson"}, COUNTS, lambda z, y: f.poisson_nll_loss(z, y, reduction="none").mean(1)),
    ({"type": "sigmoid-cross-entropy"}, BITS, bce),
    ({"type": "sigmoid-cross-entropy", "positiveWeight": 3}, BITS, lambda z, y: bce(z, y, pos_weight=torch.tensor(3.0))),
    ({"type": "kullback-leibler"}, P, lambda z, y: f.kl_div(f.log_softmax(z, 1), y, reduction="none").sum(1)),
    ({"type": "cosine-distance"}, VALUES, lambda z, y: 1 - f.cosine_similarity(z, y)),
]


def entry(loss, labels, per_example):
    z = Z.clone().requires_grad_()
    values = per_example(z, labels)
    values.mean().backward()
    return {"loss": loss, "labels": labels.tolist(), "values": values.tolist(), "gradient": z.grad.tolist()}


print(json.dumps({"torch": torch.__version__, "outputs": Z.tolist(), "losses": [entry(*loss) for loss in LOSSES]}))
