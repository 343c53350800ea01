"""Takes the ten steps of every training in Keras, in float32. Usage: inKeras.py FOLDER [NAME]"""

import tensorflow as tf

from kerasNetwork import built, placed
from trainings import STEPS, run

keras = tf.keras


def optimizer_of(settings):
    if settings["kind"] == "sgd":
        return keras.optimizers.SGD(settings["learningRate"], momentum=settings["momentum"])
    if settings["kind"] == "adam":
        return keras.optimizers.Adam(settings["learningRate"], settings["beta1"], settings["beta2"], settings["epsilon"])
    raise ValueError(f"unknown optimizer {settings['kind']}")


def losses_of(training, array):
    keras.backend.clear_session()
    model, layers = built(training["keras"])
    placed(training["keras"], layers, {name: array(entry) for name, entry in training["weights"].items()})
    optimizer = optimizer_of(training["optimizer"])
    loss_of = {"sparse": keras.losses.SparseCategoricalCrossentropy, "binary": keras.losses.BinaryCrossentropy}[training["loss"]]()

    @tf.function
    def step(inputs, target):
        with tf.GradientTape() as tape:
            loss = loss_of(target, model(inputs, training=True))
        optimizer.apply_gradients(zip(tape.gradient(loss, model.trainable_variables), model.trainable_variables))
        return loss

    inputs = [array(training["batch"][entry["name"]]) for entry in training["inputs"]]
    target = array(training["target"])
    return [float(step(inputs, target)) for _ in range(STEPS)]


run(f"Keras {tf.__version__}", losses_of)
