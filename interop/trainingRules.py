"""Ten steps of Keras's optimizers, without and with constraints, and values of its losses, metrics and regularizers, as numbers that our tests are held against.

Run: python trainingRules.py > ../shared/testing/kerasNumbers.json (TensorFlow of requirements.txt).
With a file as argument the numbers are made again and compared with it.
"""

import json
import math
import sys

import numpy as np
import tensorflow as tf

W = np.array([1.0, -0.5, 0.25, 2.0], np.float64)
RATE = 0.05


def gradient(step):
    """Not smooth, of both signs, with a zero."""
    return np.array([math.sin(3 * step + i) * (0.3 + i) if (step + i) % 5 else 0.0 for i in range(4)])


def steps(optimizer):
    """Of one of two weights; the other has three times its gradient, so that what all gradients decide together is told from the rest."""
    tf.keras.backend.set_floatx("float64")
    w, other = (tf.Variable(W.reshape(2, 2), dtype=tf.float64) for _ in range(2))
    rows = []
    for step in range(10):
        own = tf.constant(gradient(step).reshape(2, 2))
        optimizer.apply_gradients([(own, w), (3 * own, other)])
        rows.append(w.numpy().ravel().tolist())
    return rows


def optimizers():
    k = tf.keras.optimizers
    return {
        "sgd": k.SGD(RATE),
        "momentum": k.SGD(RATE, momentum=0.9),
        "nesterov": k.SGD(RATE, momentum=0.9, nesterov=True),
        "decayedSgd": k.SGD(RATE, momentum=0.9, weight_decay=0.1),
        "adam": k.Adam(RATE),
        "adamW": k.AdamW(RATE, weight_decay=0.1),
        "amsgrad": k.Adam(RATE, amsgrad=True),
        "adamax": k.Adamax(RATE),
        "nadam": k.Nadam(RATE),
        "rmsprop": k.RMSprop(RATE, momentum=0.5),
        "centered": k.RMSprop(RATE, centered=True),
        "adagrad": k.Adagrad(RATE),
        "adadelta": k.Adadelta(1.0),
        "lion": k.Lion(RATE, weight_decay=0.1),
        "clipValue": k.SGD(RATE, clipvalue=0.5),
        "clipNorm": k.SGD(RATE, clipnorm=0.5),
        "globalClipNorm": k.SGD(RATE, global_clipnorm=0.5),
    }


Y = np.array([[0.0, 1.0, 0.0], [1.0, 0.0, 0.0], [0.0, 0.0, 1.0], [0.0, 1.0, 0.0]])
Z = np.array([[0.5, -1.0, 2.0], [3.0, 0.0, -2.0], [0.0, 0.0, 0.0], [-4.0, 8.0, 1.5]])


def losses():
    tf.keras.backend.set_floatx("float64")
    k = tf.keras.losses
    z, y = tf.constant(Z), tf.constant(Y)
    softmax, sigmoid = tf.nn.softmax(z), tf.nn.sigmoid(z)
    classes = tf.constant([1, 0, 2, 1])
    return {
        "sparse": float(k.SparseCategoricalCrossentropy(from_logits=True)(classes, z)),
        "categorical": float(k.CategoricalCrossentropy(from_logits=True)(y, z)),
        "smoothed": float(k.CategoricalCrossentropy(from_logits=True, label_smoothing=0.1)(y, z)),
        "weighted": float(k.SparseCategoricalCrossentropy(from_logits=True)(classes, z, sample_weight=tf.constant([2.0, 0.5, 1.0, 2.0]))),
        "probabilities": float(k.CategoricalCrossentropy()(y, softmax)),
        "binary": float(k.BinaryCrossentropy(from_logits=True)(y, z)),
        "binarySmoothed": float(k.BinaryCrossentropy(from_logits=True, label_smoothing=0.1)(y, z)),
        "binaryProbabilities": float(k.BinaryCrossentropy()(y, sigmoid)),
        "focal": float(k.CategoricalFocalCrossentropy(from_logits=True)(y, z)),
        "focalGamma": float(k.CategoricalFocalCrossentropy(from_logits=True, gamma=1.5, alpha=0.4)(y, z)),
        "binaryFocal": float(k.BinaryFocalCrossentropy(apply_class_balancing=True, from_logits=True)(y, z)),
        "mse": float(k.MeanSquaredError()(y, z)),
        "mae": float(k.MeanAbsoluteError()(y, z)),
        "huber": float(k.Huber(delta=1.5)(y, z)),
        "hinge": float(k.Hinge()(y, z)),
        "categoricalHinge": float(k.CategoricalHinge()(y, z)),
        "cosine": float(k.CosineSimilarity()(y, z)),
    }


def metrics():
    tf.keras.backend.set_floatx("float32")
    m = tf.keras.metrics
    classes = np.array([1, 0, 2, 1])

    def of(metric, y, p):
        metric.update_state(y, p)
        return float(metric.result())

    return {
        "accuracy": of(m.SparseCategoricalAccuracy(), classes, Z),
        "mae": of(m.MeanAbsoluteError(), Y, Z),
        "rmse": of(m.RootMeanSquaredError(), Y, Z),
    }


def masked_metrics():
    """Over two batches of two sequences of three steps with two numbers each, some of which are masked: as Keras's own fit and evaluate do, the mask is the weight."""
    tf.keras.backend.set_floatx("float32")
    m = tf.keras.metrics
    masks = [np.array([[1, 1, 0], [1, 0, 0]], np.float32), np.array([[0, 1, 1], [1, 1, 1]], np.float32)]
    index = np.arange(24).reshape(2, 2, 3, 2)
    scores = (0.5 + 0.5 * np.sin(7 * index + 1)).astype(np.float32)
    answers = (5 * index % 7 < 3).astype(np.float32)
    values = np.sin(3 * index + 2).astype(np.float32)

    def of(metric, truths, flat=False):
        for truth, score, mask in zip(truths, scores, masks):
            if flat:
                truth, score, mask = truth.reshape(-1, 1), score.reshape(-1, 1), np.repeat(mask.ravel(), 2)
            metric.update_state(truth, score, sample_weight=mask)
        return float(np.squeeze(metric.result()))

    return {
        "precision": of(m.Precision(), answers, flat=True),
        "recall": of(m.Recall(), answers, flat=True),
        "f1Score": of(m.F1Score(threshold=0.5), answers, flat=True),
        "auc": of(m.AUC(num_thresholds=5001), answers, flat=True),
        "meanAbsoluteError": of(m.MeanAbsoluteError(), values),
        "rootMeanSquaredError": of(m.RootMeanSquaredError(), values),
        "r2Score": of(m.R2Score(), values, flat=True),
    }


def regularizers():
    """What Keras's regularizers add for a matrix, and the gradient."""
    tf.keras.backend.set_floatx("float64")
    k = tf.keras.regularizers
    x = tf.constant(Z)

    def of(regularizer):
        with tf.GradientTape() as tape:
            tape.watch(x)
            added = regularizer(x)
        return [float(added), *tape.gradient(added, x).numpy().ravel().tolist()]

    return {
        "l1l2": of(k.L1L2(l1=0.1, l2=0.03)),
        "orthogonalRows": of(k.OrthogonalRegularizer(factor=0.2, mode="rows")),
        "orthogonalColumns": of(k.OrthogonalRegularizer(mode="columns")),
    }


def constraints():
    """A kernel's numbers after each of ten steps of momentum, kept to a constraint of Keras."""
    tf.keras.backend.set_floatx("float64")
    k = tf.keras.constraints

    def of(constraint, shape):
        count = int(np.prod(shape))
        w = tf.Variable(np.array([math.sin(5 * i + 1) for i in range(count)]).reshape(shape), dtype=tf.float64, constraint=constraint)
        optimizer = tf.keras.optimizers.SGD(RATE, momentum=0.9)
        rows = []
        for step in range(10):
            given = np.array([math.sin(3 * step + 2 * i) * (0.3 + i % 4) for i in range(count)])
            optimizer.apply_gradients([(tf.constant(given.reshape(shape)), w)])
            rows.append(w.numpy().ravel().tolist())
        return rows

    return {
        "maxNorm": of(k.MaxNorm(), (6, 2)),
        "maxNormRows": of(k.MaxNorm(0.7, axis=1), (3, 4)),
        "maxNormKernel": of(k.MaxNorm(0.9, axis=[0, 1, 2]), (2, 2, 3, 2)),
        "maxNormDepthwise": of(k.MaxNorm(0.6, axis=[0, 1]), (2, 2, 3, 1)),
        "nonNeg": of(k.NonNeg(), (3, 4)),
        "nonNegBias": of(k.NonNeg(), (5,)),
        "unitNorm": of(k.UnitNorm(), (3, 4)),
        "unitNormLast": of(k.UnitNorm(axis=-1), (3, 4)),
        "minMaxNorm": of(k.MinMaxNorm(), (3, 4)),
        "minMaxNormSlow": of(k.MinMaxNorm(0.5, 0.8, rate=0.3, axis=0), (3, 4)),
        "minMaxNormKernel": of(k.MinMaxNorm(1.2, 1.5, rate=0.9, axis=[0, 1, 2]), (2, 2, 3, 2)),
    }


PARTS = ("optimizers", "losses", "metrics", "maskedMetrics", "regularizers", "constraints")


def main():
    numbers = {
        "made with": f"TensorFlow {tf.__version__}",
        "optimizers": {name: steps(optimizer) for name, optimizer in optimizers().items()},
        "losses": losses(),
        "metrics": metrics(),
        "maskedMetrics": masked_metrics(),
        "regularizers": regularizers(),
        "constraints": constraints(),
    }
    if len(sys.argv) < 2:
        print(json.dumps(numbers))
        return
    with open(sys.argv[1], encoding="utf-8") as file:
        kept = json.load(file)
    for part in PARTS:
        for name, expected in kept[part].items():
            np.testing.assert_allclose(numbers[part][name], expected, rtol=1e-9, atol=1e-12, err_msg=f"{part}: {name}")
    print(f"{sum(len(kept[part]) for part in PARTS)} rules as in the tests' numbers")


main()
