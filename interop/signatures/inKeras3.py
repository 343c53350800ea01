"""Writes the arguments of all of Keras 3's layers with their defaults. With --compare it looks whether they are still those.

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
    """By name, each with its default where it has one. A default that JSON has not is left out; `**kwargs` are no arguments."""
    parameters = list(inspect.signature(layer.__init__).parameters.values())[1:]
    return {it.name: default(it) for it in parameters if it.kind not in (it.VAR_KEYWORD, it.VAR_POSITIONAL)}


def default(parameter):
    return {} if parameter.default is parameter.empty else {"default": json.loads(json.dumps(parameter.default))}


def layers():
    found = {name: getattr(keras.layers, name) for name in sorted(dir(keras.layers))}
    return {name: arguments(it) for name, it in found.items() if inspect.isclass(it) and issubclass(it, keras.layers.Layer)}


file = Path(sys.argv[1])
made = {"version": keras.__version__, "layers": layers()}
if "--compare" not in sys.argv:
    file.write_text(json.dumps(made) + "\n")
else:
    kept = json.loads(file.read_text())
    other = [name for name in {**kept["layers"], **made["layers"]} if made["layers"].get(name) != kept["layers"].get(name)]
    if other:
        sys.exit(f"Keras {keras.__version__} has other layers or arguments than Keras {kept['version']}: {', '.join(sorted(other))}")
    print(f"{len(made['layers'])} layers have the arguments of Keras {keras.__version__}")
