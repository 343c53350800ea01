"""Has Keras 2 draw the numbers that it is given, so that what it makes of them can be compared in training too."""

import contextlib
from unittest import mock

import numpy as np
import tensorflow as tf
from keras.src import backend
from tensorflow.python.ops import stateless_random_ops


class Draws:
    """
    Uniform numbers in [0, 1), handed out in their order. Whoever asks must share one among what we share it among; what is asked for
    beyond ours is 0, and must have no effect, else the results differ.
    """

    def __init__(self, arrays):
        self.left = list(arrays)

    def uniform(self, shape, minval=0.0, maxval=1.0, dtype=None, **_):
        asked = [int(size) for size in shape]
        numbers = tf.constant(self.next(asked), dtype or backend.floatx())
        return minval + (maxval - minval) * numbers

    def next(self, asked):
        if not self.left:
            return np.zeros(asked)
        ours = self.left.pop(0)
        if len(asked) == 3 and ours.shape == (1, asked[0], asked[2]):
            # An LSTM or GRU of Keras 2 that a GPU could compute drops anew at each step; its others, and those of Keras 3, as we do, for
            # all steps once, of which the axis is our first.
            return np.broadcast_to(ours.transpose(1, 0, 2), asked)
        if without_ones(asked) != without_ones(ours.shape):
            raise AssertionError(f"it draws numbers of the shape {asked}, we of {list(ours.shape)}")
        return ours.reshape(asked)

    def backwards(self, shape, minval=0.0, maxval=1.0, **_):
        """TensorFlow flips above a half, we below."""
        if maxval == 1.0:
            return 1 - self.uniform(shape)
        return tf.cast(self.uniform(shape, minval, maxval), tf.float32)

    def normal(self, shape, mean=0.0, stddev=1.0, dtype=None, **_):
        """Of two uniform numbers each (Box & Muller 1958)."""
        radius = tf.sqrt(-2 * tf.math.log(1 - self.uniform(shape, dtype=dtype)))
        return mean + stddev * radius * tf.cos(2 * np.pi * self.uniform(shape, dtype=dtype))

    def dropout(self, inputs, rate, noise_shape=None):
        return tf.nn.experimental.general_dropout(inputs, rate=rate, noise_shape=noise_shape, uniform_sampler=self.uniform)


def without_ones(shape):
    return [size for size in shape if size != 1]


@contextlib.contextmanager
def given_draws(arrays):
    draws = Draws(arrays)
    methods = {
        "random_uniform": lambda _, *args, **options: draws.uniform(*args, **options),
        "random_normal": lambda _, *args, **options: draws.normal(*args, **options),
        "dropout": lambda _, *args, **options: draws.dropout(*args, **options),
    }
    with mock.patch.multiple(backend.RandomGenerator, **methods):
        with mock.patch.object(stateless_random_ops, "stateless_random_uniform", draws.backwards):
            yield
    if draws.left:
        raise AssertionError(f"it draws less than we do: {len(draws.left)} times")
