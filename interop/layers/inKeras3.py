"""Builds layers in Keras 3 from their records and compares outputs and gradients with ours. Usage: inKeras3.py FOLDER [TITLE]"""

import os

os.environ["KERAS_BACKEND"] = "jax"
# Each case is compiled and runs once.
os.environ["XLA_FLAGS"] = "--xla_backend_optimization_level=0 --xla_llvm_disable_expensive_passes=true"

import jax  # noqa: E402 - the backend is chosen before
import keras  # noqa: E402
from keras.src.backend.common import dtypes  # noqa: E402

from compare import NotHere, compared, run  # noqa: E402
from kerasNetwork import built, placed  # noqa: E402

jax.config.update("jax_enable_x64", True)
keras.config.set_floatx("float64")

# With JAX, Keras makes float32 of what its rules of types find to be float64, in every operation that asks them: products of two
# tensors, tanh, the mask of an attention. With TensorFlow it does not, nor here.
dtypes.BIT64_TO_BIT32_DTYPE["float64"] = "float64"


def with_own_attention(record):
    """
    Attention without dropout is JAX's in Keras, whose softmax is float32 whatever it is given, and which wants values as wide as keys.
    With dropout, which does nothing in inference, Keras computes it by itself.
    """
    calls = [{**call, "config": {**call["config"], "dropout": 0.5}} if call["className"] == "MultiHeadAttention" else call for call in record["calls"]]
    return {**record, "calls": calls}


def compute(case, array):
    if case["drawn"]:
        raise NotHere("It is given our numbers in Keras 2.")
    keras.backend.clear_session()
    model, layers = built(with_own_attention(case["keras"]))
    weights = {f"layer/{weight['name']}": array(weight) for weight in case["weights"]}
    variables = {name.replace("layer/", "", 1): variable for name, variable in placed(case["keras"], layers, weights).items()}
    if any(weight.get("constrained") for weight in case["weights"]):
        return compared(constrained(case["weights"], variables, array))
    ours = {id(variable): name for name, variable in variables.items()}
    names = case["keras"]["inputs"]
    given = {entry["name"]: array(entry) for entry in case["inputs"]}
    floating = [name for name in names if given[name].dtype.kind == "f"]
    others = [variable.value for variable in model.non_trainable_variables]

    def outputs_of(watched, trained):
        everything = {**given, **watched}
        results, _ = model.stateless_call(trained, others, [everything[name] for name in names], training=case["training"])
        return list(results) if isinstance(results, (tuple, list)) else [results]

    @jax.jit
    def outputs_and_gradients(watched, trained, cotangents):
        results, back = jax.vjp(outputs_of, watched, trained)
        return results, back([each.astype(result.dtype) for each, result in zip(cotangents, results)])

    cotangents = [array(entry["cotangent"]) for entry in case["outputs"]]
    trained = [variable.value for variable in model.trainable_variables]
    results, (by_input, by_weight) = outputs_and_gradients({name: given[name] for name in floating}, trained, cotangents)
    pairs = [(f"output {entry['port']}", result, array(entry)) for entry, result in zip(case["outputs"], results)]
    expected = {entry["name"]: entry.get("gradient") for entry in (*case["inputs"], *case["weights"])}
    gradients = {**by_input, **{ours[id(variable)]: each for variable, each in zip(model.trainable_variables, by_weight)}}
    for name, gradient in gradients.items():
        pairs.append((f"gradient of {name}", gradient, array(expected[name]) if expected[name] else None))
    return compared(pairs)


def constrained(weights, variables, array):
    """What Keras's own constraints make of the weights."""
    ours = [(weight["constrained"], variables[weight["name"]]) for weight in weights if weight.get("constrained")]
    return [(f"constraint of {variable.path}", variable.constraint(variable.value), array(entry)) for entry, variable in ours]


run("keras", compute)
