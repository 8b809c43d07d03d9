"""Quantiles of Beta(a, a) by SciPy, the oracle of mixup's draw.

Run with a Python that has SciPy: python test/oracles/augment/make.py > test/oracles/augment/scipy.json
"""
import json

import scipy
from scipy.stats import beta

P = [0.0, 0.01, 0.1, 0.25, 0.5, 0.6, 0.9, 0.999, 1.0]
print(json.dumps({"scipy": scipy.__version__, "p": P, "quantiles": {str(a): beta.ppf(P, a, a).tolist() for a in [0.1, 0.2, 0.5, 1, 2, 8]}}))
