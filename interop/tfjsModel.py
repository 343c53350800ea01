"""Rebuilds an exported TensorFlow.js layers model with Python's Keras from its model.json and weight shards alone.

TensorFlow.js and Keras share the configuration format, so Keras reads the same topology; the weights are placed by name.
Usage: tfjsModel.py FOLDER
Prints one JSON line: {"samples": n, "largestDifference": x}.
"""

import json
import sys
from pathlib import Path

import numpy as np
import tensorflow as tf

folder = Path(sys.argv[1])
model_json = json.loads((folder / "model.json").read_text())
model = tf.keras.models.model_from_json(json.dumps(model_json["modelTopology"]["model_config"]))

tensors = {}
for group in model_json["weightsManifest"]:
    data = b"".join((folder / path).read_bytes() for path in group["paths"])
    offset = 0
    for entry in group["weights"]:
        count = int(np.prod(entry["shape"]))
        tensors[entry["name"]] = np.frombuffer(data, np.float32, count, offset).reshape(entry["shape"])
        offset += 4 * count
    assert offset == len(data), f"{len(data) - offset} bytes of weights are left over"

for weight in model.weights:
    weight.assign(tensors.pop(weight.name.split(":")[0]))
assert not tensors, f"weights that the model does not have: {sorted(tensors)}"

inputs = np.load(folder / "parity" / "inputs.npy")
expected = np.load(folder / "parity" / "expected.npy")
actual = model(inputs, training=False).numpy()
print(json.dumps({"samples": len(inputs), "largestDifference": float(np.abs(actual - expected).max()), "version": tf.__version__}))
