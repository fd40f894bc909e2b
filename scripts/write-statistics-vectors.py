"""Writes test/vectors/statistics.json: what SciPy says, for the range our reports use and its tails.

    python3 scripts/write-statistics-vectors.py        (Debian: apt-get install python3-scipy)
"""

import json
import pathlib

import numpy as np
import scipy
from scipy import special, stats

rng = np.random.default_rng(20261123)
numbers = lambda values: [float(value) for value in values]

zs = numbers(np.concatenate([np.linspace(-8, 8, 65), np.linspace(9, 37, 29)]))
ps = numbers(
    np.concatenate([10.0 ** -np.arange(1, 31), [1e-100, 1e-300, 0.2, 0.3, 0.4, 0.49, 0.5, 0.6, 0.9, 0.975, 0.999, 1 - 1e-9]])
)
degrees = [1, 2, 3, 5, 7.5, 17.776, 30, 99.5, 1000, 12345.6, 1e5, 1e6, 1e7]
ts = [-30, -6, -1.5, -1e-3, 0, 1e-6, 0.01, 0.5, 1, 1.96, 2.576, 4, 8, 15, 30]
quantiles = [1e-12, 1e-6, 1e-4, 0.0005, 0.005, 0.01, 0.02, 0.025, 0.1, 0.4, 0.975]
xs = [1e-6, 0.01, 0.5, 1, 3.84, 10.83, 25, 60, 200, 700, 1300]


def welch():
    n = rng.integers(2, 5_000_000, 2)
    mean = rng.uniform(0, 500, 2)
    sd = rng.uniform(0.5, 9000, 2)
    result = stats.ttest_ind_from_stats(mean[1], sd[1], n[1], mean[0], sd[0], n[0], equal_var=False)
    interval = result.confidence_interval(0.96) if hasattr(result, "confidence_interval") else None
    u, v = sd**2 / n
    df = (u + v) ** 2 / (u**2 / (n[0] - 1) + v**2 / (n[1] - 1))
    reach = stats.t.isf(0.02, df) * np.sqrt(u + v)
    difference = mean[1] - mean[0]
    return {
        "n": [int(one) for one in n],
        "mean": numbers(mean),
        "sd": numbers(sd),
        "p": float(result.pvalue),
        "low": float(difference - reach),
        "high": float(difference + reach),
    }


def split():
    count = int(rng.integers(2, 7))
    weights = rng.dirichlet(np.full(count, 5.0))
    counts = rng.multinomial(int(rng.integers(50, 3_000_000)), weights)
    p = stats.chisquare(counts, counts.sum() * weights).pvalue
    return {"counts": [int(one) for one in counts], "weights": numbers(weights), "p": float(p)}


vectors = {
    "from": f"SciPy {scipy.__version__}",
    "normalTail": [[z, float(stats.norm.sf(z))] for z in zs],
    "normalUpper": [[p, float(stats.norm.isf(p))] for p in ps],
    "studentTail": [[t, df, float(stats.t.sf(t, df))] for df in degrees for t in ts],
    "studentUpper": [[p, df, float(stats.t.isf(p, df))] for df in degrees for p in quantiles],
    "chiSquareTail": [
        [x, df, float(stats.chi2.sf(x, df))] for df in [1, 2, 3, 4, 6, 9, 15, 20] for x in xs
    ],
    "logBeta": [
        [a, b, float(special.betaln(a, b))]
        for a in [0.5, 1, 2.25, 9.9, 10, 50, 5e3, 5e6]
        for b in [0.5, 3, 12, 800]
    ],
    "welch": [welch() for _ in range(60)],
    "split": [split() for _ in range(40)],
}

target = pathlib.Path(__file__).parent.parent / "test" / "vectors" / "statistics.json"
target.write_text(json.dumps(vectors) + "\n")
