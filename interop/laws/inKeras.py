"""What random layers of Keras 2 give in training for one sample, again and again. Usage: inKeras.py FOLDER"""

import tensorflow as tf

from kerasNetwork import built, placed
from projections import batch_of, run, weights_of

keras = tf.keras

# Keras 2 draws one number for a whole batch, we one for each image: they are given to it one by one.
ONE_BY_ONE = ("randomCrop", "randomContrast")


def model_of(case):
    if case["type"] == "randomCrop":
        # Our record of it is what it does in inference.
        return keras.layers.RandomCrop(case["params"]["height"], case["params"]["width"])
    model, layers = built(case["keras"])
    placed(case["keras"], layers, {f"layer/{name}": weight for name, weight in weights_of(case).items()})
    return model


def outputs_of(case):
    keras.backend.clear_session()
    keras.utils.set_random_seed(1)
    model = model_of(case)
    batch = tf.constant(batch_of(case))
    count = len(case["keras"]["inputs"])

    def called(x):
        return model(x if count == 1 else [x] * count, training=True)

    if case["type"] not in ONE_BY_ONE:
        return called(batch).numpy()
    each = tf.function(lambda images: tf.map_fn(lambda image: called(image[None])[0], images, parallel_iterations=1))
    return each(batch).numpy()


run(outputs_of)
