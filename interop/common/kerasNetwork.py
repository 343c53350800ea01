"""Builds a network in Keras from the records of its layers, and puts our weights where they belong."""

import keras

from compare import NotHere


def called(layer, inputs, how):
    if how is None:
        return layer(inputs[0] if len(inputs) == 1 else inputs)
    return layer(*inputs, **how["arguments"]) if how["inputs"] == "each" else layer(inputs, **how["arguments"])


def made(class_name, config):
    """A layer of Keras 2 or 3 from its record, which may have another layer in it."""
    if not hasattr(keras.layers, class_name) or (class_name == "Activation" and not hasattr(keras.activations, config["activation"])):
        raise NotHere(f"Keras {keras.__version__} has no {config['activation'] if class_name == 'Activation' else class_name}")
    inner = {name: made(value["class_name"], value["config"]) for name, value in config.items() if name == "layer"}
    return getattr(keras.layers, class_name)(**config | inner)


def built(record):
    """A functional model of the record's layers, and the layers by name."""
    calls = record["calls"]
    layers, values = {}, {}
    for call in calls:
        config = {"name": call["name"], **call["config"]}
        if call["className"] == "InputLayer":
            config["dtype"] = keras.backend.floatx() if config.get("dtype", "float32") == "float32" else config["dtype"]
        layer = made(call["className"], config)
        layers[call["name"]] = layer
        if call["className"] == "InputLayer":
            values[call["name"]] = layer.output
            continue
        inputs = [values[name] for name in call["inputs"]]
        values[call["name"]] = called(layer, inputs, call.get("call"))
    outputs = [values[name] for name in record["outputs"]]
    return keras.Model([values[name] for name in record["inputs"]], outputs), layers


def placed(record, layers, weights):
    """Puts our weights where they belong and gives Keras's variables by our name."""
    variables = {}
    for call in record["calls"]:
        layer, names = layers[call["name"]], [weight["ours"] for weight in call["weights"]]
        if not names:
            continue
        if len(layer.weights) != len(names):
            raise AssertionError(f"{call['className']} has {[weight.name for weight in layer.weights]}, ours are {names}")
        for name, variable in zip(names, layer.weights):
            if tuple(variable.shape) != weights[name].shape:
                raise AssertionError(f"{variable.name} has the shape {tuple(variable.shape)}, ours ({name}) is {weights[name].shape}")
            variable.assign(weights[name])
            variables[name] = variable
    missing = [name for name in weights if name not in variables]
    if missing:
        raise AssertionError(f"the weights {missing} are in none of Keras's layers")
    return variables
