"""What networks with masks give in Keras, and what they lose in ten steps. Usage: inKeras.py FOLDER

Prints one JSON object by network: predictions and, of the first step in training, the loss and a fingerprint of each gradient, in
float64; and the losses of ten steps of Adam, in float32.
"""

import json
import sys
from pathlib import Path

import numpy as np
import tensorflow as tf

from kerasNetwork import built, placed

keras = tf.keras
STEPS = 10


def array(entry):
    return np.array(entry["data"], dtype=entry["dtype"]).reshape(entry["shape"])


def model_of(case, floatx):
    keras.backend.clear_session()
    keras.backend.set_floatx(floatx)
    model, layers = built(case["keras"])
    variables = placed(case["keras"], layers, {name: array(entry) for name, entry in case["weights"].items()})
    return model, variables


def inputs_of(case, floatx):
    arrays = [array(entry) for entry in case["inputs"]]
    return [value.astype(floatx) if value.dtype.kind == "f" else value for value in arrays]


def fingerprint(gradient):
    values = tf.convert_to_tensor(gradient).numpy().ravel()
    return float(np.sum(values * np.cos(1 + 3 * np.arange(values.size))))


def step(model, loss_of, case, floatx):
    with tf.GradientTape() as tape:
        # The loss leaves out the steps that the mask of the output leaves out.
        loss = loss_of(array(case["target"]), model(inputs_of(case, floatx), training=True))
    return loss, tape


def measured(model, case):
    """By Keras's own evaluation, in two batches in which different numbers of steps count."""
    k = keras.metrics
    metrics = [k.SparseCategoricalAccuracy(name="accuracy"), k.SparseTopKCategoricalAccuracy(2, name="topKCategoricalAccuracy,k=2")]
    model.compile(loss="sparse_categorical_crossentropy", metrics=metrics)
    return model.evaluate(inputs_of(case, "float32"), array(case["target"]), batch_size=4, verbose=0, return_dict=True)


def main():
    result = {}
    for case in json.loads((Path(sys.argv[1]) / "masks.json").read_text()):
        loss_of = keras.losses.SparseCategoricalCrossentropy()
        model, variables = model_of(case, "float64")
        prediction = model(inputs_of(case, "float64"), training=False)
        mask = getattr(prediction, "_keras_mask", None)
        loss, tape = step(model, loss_of, case, "float64")
        trained = {name: variable for name, variable in variables.items() if variable.trainable}
        gradients = tape.gradient(loss, list(trained.values()))
        model32, _ = model_of(case, "float32")
        metrics = measured(model32, case)
        optimizer = keras.optimizers.Adam(case["learningRate"])
        losses = []
        for _ in range(STEPS):
            each, tape32 = step(model32, loss_of, case, "float32")
            optimizer.apply_gradients(zip(tape32.gradient(each, model32.trainable_variables), model32.trainable_variables))
            losses.append(float(each))
        result[case["name"]] = {
            "prediction": prediction.numpy().ravel().tolist(),
            "mask": None if mask is None else mask.numpy().astype(int).ravel().tolist(),
            "loss": float(loss),
            "gradients": {name: fingerprint(gradient) for name, gradient in zip(trained, gradients)},
            "losses": losses,
            "metrics": metrics,
        }
    print(json.dumps(result))


main()
