"""Ten batches of Keras 3's momentum with constraints, where several batches make a step and weights are averaged.

Run: python inKeras3.py FILE [--compare], FILE being shared/testing/keras3Constraints.json; keras 3, jax and scipy.
"""

import json
import math
import os
import sys
from pathlib import Path

os.environ["KERAS_BACKEND"] = "numpy"

import keras  # noqa: E402 - the backend is chosen before
import numpy as np  # noqa: E402

SHAPE = (3, 4)
COUNT = 12
RATE = 0.05

CONSTRAINTS = {
    "maxNorm": lambda: keras.constraints.MaxNorm(0.7, axis=0),
    "nonNeg": keras.constraints.NonNeg,
    "minMaxNormSlow": lambda: keras.constraints.MinMaxNorm(0.5, 0.8, rate=0.3, axis=0),
}
WAYS = {
    "accumulated": {"gradient_accumulation_steps": 3},
    "averaged": {"use_ema": True, "ema_momentum": 0.8},
    "both": {"gradient_accumulation_steps": 3, "use_ema": True, "ema_momentum": 0.8},
}


def batches(constraint, way):
    """The weight and, where weights are averaged, its average after each batch."""
    start = np.array([math.sin(5 * i + 1) for i in range(COUNT)]).reshape(SHAPE)
    w = keras.Variable(start, dtype="float64", name="w")
    w.constraint = constraint
    optimizer = keras.optimizers.SGD(RATE, momentum=0.9, **way)
    optimizer.build([w])
    rows = []
    for batch in range(10):
        given = [math.sin(3 * batch + 2 * i) * (0.3 + i % 4) for i in range(COUNT)]
        optimizer.apply([np.array(given).reshape(SHAPE)], [w])
        averages = optimizer._model_variables_moving_average if way.get("use_ema") else []
        rows.append([keras.ops.convert_to_numpy(it).ravel().tolist() for it in [w, *averages]])
    return rows


keras.backend.set_floatx("float64")
file = Path(sys.argv[1])
made = {f"{name}, {way}": batches(make(), settings) for name, make in CONSTRAINTS.items() for way, settings in WAYS.items()}
if "--compare" not in sys.argv:
    file.write_text(json.dumps({"version": keras.__version__, "batches": made}) + "\n")
else:
    kept = json.loads(file.read_text())["batches"]
    for name, expected in kept.items():
        np.testing.assert_allclose(made[name], expected, rtol=1e-9, atol=1e-12, err_msg=name)
    print(f"{len(kept)} ways as in the tests' numbers")
