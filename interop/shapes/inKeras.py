"""The shapes that TensorFlow gives to random layers, by its own shape functions. Usage: inKeras.py FOLDER"""

import tensorflow as tf

from told import compare, padded

layers = tf.keras.layers

NAMES = {
    "conv1d": layers.Conv1D,
    "conv2d": layers.Conv2D,
    "conv3d": layers.Conv3D,
    "depthwiseConv2d": layers.DepthwiseConv2D,
    "separableConv2d": layers.SeparableConv2D,
    "conv2dTranspose": layers.Conv2DTranspose,
    "maxPooling1d": layers.MaxPooling1D,
    "averagePooling1d": layers.AveragePooling1D,
    "maxPooling2d": layers.MaxPooling2D,
    "averagePooling2d": layers.AveragePooling2D,
    "maxPooling3d": layers.MaxPooling3D,
    "averagePooling3d": layers.AveragePooling3D,
}
ARGUMENTS = {
    "filters": "filters",
    "kernelSize": "kernel_size",
    "poolSize": "pool_size",
    "strides": "strides",
    "dilationRate": "dilation_rate",
    "groups": "groups",
    "depthMultiplier": "depth_multiplier",
}
PADDING = {1: layers.ZeroPadding1D, 2: layers.ZeroPadding2D, 3: layers.ZeroPadding3D}


def listed(value):
    return value if isinstance(value, list) else [value]


def theirs(case):
    params, type_ = case["params"], case["type"]
    padding = params["padding"]
    window = listed(params.get("kernelSize", params.get("poolSize")))
    rates = listed(params.get("dilationRate", [1] * len(window)))
    # Consistent padding is zeros of a layer of their own, and no such thing for what comes back from strides.
    if type_ == "conv2dTranspose" and padding == "consistent":
        return None
    form = {"channelsLast": "channels_last", "channelsFirst": "channels_first"}[case["dataFormat"]]
    given = {ARGUMENTS[name]: value for name, value in params.items() if name in ARGUMENTS}
    if len(window) == 1 and "dilation_rate" not in given and type_ == "conv1d":
        given["dilation_rate"] = 1
    x = tf.keras.Input(case["shape"])
    if padding == "consistent":
        sides = [padded(size, rate, padding) for size, rate in zip(window, rates)]
        where = {} if len(window) == 1 else {"data_format": form}
        x = PADDING[len(window)](sides[0] if len(window) == 1 else tuple(sides), **where)(x)
    own = "valid" if padding == "consistent" else padding
    return NAMES[type_](padding=own, data_format=form, **given)(x).shape[1:]


compare(theirs)
