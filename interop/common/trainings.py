"""What both engines share of the ten-step trainings: reads them, and prints what each loses, one JSON line a training."""

import json
import sys
import time
from pathlib import Path

import numpy as np

STEPS = 10
DTYPES = {"float32": np.float32, "int32": np.int32}


def run(version, losses_of):
    folder, only = Path(sys.argv[1]), sys.argv[2] if len(sys.argv) > 2 else ""
    numbers = np.load(folder / "trainings.npy")

    def array(entry):
        count = int(np.prod(entry["shape"], dtype=np.int64))
        return numbers[entry["at"] : entry["at"] + count].reshape(entry["shape"]).astype(DTYPES[entry["dtype"]])

    for training in json.loads((folder / "trainings.json").read_text()):
        if not training["name"].startswith(only):
            continue
        start = time.time()
        losses = losses_of(training, array)
        print(json.dumps({"name": training["name"], "version": version, "losses": losses, "seconds": time.time() - start}), flush=True)
