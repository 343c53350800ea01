"""Loads an exported SavedModel with Python's TensorFlow and compares it with what the program itself predicted.

Usage: savedModel.py FOLDER   (the folder that `skipwire export --to savedmodel` wrote)
Prints one JSON line: {"samples": n, "largestDifference": x, "sum": s}.
"""

import json
import sys
from pathlib import Path

import numpy as np
import tensorflow as tf

folder = Path(sys.argv[1])
inputs = np.load(folder / "parity" / "inputs.npy")
expected = np.load(folder / "parity" / "expected.npy")

serve = tf.saved_model.load(str(folder)).signatures["serving_default"]
name = next(iter(serve.structured_input_signature[1]))
outputs = serve(**{name: tf.constant(inputs)})
actual = next(iter(outputs.values())).numpy()

print(json.dumps({
    "samples": len(inputs),
    "largestDifference": float(np.abs(actual - expected).max()),
    "sum": float(actual.sum()),
    "version": tf.__version__,
}))
