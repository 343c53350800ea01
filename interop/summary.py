"""Prints Keras's own summary of two small networks, which our table is held against.

Usage: summary.py > shared/testing/kerasSummary.txt
"""

from tensorflow.keras import Input, Model, layers

x = image = Input((8, 8, 1), name="image")
x = layers.Conv2D(4, 3, padding="same", use_bias=False, name="conv")(x)
x = layers.Flatten(name="flatten")(x)
x = layers.Dense(10, name="scores")(x)
Model(image, x, name="chain").summary()

image = Input((28, 28, 3), name="image")
stem = layers.Conv2D(16, 3, padding="same", name="stem_of_the_residual_network")(image)
x = layers.BatchNormalization(name="norm")(stem)
x = layers.ReLU(name="relu")(x)
x = layers.Conv2D(16, 3, padding="same", use_bias=False, name="conv")(x)
projection = layers.Conv2D(16, 1, name="projection")(stem)
x = layers.Add(name="add")([x, projection, stem])
x = layers.GlobalAveragePooling2D(name="pool")(x)
x = layers.Dense(10, name="scores")(x)
Model(image, x, name="residual").summary()
