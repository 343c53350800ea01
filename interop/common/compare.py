"""What both engines share: reads the cases, compares numbers, prints one JSON line a case."""

import json
import sys
import traceback
from pathlib import Path

import numpy as np

# Both sides compute in float64; the cases are written in float32.
BAR = 1e-5
FLOOR = 1e-3

DTYPES = {"float32": np.float64, "int32": np.int64, "bool": np.bool_}


class NotHere(Exception):
    """This version of the engine is too old for the layer."""


def load(folder):
    numbers = np.load(Path(folder) / "numbers.npy").astype(np.float64)
    cases = json.loads((Path(folder) / "cases.json").read_text())

    def array(entry):
        count = int(np.prod(entry["shape"], dtype=np.int64))
        values = numbers[entry["at"] : entry["at"] + count].reshape(entry["shape"])
        return values.astype(DTYPES[entry.get("dtype", "float32")])

    return cases, array


def difference(received, expected):
    """Largest difference, relative to the largest expected number."""
    if tuple(received.shape) != tuple(expected.shape):
        raise AssertionError(f"received the shape {tuple(received.shape)}, expected {tuple(expected.shape)}")
    if expected.size == 0:
        return 0.0
    gap = np.abs(received - expected).max()
    return float(gap / max(np.abs(expected).max(), FLOOR))


def compared(pairs, bar=BAR):
    """`pairs` are (what, received, expected); where nothing flows expected is None and received None or zero."""
    worst = 0.0
    for what, received, expected in pairs:
        if expected is None:
            expected = np.zeros_like(received) if received is not None else np.zeros(0)
        if received is None:
            received = np.zeros_like(expected)
        try:
            gap = difference(received, expected)
        except AssertionError as error:
            raise AssertionError(f"{what}: {error}") from error
        if not gap <= bar:
            raise AssertionError(f"{what}: relative difference {gap:.2e}")
        worst = max(worst, gap)
    return worst


def run(engine, compute):
    """Computes each case and says how it went. `only` is the beginning of a title, for one layer while it is written, or a JSON file of titles."""
    folder, only = sys.argv[1], sys.argv[2] if len(sys.argv) > 2 else ""
    cases, array = load(folder)
    titles = set(json.loads(Path(only).read_text())) if only.endswith(".json") else None
    for case in cases:
        if case["title"] not in titles if titles is not None else not case["title"].startswith(only):
            continue
        outcome = {"title": case["title"], "layer": case["layer"]}
        if "unsupported" in case[engine]:
            print(json.dumps({**outcome, "unsupported": case[engine]["unsupported"]}), flush=True)
            continue
        try:
            print(json.dumps({**outcome, "difference": compute(case, array)}), flush=True)
        except NotHere as error:
            print(json.dumps({**outcome, "notHere": str(error)}), flush=True)
        except Exception as error:  # noqa: BLE001 - every failure is an outcome of its case
            detail = str(error) if isinstance(error, AssertionError) else traceback.format_exc(limit=-3)
            print(json.dumps({**outcome, "failed": detail}), flush=True)
