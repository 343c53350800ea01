"""What Keras and PyTorch share: readings of outputs, their projections, and what is kept of these."""

import json
import sys
from pathlib import Path

import numpy as np

CUTS = 24


def batch_of(case):
    sample = np.array(case["sample"], np.float32).reshape(case["shape"])
    return np.repeat(sample[None], 2 * case["pairs"], 0)


def weights_of(case):
    return {name: np.array(each["data"]).reshape(each["shape"]) for name, each in case["weights"].items()}


def readings(case, outputs):
    """All of a sample's output, or the map from pixels in the middle."""
    if not case.get("isMap"):
        return outputs.reshape(len(outputs), -1)
    row, column = case["shape"][0] // 2, case["shape"][1] // 2 - 1
    at = lambda down, right: outputs[:, row + down, column + right]  # noqa: E731
    along, across = at(0, 1) - at(0, 0), at(1, 0) - at(0, 0)
    return np.stack([along, across, at(0, 0) - column * along - row * across], 1).transpose(0, 2, 1).reshape(len(outputs), 6)


def cuts_of(values):
    """In the middle between neighbours, so that rounding moves nothing across."""
    apart = np.unique(np.round(values, 4))
    middles = (apart[1:] + apart[:-1]) / 2
    if len(middles) <= CUTS:
        return np.round(middles, 5)
    ranks = np.searchsorted(np.sort(values), middles)
    wanted = np.linspace(0, len(values), CUTS + 2)[1:-1]
    return np.round(np.unique(middles[[np.abs(ranks - rank).argmin() for rank in wanted]]), 5)


def law(values, cuts):
    moment = lambda power: float(np.mean((values - values.mean()) ** power))  # noqa: E731
    return {
        "count": len(values),
        "mean": float(values.mean()),
        "variance": moment(2),
        "fourth": moment(4),
        "cuts": cuts.tolist(),
        "below": np.searchsorted(np.sort(values), cuts).tolist(),
    }


def run(outputs_of):
    """Prints the laws of all cases whose outputs there are. Cuts are those of the file that is the second argument, else new ones."""
    folder, kept = sys.argv[1], json.loads(Path(sys.argv[2]).read_text()) if len(sys.argv) > 2 else None
    laws = {}
    for case in json.loads((Path(folder) / "laws.json").read_text()):
        outputs = outputs_of(case)
        if outputs is None:
            continue
        pairs = readings(case, outputs).astype(np.float64).reshape(case["pairs"], -1)
        projected = [pairs @ np.array(direction) for direction in case["projections"]]
        cuts = [np.array(each["cuts"]) for each in kept[case["name"]]] if kept else [cuts_of(values) for values in projected]
        laws[case["name"]] = [law(values, own) for values, own in zip(projected, cuts)]
    print(json.dumps(laws))
