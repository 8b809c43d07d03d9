"""Preprocessing by scikit-learn in float64 and the tables it carries, the oracle of the data sources.

Run with a Python that has scikit-learn 1.7.2: python test/oracles/data/make.py > test/oracles/data/scikit-learn.json
"""
import json

import numpy as np
import sklearn
from sklearn import datasets
from sklearn.decomposition import PCA
from sklearn.preprocessing import MinMaxScaler, StandardScaler

x = np.random.default_rng(5).normal(size=(40, 4)) @ np.array([[3, 1, 0, 0.5], [0, 2, 1, 0], [0, 0, 0.5, 1], [0, 0, 0, 0.25]]) + [1, -2, 30, 4]
x = np.round(x, 3)


def signed(pca):
    """The component of each eigenvector that is largest in size is positive."""
    signs = np.sign(pca.components_[np.arange(len(pca.components_)), np.abs(pca.components_).argmax(1)])
    return pca.transform(x) * signs


def zca(epsilon):
    centred = x - x.mean(0)
    values, vectors = np.linalg.eigh(centred.T @ centred / len(x))
    return centred @ vectors @ np.diag(1 / np.sqrt(values + epsilon)) @ vectors.T


# scikit-learn divides the covariance by n - 1, the service by n: whitened components differ by that factor.
n = len(x)
results = {
    "standardize": StandardScaler().fit_transform(x),
    "min-max": MinMaxScaler().fit_transform(x),
    "mean-image": x - x.mean(0),
    "pca": signed(PCA(2, svd_solver="full").fit(x)),
    "pca, whitened": signed(PCA(3, svd_solver="full", whiten=True).fit(x)) * np.sqrt(n / (n - 1)),
    "zca": zca(1e-5),
}
tables = {}
for name, load in {"digits": datasets.load_digits, "iris": datasets.load_iris, "wine": datasets.load_wine, "breast-cancer": datasets.load_breast_cancer}.items():
    table = load()
    tables[name] = {"rows": len(table.data), "sum": float(table.data.sum()), "labels": int(table.target.sum()), "names": [str(one) for one in table.target_names]}
diabetes = datasets.load_diabetes(scaled=False)
tables["diabetes"] = {"rows": len(diabetes.data), "sum": float(diabetes.data.sum()), "labels": float(diabetes.target.sum()), "names": None}
print(json.dumps({"scikit-learn": sklearn.__version__, "x": x.tolist(), "results": {k: v.tolist() for k, v in results.items()}, "tables": tables}))
