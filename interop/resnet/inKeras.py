"""The reference in Keras: functional, in both data formats. Draws the weights and the batches, and computes with them.

Usage: inKeras.py FOLDER   (with `network.json`: { kind, layers, classes, sizes, batch, trains, learningRate, momentum })
Writes `weights.safetensors` in the order of family.py, and for each size `batch-SIZE.safetensors` and
`keras-SIZE.safetensors` (logits before, losses, logits after) with `keras-SIZE.json` (every intermediate shape in both data formats).

TensorFlow's CPU kernels convolve channels-last only: the channels-first model is built, and its shapes are looked at; where
`runsChannelsFirst` it is computed as well, through XLA, which compiles it to loops of its own.
"""

import json
import sys
from pathlib import Path

import numpy as np
import tensorflow as tf

import tensors
from family import EPSILON, MOMENTUM, Network, consistent_pads

keras = tf.keras
layers = keras.layers

# Small, and enough numbers for the statistics of the last stage, which is 2×2.
LAST = 0.2
CALIBRATION = {"size": 64, "images": 16}


class Builder:
    """A functional model layer by layer, with every value that has a name here and every weight in its order."""

    def __init__(self, data_format):
        self.data_format = data_format
        self.axis = -1 if data_format == "channels_last" else 1
        self.values = {}
        self.owners = []

    def put(self, name, value):
        self.values[name] = value
        return value

    def pre_activation(self, x, name):
        norm = layers.BatchNormalization(axis=self.axis, momentum=MOMENTUM, epsilon=EPSILON)
        # Fused kernels on CPUs move the statistics by the unbiased variance, which Keras 3 and everything else here does not.
        norm.fused = False
        y = norm(x)
        self.owners.append((name, norm, ("gamma", "beta", "movingMean", "movingVariance")))
        return layers.ReLU()(y)

    def convolution(self, x, filters, kernel, strides, name, weight="kernel", owner=None):
        """Consistent padding where there are strides, else Keras's own `same`."""
        if strides > 1:
            x = layers.ZeroPadding2D((consistent_pads(kernel),) * 2, data_format=self.data_format)(x)
        padding = "valid" if strides > 1 else "same"
        conv = layers.Conv2D(filters, kernel, strides, padding, data_format=self.data_format, use_bias=False)
        y = conv(x)
        self.owners.append((owner or name, conv, (weight,)))
        return self.put(name, y)

    def block(self, x, block):
        name, f = block.name, block.filters
        active = self.put(f"{name}/shortcut:preActivated", self.pre_activation(x, f"{name}/shortcut"))
        # The projection reads the pre-activated input, not x.
        side = f"{name}/shortcut:shortcut"
        shortcut = self.convolution(active, block.output, 1, block.strides, side, owner=f"{name}/shortcut") if block.projects else self.put(side, x)
        kernels = ((f, 1, 1), (f, 3, block.strides), (f * 4, 1, 1)) if block.is_bottleneck else ((f, 3, block.strides), (f, 3, 1))
        y = active
        for index, (filters, kernel, strides) in enumerate(kernels, 1):
            if index > 1:
                between = f"{name}/preActivation{index - 1 if block.is_bottleneck else ''}"
                y = self.put(between, self.pre_activation(y, between))
            y = self.convolution(y, filters, kernel, strides, f"{name}/conv{index}")
        return self.put(f"{name}/add", layers.Add()([y, shortcut]))


def built(network, size, data_format):
    b = Builder(data_format)
    image = keras.Input((size, size, 3) if data_format == "channels_last" else (3, size, size))
    x = b.convolution(b.put("image", image), *network.stem, "conv1")
    if network.kind == "imagenet":
        x = b.put("pool1", layers.MaxPooling2D(3, 2, "same", data_format=data_format)(x))
    for block in network.blocks():
        x = b.block(x, block)
    x = b.put("preActivation", b.pre_activation(x, "preActivation"))
    x = b.put("pool", layers.GlobalAveragePooling2D(data_format=data_format)(x))
    scores = layers.Dense(network.classes)
    logits = b.put("scores", scores(x))
    b.owners.append(("scores", scores, ("kernel", "bias")))
    return keras.Model(image, logits), b


def weights_of(builder):
    """Keras's variables by our names, in the order in which they were made."""
    variables = {}
    for owner, layer, names in builder.owners:
        assert len(layer.weights) == len(names), (owner, layer.weights)
        variables.update({f"{owner}/{name}": variable for name, variable in zip(names, layer.weights)})
    return variables


def in_order(network, variables):
    """The variables in the written order; every one has the written shape, and none is left over."""
    order = network.weight_order()
    assert sorted(variables) == sorted(name for name, _ in order), "the names of the order are not those of the model"
    for name, shape in order:
        assert tuple(variables[name].shape) == shape, f"{name} has the shape {variables[name].shape}, the order says {shape}"
    return {name: variables[name] for name, _ in order}


def drawn(network, rng):
    """
    He's kernels; norms that are not neutral, so that none can be left out unseen. The last convolution of a block is drawn small,
    as is good practice: else so deep a network magnifies the rounding of a step until no two float32 programs agree.
    """
    last = {f"{block.name}/conv{3 if block.is_bottleneck else 2}/kernel" for block in network.blocks()}
    values = {}
    for name, shape in network.weight_order():
        part = name.split("/")[-1]
        if part == "kernel":
            values[name] = rng.normal(0, np.sqrt(2 / np.prod(shape[:-1])), shape) * (LAST if name in last else 1)
        elif part in ("gamma", "movingVariance"):
            values[name] = 1 + rng.uniform(-0.3, 0.3, shape)
        else:
            values[name] = rng.normal(0, 0.1, shape)
    return {name: value.astype(np.float32) for name, value in values.items()}


def assign(variables, values):
    for name, variable in variables.items():
        variable.assign(values[name])


def calibrated(network, values, rng):
    """The weights with moving statistics as they are after much training: those of the activations, of images of their own."""
    model, builder = built(network, CALIBRATION["size"], "channels_last")
    variables = in_order(network, weights_of(builder))
    assign(variables, values)
    norms = [layer for _, layer, names in builder.owners if "gamma" in names]
    for norm in norms:
        norm.momentum = 0.0
    size = CALIBRATION["size"]
    model(rng.uniform(0, 1, (CALIBRATION["images"], size, size, 3)).astype(np.float32), training=True)
    return {name: variable.numpy() for name, variable in variables.items()}


def trained(model, images, labels, settings):
    """The losses of some steps of stochastic gradient descent."""
    optimizer = keras.optimizers.SGD(settings["learningRate"], momentum=settings["momentum"])
    loss_of = keras.losses.SparseCategoricalCrossentropy(from_logits=True)

    @tf.function
    def step():
        with tf.GradientTape() as tape:
            loss = loss_of(labels, model(images, training=True))
        optimizer.apply_gradients(zip(tape.gradient(loss, model.trainable_variables), model.trainable_variables))
        return loss

    return np.array([step().numpy() for _ in range(settings["steps"])], np.float32)


def inferred(model, images, jit=False):
    return tf.function(lambda x: model(x, training=False), jit_compile=jit)(images).numpy()


def shapes(builder):
    return {name: [int(size) for size in value.shape[1:]] for name, value in builder.values.items()}


def main(folder):
    settings = json.loads((folder / "network.json").read_text())
    network = Network(settings["kind"], settings["layers"], settings["classes"])
    rng = np.random.default_rng(1)
    values = calibrated(network, drawn(network, rng), rng)
    tensors.save(folder / "weights.safetensors", values)
    for size in settings["sizes"]:
        keras.backend.clear_session()
        model, builder = built(network, size, "channels_last")
        variables = in_order(network, weights_of(builder))
        images = rng.uniform(0, 1, (settings["batch"], size, size, 3)).astype(np.float32)
        labels = rng.integers(0, network.classes, settings["batch"]).astype(np.int32)
        tensors.save(folder / f"batch-{size}.safetensors", {"images": images, "labels": labels})
        assign(variables, values)
        results = {"before": inferred(model, images)}
        first, first_builder = built(network, size, "channels_first")
        if settings["runsChannelsFirst"]:
            assign(in_order(network, weights_of(first_builder)), values)
            results["channelsFirst"] = inferred(first, np.ascontiguousarray(images.transpose(0, 3, 1, 2)), jit=True)
        if settings["steps"] > 0:
            results["losses"] = trained(model, images, labels, settings)
            results["after"] = inferred(model, images)
        tensors.save(folder / f"keras-{size}.safetensors", results)
        by_format = {"channelsLast": shapes(builder), "channelsFirst": shapes(first_builder)}
        (folder / f"keras-{size}.json").write_text(json.dumps(by_format))
    print(json.dumps({"version": tf.__version__, "weights": len(values), "numbers": int(sum(value.size for value in values.values()))}))


main(Path(sys.argv[1]))
