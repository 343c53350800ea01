"""Builds every layer in Keras 2 from its record and compares outputs and gradients with ours. Usage: inKeras.py FOLDER [TITLE]"""

import numpy as np
import tensorflow as tf

from compare import NotHere, compared, run
from givenDraws import given_draws
from kerasNetwork import built, placed

keras = tf.keras

# TensorFlow's CPU kernels do not know everything: channels-last images only, no groups or holes in gradients, no pooling of
# volumes in float64. XLA compiles most of it. The first way that runs is taken.
WAYS = [("float64", False, 1e-5), ("float64", True, 1e-5), ("float32", False, 1e-4), ("float32", True, 1e-4)]


# Keras 2 draws one number for a whole batch, we one for each image: it is given them one by one.
ONE_BY_ONE = ("randomContrast",)

# TensorFlow takes the gradient of a moved image for the gradient moved back, which it is of whole pixels only, and has none of a contrast.
WITHOUT_GRADIENT = ("randomRotation", "randomTranslation", "randomZoom", "randomContrast")


def compute(case, array):
    failures = []
    for floatx, jit, bar in WAYS:
        keras.backend.set_floatx(floatx)
        try:
            pairs = computed(case, array, floatx, jit)
        except (AssertionError, NotHere):
            raise
        except Exception as error:  # noqa: BLE001 - the next way may know it
            failures.append(error)
            continue
        return compared(pairs, bar)
    raise failures[0]


def computed(case, array, floatx, jit):
    keras.backend.clear_session()
    model, layers = built(case["keras"])
    weights = {f"layer/{weight['name']}": array(weight) for weight in case["weights"]}
    variables = {name.replace("layer/", "", 1): variable for name, variable in placed(case["keras"], layers, weights).items()}
    order = [entry["name"] for entry in case["inputs"]]
    inputs = [tf.constant(array(entry), floatx if entry["dtype"] == "float32" else entry["dtype"]) for entry in case["inputs"]]
    by_name = dict(zip(order, inputs))
    model_inputs = [by_name[name] for name in case["keras"]["inputs"]]

    if any(weight.get("constrained") for weight in case["weights"]):
        return constrained(case["weights"], variables, array)

    def outputs_and_gradients(model_inputs, cotangents):
        watched = [value for value in model_inputs if value.dtype.is_floating]
        with tf.GradientTape() as tape:
            tape.watch(watched)
            results = model(model_inputs, training=case["training"])
            results = results if isinstance(results, (tuple, list)) else [results]
            if case["drawn"] and case["layer"] in WITHOUT_GRADIENT:
                return results, []
            loss = tf.add_n([tf.reduce_sum(result * cotangent) for result, cotangent in zip(results, cotangents)])
        sources = watched + [variables[name] for name in variables if variables[name].trainable]
        return results, tape.gradient(loss, sources, unconnected_gradients=tf.UnconnectedGradients.ZERO)

    def drawing(model_inputs, cotangents, drawn):
        with given_draws(drawn):
            return outputs_and_gradients(model_inputs, cotangents)

    compiled = tf.function(drawing, jit_compile=True) if jit else drawing
    cotangents = [tf.constant(array(entry["cotangent"]), floatx) for entry in case["outputs"]]
    drawn = [array(entry) for entry in case["drawn"]]
    way = one_by_one(compiled) if drawn and case["layer"] in ONE_BY_ONE else compiled
    results, gradients = way(model_inputs, cotangents, drawn)
    pairs = [(f"output {entry['port']}", result.numpy(), array(entry)) for entry, result in zip(case["outputs"], results)]
    names = [name for name in case["keras"]["inputs"] if by_name[name].dtype.is_floating] + [
        name for name in variables if variables[name].trainable
    ]
    expected = {entry["name"]: entry for entry in (*case["inputs"], *case["weights"])}
    for name, gradient in zip(names, gradients):
        entry = expected[name].get("gradient")
        pairs.append((f"gradient of {name}", tf.convert_to_tensor(gradient).numpy(), array(entry) if entry else None))
    return pairs


def one_by_one(compiled):
    """Of layers without weights: samples alone, and what comes of them together again."""

    def together(*batches):
        count = len(batches[0][0])
        alone = [compiled(*([each[index : index + 1] for each in batch] for batch in batches)) for index in range(count)]
        return [[tf.concat(parts, 0) for parts in zip(*each)] for each in zip(*alone)]

    return together


def constrained(weights, variables, array):
    """What Keras's own constraints make of the weights."""
    ours = {weight["name"]: weight.get("constrained") for weight in weights}
    other = [name for name, variable in variables.items() if (variable.constraint is None) != (ours[name] is None)]
    if other:
        raise AssertionError(f"{other} have a constraint on one side only")
    return [(f"constraint of {name}", variables[name].constraint(variables[name]).numpy(), array(entry)) for name, entry in ours.items() if entry]


run("keras", compute)
