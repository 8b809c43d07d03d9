"""Scores of scikit-learn, the oracle of scores.json.

Run with a Python that has scikit-learn: python test/oracles/scores/make.py > test/oracles/scores/scikit-learn.json
"""
import json

import numpy as np
import sklearn
from sklearn import metrics as m

r = np.random.default_rng(3)
labels = r.integers(0, 7, 200)
# Rounded, so that there are ties.
outputs = np.round(r.normal(size=(200, 7)) + 1.5 * np.eye(7)[labels] * r.random((200, 1)), 1)
p = np.exp(outputs) / np.exp(outputs).sum(1, keepdims=True)
taken = outputs.argmax(1)
averages = lambda kind: dict(zip(("precision", "recall", "f1"), m.precision_recall_fscore_support(labels, taken, average=kind, zero_division=0)[:3]))
each = m.precision_recall_fscore_support(labels, taken, zero_division=0)
y = r.normal(size=(50, 2)) * [1, 5]
z = y + r.normal(size=(50, 2))
print(
    json.dumps(
        {
            "scikit-learn": sklearn.__version__,
            "outputs": outputs.tolist(),
            "labels": labels.tolist(),
            "accuracy": m.accuracy_score(labels, taken),
            "topFive": m.top_k_accuracy_score(labels, outputs, k=5),
            "macro": averages("macro"),
            "weighted": averages("weighted"),
            "precision": each[0].tolist(),
            "recall": each[1].tolist(),
            "f1": each[2].tolist(),
            "auc": [m.roc_auc_score(labels == k, p[:, k]) for k in range(7)],
            "confusion": m.confusion_matrix(labels, taken).tolist(),
            "y": y.tolist(),
            "z": z.tolist(),
            "meanAbsoluteError": m.mean_absolute_error(y, z),
            "meanSquaredError": m.mean_squared_error(y, z),
            "r2": m.r2_score(y, z),
        }
    )
)
