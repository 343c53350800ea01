"""Writes the arguments of Keras 3's layers that our list has by name. With --compare it looks whether they are still those.

Run: python inKeras3.py FILE [--compare], FILE being shared/testing/kerasSignatures.json; keras 3 with any backend.
"""

import inspect
import json
import os
import sys
from pathlib import Path

os.environ.setdefault("KERAS_BACKEND", "jax")

import keras  # noqa: E402 - the backend is chosen before


def arguments(layer):
    parameters = list(inspect.signature(layer.__init__).parameters.values())[1:]
    return [it.name for it in parameters if it.kind not in (it.VAR_KEYWORD, it.VAR_POSITIONAL)]


file = Path(sys.argv[1])
kept = json.loads(file.read_text())
made = {"version": keras.__version__, "layers": {name: arguments(getattr(keras.layers, name)) for name in kept["layers"]}}
if "--compare" not in sys.argv:
    file.write_text(json.dumps(made) + "\n")
else:
    other = [name for name, names in made["layers"].items() if names != kept["layers"][name]]
    if other:
        sys.exit(f"Keras {keras.__version__} has other arguments than Keras {kept['version']}: {', '.join(other)}")
    print(f"{len(made['layers'])} layers have the arguments of Keras {keras.__version__}")
