"""The CDNOW fits of the Python package lifetimes: best seconds of some runs, parameters, and the data.

Prints one JSON object; benches/browser/cdnow.mjs hands the data to the WebAssembly module.
"""

import json
import sys
import time
import warnings

warnings.filterwarnings("ignore")

from lifetimes import GammaGammaFitter, ModifiedBetaGeoFitter
from lifetimes.datasets import load_cdnow_summary, load_cdnow_summary_data_with_monetary_value


def best(fit, runs):
    seconds = []
    for _ in range(runs):
        start = time.perf_counter()
        fitted = fit()
        seconds.append(time.perf_counter() - start)
    return min(seconds), sorted(seconds)[len(seconds) // 2], fitted


runs = int(sys.argv[1]) if len(sys.argv) > 1 else 5
orders = load_cdnow_summary(index_col=[0])
spent = load_cdnow_summary_data_with_monetary_value()
spent = spent[spent["frequency"] > 0]

mbg = best(
    lambda: ModifiedBetaGeoFitter().fit(orders["frequency"], orders["recency"], orders["T"]), runs
)
spend = best(lambda: GammaGammaFitter().fit(spent["frequency"], spent["monetary_value"]), runs)

json.dump(
    {
        "mbg": {"best": mbg[0], "median": mbg[1], "found": [mbg[2].params_[k] for k in ("r", "alpha", "a", "b")]},
        "gamma_gamma": {
            "best": spend[0],
            "median": spend[1],
            "found": [spend[2].params_[k] for k in ("p", "q", "v")],
        },
        "repeats": orders["frequency"].tolist(),
        "last": orders["recency"].tolist(),
        "age": orders["T"].tolist(),
        "orders": spent["frequency"].tolist(),
        "means": spent["monetary_value"].tolist(),
    },
    sys.stdout,
)
